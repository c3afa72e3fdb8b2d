"""`gongkai screen` and `screen-eval`: contracts of the command line."""

import json

import pytest
from click.testing import CliRunner

from gongkai.cli import main

ID = "11010519491231002X"


@pytest.fixture
def run():
    return lambda *words, **more: CliRunner().invoke(main, [str(word) for word in words], **more)


def test_json(run, tmp_path):
    path = tmp_path / "名单.txt"
    path.write_text(f"张某，身份证号{ID}", "utf-8")
    result = run("screen", path, "--format", "json")
    assert result.exit_code == 1
    (file,) = json.loads(result.stdout)["files"]
    (finding,) = [each for each in file["findings"] if each["rule"] == "resident-id"]
    assert set(finding) >= {"category", "severity", "start", "end", "excerpt", "where", "message", "suggestion"}
    assert (finding["category"], finding["severity"]) == ("personal", "block")
    assert ID not in result.stdout, "excerpts are masked unless asked"
    assert ID in run("screen", path, "--format", "json", "--excerpt", "full").stdout


def test_standard_input_is_text(run):
    assert run("screen", "-", input="今天召开常务会议。").exit_code == 0
    assert run("screen", "-", input="机密★5年").exit_code == 1


def test_sarif(run):
    log = json.loads(run("screen", "-", "--format", "sarif", input=f"身份证号{ID}").stdout)
    assert log["version"] == "2.1.0"
    (one,) = log["runs"]
    known = {rule["id"] for rule in one["tool"]["driver"]["rules"]}
    assert one["results"] and {result["ruleId"] for result in one["results"]} <= known
    assert {result["level"] for result in one["results"]} <= {"error", "warning", "note", "none"}


def test_the_text_that_offsets_index(run, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"身份证号{ID}", "utf-8")
    result = run("screen", path, "--format", "json", "--text-out", tmp_path / "out")
    finding = json.loads(result.stdout)["files"][0]["findings"][0]
    (written,) = [each for each in (tmp_path / "out").rglob("*") if each.is_file()]
    assert written.read_text("utf-8")[finding["start"] : finding["end"]] == ID


def test_what_cannot_be_read(run, tmp_path):
    result = run("screen", tmp_path / "没有.docx")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_rules_are_listed(run):
    listed = run("screen", "--list-rules").stdout
    assert "resident-id" in listed and "secret-mark" in listed


def test_a_corpus_is_scored(run, tmp_path):
    labels = tmp_path / "labels.jsonl"
    row = {"text": f"身份证号{ID}", "spans": [{"start": 4, "end": 22, "category": "personal"}]}
    labels.write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    assert "100.00%" in run("screen-eval", labels).stdout


def test_eval_reads_lists_typed_in_a_text(run, tmp_path):
    labels = tmp_path / "labels.jsonl"
    row = {
        "text": "姓名 住院号 科室\n王建国 ZY20230456 内科",
        "spans": [{"start": 14, "end": 24, "category": "personal"}],
    }
    labels.write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    total = json.loads(run("screen-eval", labels, "--format", "json").stdout)["total"]
    assert (total["found"], total["right"]) == (1, 1)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ({"start": 4, "end": 99, "category": "personal"}, "end 超出文字长度 5"),
        ({"start": "0", "end": 1, "category": "personal"}, "应为整数"),
        ({"start": True, "end": 2, "category": "personal"}, "应为整数"),
        ({"start": 2, "end": 1, "category": "personal"}, "0 ≤ start < end"),
        ({"start": 0, "end": 1, "category": "nonsense"}, "category"),
    ],
)
def test_a_label_that_cannot_be_met_is_named_with_its_line(run, tmp_path, span, words):
    labels = tmp_path / "labels.jsonl"
    labels.write_text("\n" + json.dumps({"text": "关于公开的", "spans": [span]}) + "\n", "utf-8")
    result = run("screen-eval", labels)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "第2行" in result.stderr and words in result.stderr


def test_a_moment_that_is_none_is_one_line(run, monkeypatch):
    monkeypatch.setenv("GONGKAI_NOW", "明天")
    result = run("screen", "-", input="通知")
    assert result.exit_code == 2
    assert result.stderr.startswith("GONGKAI_NOW 应为") and result.stderr.count("\n") == 1
