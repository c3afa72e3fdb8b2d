"""Lists that show names in full: what the posting needs is no finding, what goes beyond it is (section 3 and 4.1)."""

from datetime import date

import pytest

from gongkai.core.documents import read_bytes
from gongkai.core.screening import Severity
from gongkai.core.screening.aggregation import Source, aggregate

NAMES = ("李秀兰", "王建国", "张桂芳", "陈志强", "刘玉梅", "赵长河")


def judge(*headings_and_rows, title=""):
    text = "\n".join([*filter(None, [title]), *(",".join(row) for row in headings_and_rows)])
    (report,) = aggregate([Source("a.csv", read_bytes(text.encode(), "a.csv"))], as_of=date(2023, 9, 1))
    return report


def posted(heading, values, title=""):
    """Names in full, their villages, and one more column."""
    rows = [(name, f"{name[1]}溪村", value) for name, value in zip(NAMES, values, strict=False)]
    return judge(("姓名", "村", heading), *rows, title=title)


def crowds(report):
    return [finding for finding in report.findings if finding.rule == "aggregation-k"]


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("补助金额", ("420", "560", "630", "780", "845", "900")),
        ("性别", ("女", "男", "女", "男", "女", "男")),
        ("保障人数", ("1", "2", "3", "4", "5", "6")),
        ("身份证号", [f"51*************{n}" for n in range(100, 106)]),  # the recommended mask
        ("年龄", ("80—89岁",) * 6),
        ("出生年份", ("1930年代",) * 6),
        ("家庭住址", ("桐荫镇",) * 6),
        ("地址", [f"人民路{n}号" for n in range(6)]),  # of an office, as far as the heading says
    ],
)
def test_beside_whole_names_place_and_amount_point_at_nobody_further(heading, values):
    report = posted(heading, values)
    assert report.findings == [] and report.lists[0].named and report.lists[0].repair is None


@pytest.mark.parametrize(
    ("heading", "values", "step"),
    [
        ("出生日期", [f"196{n}-03-04" for n in range(6)], "只留年代（十年一段）"),
        ("年龄", ("61", "62岁", "63周岁", "64", "65", "66"), "改为分段"),
        ("家庭住址", [f"桐荫镇柳溪村{n}组" for n in range(6)], "只到村（社区）"),
    ],
)
def test_what_goes_beyond_the_posting_is_told_with_what_to_coarsen(heading, values, step):
    report = posted(heading, values)
    (crowd,) = crowds(report)
    assert crowd.severity is Severity.CONFIRM
    assert f"另又公布{heading}" in crowd.message and "“村”" not in crowd.suggestion
    assert report.lists[0].repair.steps == ((heading, step),)


def test_a_detail_that_the_posting_itself_demands_is_no_finding():
    births = [f"197{n}.05" for n in range(6)]
    assert posted("出生年月", births, title="干部任前公示").findings == []
    assert crowds(posted("出生年月", births, title="先进个人公示"))


def test_masked_names_are_judged_by_every_column_as_before():
    rows = [(f"{name[0]}**", f"{name[1]}溪村", "420") for name in NAMES]
    report = judge(("姓名", "村", "金额"), *rows)
    assert crowds(report) and not report.lists[0].named


def test_the_whole_name_of_a_guardian_beside_a_masked_child_counts():
    rows = [(f"{name[0]}**", name, "420") for name in NAMES]
    report = judge(("学生姓名", "监护人姓名", "金额"), *rows)
    assert "aggregation-named" in {finding.rule for finding in report.findings}


@pytest.mark.parametrize("title", ["公租房轮候对象公示", "高龄津贴发放公示"])
def test_titles_that_say_the_ground_of_a_posting_ask_a_person(title):
    (named,) = posted("金额", ("50",) * 6, title=title).findings
    assert named.rule == "aggregation-named" and named.severity is Severity.CONFIRM


def test_what_groups_share_is_told_only_where_names_are_hidden():
    """4.2: with whole names everybody's illness stands beside the name already."""
    rows = [("柳溪村", "尿毒症"), ("柳溪村", "尿毒症"), ("松坪村", "高血压")]
    named = judge(("姓名", "村", "病种"), *((name, *row) for name, row in zip(NAMES, rows, strict=False)))
    hidden = judge(("姓名", "村", "病种"), *(("张**", *row) for row in rows))
    assert ["aggregation-l" in {finding.rule for finding in report.findings} for report in (named, hidden)] == [
        False,
        True,
    ]
