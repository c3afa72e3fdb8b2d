"""`gongkai catalogue read` as a process."""

import json
import subprocess
import sys
from pathlib import Path

from openpyxl import Workbook


def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "gongkai.cli", "catalogue", "read", *arguments], capture_output=True, check=False
    )


def catalogue(folder: Path) -> Path:
    made = Workbook()
    made.active.title = "养老服务"
    made.active.append(
        ["序号", "公开事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开对象", "公开方式"]
    )
    made.active.append(
        [1, "养老机构名录", "名称、地址", "《养老机构管理办法》", "20工作日", "县民政局", "全社会", "主动"]
    )
    path = folder / "目录.xlsx"
    made.save(path)
    return path


def test_json_has_stable_keys(tmp_path: Path) -> None:
    done = run(catalogue(tmp_path), "--format", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    said = json.loads(done.stdout)
    assert sorted(said) == ["fields", "findings", "notes", "rows", "title"]
    (row,) = said["rows"]
    assert (row["field"], row["first"], row["body"], row["where"]) == (
        "养老服务",
        "养老机构名录",
        "县民政局",
        "养老服务!A2",
    )
    (clause,) = row["limit"]["clauses"]
    assert (clause["from"], clause["n"], clause["unit"]) == ("formed_or_changed", 20, "workday")
    assert sorted(row) == sorted(
        [
            "field",
            "number",
            "first",
            "second",
            "third",
            "content",
            "basis",
            "limit",
            "body",
            "channels",
            "others",
            "audience",
            "audience_text",
            "modes",
            "levels",
            "needs_page",
            "note",
            "where",
        ]
    )


def test_table_for_people(tmp_path: Path) -> None:
    said = run(catalogue(tmp_path)).stdout.decode()
    assert "【养老服务】" in said and "事项1项" in said


def test_what_cannot_be_read_is_one_line_and_status_2(tmp_path: Path) -> None:
    path = tmp_path / "信.txt"
    path.write_text("没有表格", "utf-8")
    done = run(path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.decode().strip().splitlines()) == 1 and "信.txt" in done.stderr.decode()
    assert run(tmp_path / "没有.xlsx").returncode == 2
