"""`gongkai aggregate` (contracts/cli.md)."""

import json

import pytest
from click.testing import CliRunner

from gongkai.cli import main

HEAD = "姓名,性别,村\n"
CROWD = HEAD + "张**,女,柳溪村\n" * 5
ALONE = HEAD + "张**,女,柳溪村\n" * 5 + "王**,男,桐荫村\n"


@pytest.fixture
def run(tmp_path):
    def run(*arguments, **files):
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text)
        paths = [str(tmp_path / each) if each.endswith(".csv") else each for each in arguments]
        return CliRunner().invoke(main, ["aggregate", *paths])

    return run


def test_status_says_whether_something_was_found(run):
    assert run("a.csv", a=CROWD).exit_code == 0
    assert run("a.csv", a=ALONE).exit_code == 1
    assert run("a.csv", "--k", "6", a=CROWD).exit_code == 1


def test_a_file_that_cannot_be_read_ends_it_in_one_line(run):
    result = run("a.csv", "--earlier", "missing.csv", a=CROWD)
    assert result.exit_code == 2 and result.stdout == "" and len(result.stderr.splitlines()) == 1
    assert "missing.csv" in result.stderr


def test_json_has_stable_keys(run):
    found = json.loads(run("a.csv", "--format", "json", a=ALONE).stdout)
    (file,) = found["files"]
    (listed,) = file["lists"]
    assert found["k"] == 5 and found["summary"]["findings"] == len(file["findings"]) == 1
    assert listed["k"] == 1 and listed["rows"] == 6 and listed["exposed"] == 1
    assert listed["smallest"] == [{"size": 1, "rows": ["7"], "values": {"姓名": "王**", "性别": "男", "村": "桐荫村"}}]
    assert file["findings"][0]["category"] == "aggregation" and file["findings"][0]["severity"] == "confirm"


def test_the_table_names_columns_groups_and_what_to_do(run):
    said = run("a.csv", a=ALONE).stdout
    assert "性别（准标识）" in said and "最小组 1 人" in said and "不公布" in said
