"""公开时限: the wordings of published catalogues (grassroots catalogues of five places), and the grammar as a whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.catalogues import Clause, Due, Limit, Period, read_limit

TWENTY = Clause(start="formed_or_changed", period=Period(20, "workday"))


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("信息形成或者变更之日起20个工作日内", [TWENTY]),
        ("自信息形成或者变更之日起20个工作日内予以公开", [TWENTY]),
        ("自该信息形成或者变更之日起20个\n工作日内", [TWENTY]),
        ("自制作或获取该信息之日起20个工作日内公开", [Clause(start="made_or_obtained", period=Period(20, "workday"))]),
        ("20工作日", [TWENTY]),
        ("二十个工作日内", [TWENTY]),
        ("信息形成或变更之日起3个工作日内", [Clause(start="formed_or_changed", period=Period(3, "workday"))]),
        ("批准后20个工作日内", [Clause(start="approval", period=Period(20, "workday"))]),
        ("自决定作出之日起7日内", [Clause(start="decision", period=Period(7, "day"))]),
        ("检查结束后1个月内", [Clause(start="finished", period=Period(1, "month"))]),
        (
            "信息形成或者变更之日起20个工作日内，其中行政许可、行政处罚事项应自作出行政决定之日起7个工作日内公示",
            [TWENTY, Clause(("licence", "penalty"), "decision", Period(7, "workday"))],
        ),
        (
            "形成20个工作日内；许可、处罚7个工作日内",
            [
                Clause(start="formed", period=Period(20, "workday")),
                Clause(("licence", "penalty"), "decision", Period(7, "workday")),
            ],
        ),
        ("及时公开，公告期限为5个工作日", [Clause(as_soon_as=True, display=Period(5, "workday"))]),
        ("及时公开；公示时间不少于7天", [Clause(as_soon_as=True, display=Period(7, "day"))]),
        ("及时公开", [Clause(as_soon_as=True)]),
        ("实时公开", [Clause(real_time=True)]),
        ("永久公开", [Clause(standing=True)]),
        ("长期", [Clause(standing=True)]),
        ("每年3月底前", [Clause(every="year", due=Due(3, 31))]),
        ("每年1月31日前公布", [Clause(every="year", due=Due(1, 31))]),
        ("次年3月31日前", [Clause(every="year", due=Due(3, 31))]),
        ("每月10日前公开上月情况", [Clause(every="month", due=Due(1, 10))]),
        ("次月5日前", [Clause(every="month", due=Due(1, 5))]),
        ("每季度首月15日前", [Clause(every="quarter", due=Due(1, 15))]),
        ("每年13月1日前", [Clause(every="year")]),
        ("季度终了后15日内", [Clause(every="quarter", after_end=Period(15, "day"))]),
        ("每季度结束之日起10个工作日内公开", [Clause(every="quarter", after_end=Period(10, "workday"))]),
        ("每月终了后5日内", [Clause(every="month", after_end=Period(5, "day"))]),
        ("年度终了后4个月内", [Clause(every="year", after_end=Period(4, "month"))]),
        ("半年结束后1个月内", [Clause(every="half-year", after_end=Period(1, "month"))]),
        ("按季度公开", [Clause(every="quarter")]),
        ("每月公开1次，信息形成后10个工作日内", [Clause(start="formed", period=Period(10, "workday"))]),
        ("每季度第一个月20日前", [Clause(every="quarter", due=Due(1, 20))]),
        (
            "20个工作日内（行政许可、行政处罚7个工作日内）",
            [TWENTY, Clause(("licence", "penalty"), "decision", Period(7, "workday"))],
        ),
        ("常态化公开", [Clause(standing=True)]),
        ("每年一季度", [Clause(every="year", due=Due(3, 31))]),
        ("每周更新", [Clause(every="week")]),
        ("不少于1个月", [Clause(display=Period(1, "month"))]),
        ("长期公开（动态调整）", [Clause(as_soon_as=True, standing=True)]),
        ("收到申请之日起3日内", [Clause(start="made_or_obtained", period=Period(3, "day"))]),
        ("提前24小时", []),
        ("开标前不少于5日", []),
        ("2023年6月30日前", []),
        ("视情况", []),
        ("", []),
    ],
)
def test_wordings(text, clauses):
    assert list(read_limit(text).clauses) == clauses


@pytest.mark.parametrize("text", ["及时公开", "实时公开", "永久公开", "许可决定作出之日起7个工作日内", ""])
def test_without_a_number_for_everything_no_machine_can_check(text):
    assert read_limit(text).general is None


UNITS = st.sampled_from([("工作日", "workday"), ("日", "day"), ("个月", "month"), ("小时", "hour")])
STARTS = st.sampled_from([("信息形成或者变更之日起", "formed_or_changed"), ("制作或获取之日起", "made_or_obtained"), ("批准后", "approval"), ("作出决定之日起", "decision"), ("", "formed_or_changed")])  # fmt: skip


@given(n=st.integers(1, 365), unit=UNITS, start=STARTS, before=st.sampled_from(["", "自", "应自该"]), after=st.sampled_from(["内", "以内公开", "内予以公开。"]))  # fmt: skip
def test_any_number_of_any_unit_from_any_start(n, unit, start, before, after):
    (clause,) = read_limit(f"{before}{start[0]}{n}个{unit[0].removeprefix('个')}{after}").clauses
    assert clause == Clause(start=start[1], period=Period(n, unit[1]))


@given(n=st.integers(1, 99))
def test_numbers_in_characters(n):
    digits = "零一二三四五六七八九"
    tens, ones = divmod(n, 10)
    written = ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (
        digits[ones] if ones or not tens else ""
    )
    (clause,) = read_limit(f"信息形成之日起{written}个工作日内").clauses
    assert clause.period == Period(n, "workday")


@given(
    st.text(
        alphabet="信息形成变更之日起每年月公开示期限及时永久许可处罚决定内前0123456789十工作个，。；\n（）其中 ",
        max_size=60,
    )
)
def test_never_fails_and_always_comes_back_from_its_data(text):
    limit = read_limit(text)
    assert Limit.from_dict(limit.to_dict()) == limit
    assert all(clause != Clause() for clause in limit.clauses)
