"""Numbers that masks were to hide: put together over the columns of a row, and over lists (section 4.3)."""

from datetime import date

import pytest

from gongkai.core.documents import read_bytes
from gongkai.core.screening.aggregation import Source, aggregate

NAMES = ("李秀兰", "王建国", "张桂芳", "陈志强", "刘玉梅", "赵长河")
IDS = [f"5114021962030412{n}4" for n in range(6)]
PHONES = [f"1381234560{n}" for n in range(6)]
CARDS = [f"6217001234567890{n}23" for n in range(6)]


def masked(number, shown):
    return "".join(digit if at in shown else "*" for at, digit in enumerate(number))


def column(numbers, *shown):
    return [masked(number, {at for one in shown for at in one}) for number in numbers]


def listed(name, village="柳溪村", **columns):
    """A list of the six, with village and further columns."""
    rows = [("姓名", "村", *columns), *zip(NAMES, [village] * len(NAMES), *columns.values(), strict=True)]
    return Source(name, read_bytes("\n".join(",".join(row) for row in rows).encode(), name))


def told(*sources, rule):
    report = aggregate(sources, as_of=date(2023, 9, 1))[-1]
    return [finding for finding in report.findings if finding.rule == f"aggregation-{rule}"]


HEAD, MIDDLE, TAIL = range(10), range(6, 14), range(10, 18)
SPLIT = {
    "身份证号": (column(IDS, HEAD), column(IDS, TAIL), "18位可还原18位"),
    "手机号": (column(PHONES, range(3), range(7, 11)), column(PHONES, range(5), range(9, 11)), "11位可还原9位"),
    "银行卡号": (column(CARDS, range(12)), column(CARDS, range(9, 19)), "19位可还原19位"),
}
OTHER = {"身份证号": "残疾证号", "手机号": "备用电话", "银行卡号": "社保卡号"}


@pytest.mark.parametrize("heading", SPLIT)
def test_two_columns_of_a_row_undo_each_others_masks(heading):
    first, second, said = SPLIT[heading]
    (finding,) = told(listed("a.csv", **{heading: first, OTHER[heading]: second}), rule="rebuilt")
    assert f"“{heading}”“{OTHER[heading]}”" in finding.message and said in finding.message
    assert not told(listed("a.csv", **{heading: first, OTHER[heading]: first}), rule="rebuilt")


@pytest.mark.parametrize("heading", SPLIT)
def test_two_lists_undo_each_others_masks(heading):
    first, second, said = SPLIT[heading]
    (finding,) = told(listed("a.csv", **{heading: first}), listed("b.csv", **{heading: second}), rule="linked")
    assert said.replace("位", "位中", 1) in finding.message
    assert not told(listed("a.csv", **{heading: first}), listed("b.csv", **{heading: first}), rule="linked")


def test_numbers_of_two_people_are_not_put_together():
    here, other = column(IDS, HEAD), column(IDS, TAIL)
    assert not told(listed("a.csv", 身份证号=here, 监护人身份证号=other), rule="rebuilt")
    contradicting = column([f"5224{number[4:]}" for number in IDS], range(4), TAIL)
    assert not told(listed("a.csv", 身份证号=here, 残疾证号=contradicting), rule="rebuilt")


@pytest.mark.parametrize(("shown", "found"), [((range(10), range(14, 18)), True), ((range(6), range(14, 18)), False)])
def test_a_mask_that_hides_too_little_is_told(shown, found):
    said = told(listed("a.csv", 身份证号=column(IDS, *shown)), rule="rebuilt")
    assert bool(said) == found
    assert all("“身份证号”遮蔽过少" in one.message and "前2位和后3位" in one.suggestion for one in said)


def test_digits_that_a_whole_county_shares_join_nobody():
    """Same names in another village: the first six digits of an ID and three of a phone say nothing of a person."""
    here = listed("a.csv", 身份证号=column(IDS, range(6), range(14, 18)), 手机号=column(PHONES, range(3), range(7, 11)))
    there = listed("b.csv", "桐荫村", 身份证号=column(IDS, range(13)), 手机号=column(PHONES, range(6)))
    assert not told(here, there, rule="linked")


def test_same_names_of_one_township_but_different_villages_are_different_people():
    here = listed("a.csv", "桐荫镇柳溪村", 病种=["甲", "乙", "丙", "丁", "戊", "己"])
    assert not told(here, listed("b.csv", "桐荫镇松坪村", 金额=["1"] * 6), rule="gained")
    assert told(here, listed("b.csv", "桐荫镇柳溪村", 金额=["1"] * 6), rule="gained")


def test_an_exam_number_ties_a_name_to_what_another_list_says_of_the_number():
    numbers = [f"2023060{n}" for n in range(6)]
    failed = [("准考证号", "岗位", "不合格原因"), *((number, "甲", "乙肝表面抗原阳性") for number in numbers)]
    health = Source("体检.csv", read_bytes("\n".join(map(",".join, failed)).encode(), "体检.csv"))
    assert not told(health, rule="k")
    (gained,) = told(health, listed("录用.csv", 准考证号=numbers), rule="gained")
    assert "按准考证号对上6人" in gained.message and "疾病" in gained.message
    assert not told(health, listed("录用.csv", 准考证号=[f"9{number}" for number in numbers]), rule="gained")
