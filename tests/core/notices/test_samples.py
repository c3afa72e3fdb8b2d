"""Real notices beside the checkout, scored as the contract says: items by number, else by text; pairs pooled."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from gongkai.core.documents import read
from gongkai.core.notices import Item, NoPlan, Plan, Role, enumerators, read_plan
from gongkai.core.notices.folding import bare

REFUSED = {"p18_wuyuan_catalog", "p23_dawa_no_table"}


def stem(path: Path) -> str:
    return path.name.split(".")[0]


def key(text: str) -> str:
    return bare(enumerators.strip(text)[1])


def match(expected: dict, items: list[Item]) -> Item | None:
    by_number = (item for item in items if expected.get("no") and item.number == expected["no"])
    by_text = (item for item in items if key(item.text) == key(expected["text"]))
    return next(by_number, None) or next(by_text, None)


def names(item: Item) -> set[str]:
    return {assignee.name for assignee in item.assignees} | set(item.selectors)


@dataclass
class Score:
    items: int = 0
    matched: int = 0
    wanted: int = 0
    given: int = 0
    right: int = 0

    def add(self, plan: Plan, expected: list[dict]) -> None:
        self.items += len(expected)
        self.given += sum(len(names(item)) for item in plan.items)
        for each in expected:
            want = {*each["lead"], *each["responsible"]}
            self.wanted += len(want)
            if item := match(each, list(plan.items)):
                self.matched += 1
                self.right += len(want & names(item))


@pytest.fixture(scope="module")
def notices(shared: Path) -> list[Path]:
    return sorted(path for path in (shared / "samples/notices").iterdir() if path.suffix != ".json")


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, dict]:
    files = (shared / "samples/notices").glob("*.expected.json")
    return {stem(path): json.loads(path.read_text("utf-8")) for path in files}


def test_the_samples_are_read_as_expected(notices: list[Path], expected: dict[str, dict]) -> None:
    score = Score()
    for path in notices:
        if stem(path) not in REFUSED and stem(path) in expected:
            score.add(read_plan(read(path)), expected[stem(path)]["items"])
    assert score.items >= 140
    assert score.matched / score.items >= 0.98
    assert score.right / score.wanted >= 0.97, "recall"
    assert score.right / score.given >= 0.97, "precision"


def test_the_number_of_items_is_that_of_the_notice(notices: list[Path], expected: dict[str, dict]) -> None:
    for path in notices:
        if stem(path) not in REFUSED and stem(path) in expected:
            assert len(read_plan(read(path)).items) == len(expected[stem(path)]["items"]), path.name


def test_pages_without_a_plan_are_refused_in_one_line(notices: list[Path], expected: dict[str, dict]) -> None:
    refused = [path for path in notices if stem(path) in REFUSED]
    assert len(refused) == len(REFUSED)
    for path in refused:
        with pytest.raises(NoPlan, match=r"请") as caught:
            read_plan(read(path))
        assert "\n" not in str(caught.value)


def test_leads_groups_and_deadlines_are_those_of_the_notice(notices: list[Path], expected: dict[str, dict]) -> None:
    """Beyond the score: who leads, when, and under which heading (the innermost of ours may be the expected one)."""
    for path in notices:
        if stem(path) in REFUSED or stem(path) not in expected:
            continue
        plan = read_plan(read(path))
        for each in expected[stem(path)]["items"]:
            item = match(each, list(plan.items))
            assert item, (path.name, each["text"])
            leads = {assignee.name for assignee in item.assignees if assignee.role is Role.LEAD}
            assert leads == set(each["lead"]), (path.name, item.number)
            assert item.deadline.text == (each["deadline_raw"] or ""), (path.name, item.number)
            if each["group"]:
                assert bare(enumerators.strip(each["group"])[1]) in {bare(item.group), bare(item.task)}, path.name


def test_every_form_of_one_notice_gives_one_plan(notices: list[Path]) -> None:
    """Word, page, one cell a line, run together: the same items, bodies and roles."""
    for name in ("pingtan_2022", "fujian_2019"):
        plans = [read_plan(read(path)).to_dict() for path in notices if stem(path) == name]
        assert len(plans) >= 2
        for plan in plans[1:]:
            for left, right in zip(plans[0]["items"], plan["items"], strict=True):
                assert {k: v for k, v in left.items() if k != "assignees_text"} == {
                    k: v for k, v in right.items() if k != "assignees_text"
                }


def test_traditional_names_stay_as_printed(notices: list[Path]) -> None:
    plan = read_plan(read(next(path for path in notices if stem(path) == "p11_yingtan_2022")))
    assert [(each.name, each.role) for each in plan.items[0].assignees] == [
        ("市政府辦公室", Role.LEAD),
        ("市行政審批制度改革工作領導小組辦公室", Role.LEAD),
    ]
    assert plan.items[0].selectors == ("市級各有關部門", "各縣市區政府")


def test_pinyin_is_left_out_and_told(notices: list[Path]) -> None:
    plan = read_plan(read(next(path for path in notices if stem(path) == "p20_cptp_2016_guoban")))
    assert plan.items[0].group == "圍繞深化改革推進公開"
    assert "kāi" not in json.dumps(plan.to_dict()["items"], ensure_ascii=False)
    assert [finding.code for finding in plan.findings][0] == "noise-removed"


def test_prose_without_bodies_is_a_plan_with_findings(notices: list[Path]) -> None:
    plan = read_plan(read(next(path for path in notices if stem(path) == "p24_wenshang_zhongdu_2025")))
    assert [item.task for item in plan.items] == ["强化组织领导", "深化主动公开", "规范依申请公开", "健全解读回应"]
    assert [finding.where for finding in plan.findings if finding.code == "no-body"] == [
        f"item {number}, responsible bodies" for number in (1, 2, 3, 4)
    ]
