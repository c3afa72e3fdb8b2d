"""`gongkai notice read` as a process."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from gongkai.core.documents import read_bytes
from gongkai.core.notices import Plan, read_plan, writer

NOTICE = "云溪县人民政府办公室关于印发2024年政务公开要点的通知\n\n序号\t工作任务\t责任单位\t完成时限\n1\t公开预算\t县财政局\t8月底前\n2\t公开决算\t县审计局\t全年\n"


def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "gongkai.cli", "notice", "read", *arguments], capture_output=True, cwd=cwd, check=False
    )


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE, "utf-8")
    return path


def test_json(notice: Path) -> None:
    done = run(notice, "--format", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    plan = Plan.from_dict(json.loads(done.stdout))
    assert [(item.text, item.assignees[0].name, str(item.deadline.due)) for item in plan.items] == [
        ("公开预算", "县财政局", "2024-08-31"),
        ("公开决算", "县审计局", "2024-12-31"),
    ]


def test_the_table_is_the_default(notice: Path) -> None:
    done = run(notice)
    assert done.returncode == 0
    assert "条目2项，涉及单位2个" in done.stdout.decode()


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_files_by_pipe_and_by_path(notice: Path, tmp_path: Path, form: str) -> None:
    piped = run(notice, "--format", form)
    assert (piped.returncode, piped.stderr) == (0, b"")
    target = tmp_path / f"plan.{form}"
    written = run(notice, "--format", form, "--output", target)
    assert (written.returncode, written.stdout) == (0, b"")
    plan = read_plan(read_bytes(NOTICE.encode()))
    assert read_plan(read_bytes(piped.stdout)) == read_plan(read_bytes(target.read_bytes())) == plan


def test_findings_do_not_change_the_status(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE.replace("县审计局", "县审计局、、县财政局"), "utf-8")
    done = run(path, "--format", "json")
    assert done.returncode == 0
    assert [each["code"] for each in json.loads(done.stdout)["findings"]] == ["stray-separator"]


def test_a_register_tells_unknown_bodies(notice: Path, tmp_path: Path) -> None:
    register = tmp_path / "bodies.csv"
    register.write_text("name,short_names,former_names,kind,groups\n云溪县财政局,县财政局,,department,\n", "utf-8")
    done = run(notice, "--format", "json", "--bodies", register)
    assert [each["excerpt"] for each in json.loads(done.stdout)["findings"]] == ["县审计局"]


def _with_macros() -> bytes:
    stream = io.BytesIO(writer.write_docx(read_plan(read_bytes(NOTICE.encode()))))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macro")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("letter.txt", "现印发给你们。".encode(), "没有找到任务分解内容"),
        ("table.txt", "序号\t工作任务\t完成时限\n1\t公开预算\t全年\n2\t公开决算\t全年\n".encode(), "责任单位"),
        ("empty.docx", b"", "空文件"),
        ("broken.docx", b"PK\x03\x04" + b"\0" * 40, "broken.docx"),
        ("macros.docm", _with_macros(), "宏"),
        ("noise.bin", bytes(range(256)) * 20, "noise.bin"),
    ],
)
def test_what_cannot_be_read_ends_with_one_line(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path, target = tmp_path / name, tmp_path / "out.json"
    path.write_bytes(content)
    done = run(path, "--format", "json", "--output", target)
    error = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert words in error
    assert name in error
    assert error.count("\n") == 1
    assert not target.exists()


def test_what_is_missing_ends_with_one_line(notice: Path, tmp_path: Path) -> None:
    for arguments in (
        [tmp_path / "none.docx"],
        [notice, "--bodies", tmp_path / "none.csv"],
        [notice, "--output", tmp_path / "no/where"],
    ):
        done = run(*arguments)
        assert (done.returncode, done.stdout, done.stderr.decode().count("\n")) == (2, b"", 1)


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
def test_a_file_is_not_poured_into_a_terminal(notice: Path) -> None:
    master, slave = os.openpty()
    command = [sys.executable, "-m", "gongkai.cli", "notice", "read", notice, "--format", "docx"]
    done = subprocess.run(command, stdout=slave, stderr=subprocess.PIPE, check=False)
    os.close(slave)
    os.close(master)
    assert done.returncode == 2
    assert "--output" in done.stderr.decode()


def test_the_notice_itself_is_never_written_over(notice: Path, tmp_path: Path) -> None:
    before, link = notice.read_bytes(), tmp_path / "link"
    link.symlink_to(notice)
    for target in (notice, link):
        done = run(notice, "--output", target)
        assert done.returncode == 2 and "不能覆盖通知原件" in done.stderr.decode()
    assert notice.read_bytes() == before
