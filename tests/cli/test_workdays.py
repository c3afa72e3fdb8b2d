"""`gongkai workdays` as it is typed."""

import json

import pytest
from click.testing import CliRunner

from gongkai.cli import main


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(main, ["workdays", *arguments])


def test_add_prints_the_date_then_the_notice(run):
    result = run("add", "2023-09-20", "7")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "2023-10-07"
    assert lines[1].startswith("国务院办公厅关于2023年部分节假日安排的通知（国办发明电〔2022〕16号）")
    assert "provisional" not in result.stdout


@pytest.mark.parametrize(("number", "end"), [("0", "2023-10-09"), ("-1", "2023-10-08"), ("+1", "2023-10-10")])
def test_add_takes_any_whole_number(run, number, end):
    assert run("add", "2023-10-09", number).stdout.splitlines()[0] == end


def test_between_prints_the_number(run):
    assert run("between", "2023-09-20", "2023-10-07").stdout.splitlines()[0] == "7"
    assert run("between", "2023-10-07", "2023-09-28").stdout.splitlines()[0] == "-1"


def test_a_year_without_notice_says_so(run):
    lines = run("add", "2026-12-25", "10").stdout.splitlines()
    assert lines[0] == "2027-01-11"
    assert any(line.startswith("provisional") for line in lines)
    assert run("add", "2027-03-01", "1").stdout.splitlines()[1].startswith("provisional")


def test_json_is_one_document_with_stable_keys(run):
    answer = json.loads(run("add", "2023-09-20", "7", "--format", "json").stdout)
    assert list(answer) == [
        "start", "date", "workdays", "notices", "provisional", "provisional_years", "skipped", "made_up", "steps",
    ]  # fmt: skip
    assert (answer["date"], answer["workdays"], answer["provisional"]) == ("2023-10-07", 7, False)
    assert answer["notices"][0]["number"] == "国办发明电〔2022〕16号"
    assert {"date": "2023-09-29", "kind": "holiday", "name": "中秋节、国庆节"} in answer["skipped"]
    assert [day["date"] for day in answer["made_up"]] == ["2023-10-07"]


def test_json_of_between_and_of_a_provisional_year(run):
    answer = json.loads(run("between", "2026-12-25", "2027-01-11", "--format", "json").stdout)
    assert (answer["workdays"], answer["provisional"], answer["provisional_years"]) == (10, True, [2027])


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "2023-13-01", "3"),
        ("add", "2023-02-29", "3"),
        ("add", "20230901", "3"),
        ("add", "２０２３-09-01", "3"),
        ("add", "昨天", "3"),
        ("add", "2023-09-01", "三"),
        ("add", "2023-09-01", "1.5"),
        ("add", "2023-09-01", "9999999999"),
        ("add", "1990-01-01", "3"),
        ("add", "2026-01-01", "99999"),
        ("between", "2023-01-01", "x"),
        ("between", "x", "2023-01-01"),
        ("between", "1998-12-01", "2023-01-01"),
    ],
)
def test_bad_input_is_one_line_and_status_2(run, arguments):
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [("add", "2023-01-01"), ("add", "2023-01-01", "1", "2"), ("add", "2023-01-01", "1", "--form")]
)
def test_wrong_usage_is_status_2(run, arguments):
    assert run(*arguments).exit_code == 2


def test_help_is_chinese(run):
    assert "工作日" in run("--help").stdout
    assert "第0日" in run("add", "--help").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("between", "0001-01-01", "2026-01-01"),
        ("between", "2026-01-01", "0001-01-01"),
        ("add", "0001-01-01", "-5"),
        ("add", "9999-12-31", "5"),
    ],
)
def test_the_ends_of_the_calendar_are_one_line(run, arguments):
    result = run(*arguments)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
