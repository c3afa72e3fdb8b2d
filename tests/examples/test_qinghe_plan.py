"""The example notice read from the command line, as text and as Word, with and without the register of bodies."""

import csv
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai.cli import main

QINGHE = Path(__file__).resolve().parents[2] / "examples" / "qinghe"


def read(name, *options):
    result = CliRunner().invoke(main, ["notice", "read", str(QINGHE / name), "--format", "json", *options])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture(scope="module", params=["notice.txt", "notice.docx"])
def plan(request):
    return read(request.param)


@pytest.fixture(scope="module")
def registered():
    return read("notice.txt", "--bodies", str(QINGHE / "bodies.csv"))


@pytest.fixture(scope="module")
def short_names():
    with (QINGHE / "bodies.csv").open(encoding="utf-8", newline="") as file:
        return {name for body in csv.DictReader(file) for name in body["short_names"].split(";")}


def item(plan, number):
    return next(each for each in plan["items"] if each["number"] == number)


def codes(plan, where=""):
    return {finding["code"] for finding in plan["findings"] if where in finding["where"]}


def test_frame(plan):
    assert plan["title"] == "青禾县人民政府办公室关于印发2026年度青禾县政务公开重点工作责任分工表的通知"
    assert (plan["document_number"], plan["issuer"], plan["year"]) == (
        "青府办发〔2026〕8号",
        "青禾县人民政府办公室",
        2026,
    )
    assert [each["number"] for each in plan["requirements"]] == [1, 2, 3, 4, 5]
    assert plan["requirements"][1]["heading"] == "守牢公开中的安全底线"


def test_groups_and_tasks(plan):
    assert [each["number"] for each in plan["items"]] == list(range(1, 32))
    assert list(dict.fromkeys((each["group_number"], each["group"]) for each in plan["items"])) == [
        (1, "提升主动公开质效"),
        (2, "夯实政务公开制度基础"),
        (3, "推动基层政务公开提质扩面"),
        (4, "建强政务公开平台阵地"),
    ]
    tasks = [each["task_number"] for each in plan["items"]]
    assert [tasks.count(number) for number in range(1, 11)] == [1, 5, 5, 4, 3, 3, 4, 2, 2, 2]


def test_names_need_no_register(plan, registered, short_names):
    """The notice itself teaches the two names that run together in item 27."""
    for read_alone, read_with in zip(plan["items"], registered["items"], strict=True):
        assert read_alone["assignees"] == read_with["assignees"]
    assert {each["name"] for one in plan["items"] for each in one["assignees"]} <= short_names
    assert len(item(plan, 27)["assignees"]) == 10
    assert {each["role"] for one in plan["items"] for each in one["assignees"]} == {"responsible"}


def test_selectors(plan):
    towns = ["各乡镇人民政府", "街道办事处"]
    without = {2, 6, 16, 20, 21, 22, 23, 29, 30, 31}
    assert [each["number"] for each in plan["items"] if each["selectors"] == towns] == sorted(
        set(range(1, 32)) - without
    )
    assert item(plan, 30)["selectors"] == item(plan, 31)["selectors"] == ["县级政务新媒体主办单位"]
    assert [each["number"] for each in plan["items"] if not each["open_ended"]] == [2, 6, 20, 21, 29, 30, 31]


@pytest.mark.parametrize(
    ("number", "due"), [(1, "12-31"), (12, "12-31"), (17, "10-31"), (21, "11-30"), (26, "08-31"), (29, "12-31")]
)
def test_the_stricter_deadline_stands(plan, number, due):
    assert item(plan, number)["deadline"]["due"] == f"2026-{due}"


@pytest.mark.parametrize(("number", "operator", "value"), [(20, ">=", 60), (27, "=", 16), (29, "=", 100)])
def test_targets(plan, number, operator, value):
    assert [(t["operator"], t["value"]) for t in item(plan, number)["targets"]] == [(operator, value)]


def test_what_is_doubtful_is_said(plan):
    assert {
        "missing-separator",
        "stray-separator",
        "mixed-separator",
        "suspected-typo",
        "deadline-conflict",
        "count-mismatch",
    } <= codes(plan)
    assert {"missing-separator", "stray-separator", "count-mismatch"} <= codes(plan, "27")
    assert "deadline-conflict" in codes(plan, "21")


def test_the_typos_are_found_and_left_alone(plan):
    assert re.search("突发公事件", item(plan, 10)["text"])
    excerpts = "".join(f["excerpt"] + f["suggestion"] for f in plan["findings"] if f["code"] == "suspected-typo")
    assert "突发公共事件" in excerpts
    assert "现代服务业" in excerpts


def test_no_body_is_unknown_to_the_register(registered):
    assert "unknown-body" not in codes(registered)


def test_text_and_word_are_one_plan():
    text, word = read("notice.txt"), read("notice.docx")
    assert {key: text[key] for key in text if key != "findings"} == {
        key: word[key] for key in word if key != "findings"
    }
    assert codes(text) == codes(word)
