"""C3: late by the row's own limit, counted in working days; each clause of the time-limit table."""

from datetime import date

import pytest

from gongkai.core.catalogues import read_limit
from gongkai.foundation.registries import Content, Standing
from gongkai.standards.judging import Seen, judge
from gongkai.standards.models import Catalogue, Link, Row

TODAY = date(2026, 6, 15)


def verdict(limit, published, formed=None, standing=False, today=TODAY):
    row = Row(catalogue=Catalogue(body_id=1), needs_page=True, limit=read_limit(limit).to_dict(), second="办事指南")
    newest = Content("a:1", "内容", "/a/", 1, published, formed)
    link = Link(row=row, source="a", target="1", label="栏目", standing=standing)
    return judge(row, [Seen(link, Standing(True, 1, "/a/", "栏目", 1, newest))], today).state


@pytest.mark.parametrize(
    ("limit", "published", "state"),
    [
        # 20 working days before 15 June 2026: 17 May is a Sunday, 18 May the first day still in time
        ("20个工作日内", date(2026, 5, 18), "ok"),
        ("20个工作日内", date(2026, 5, 15), "stale"),
        ("7个工作日内", date(2026, 6, 4), "ok"),
        ("7个工作日内", date(2026, 6, 3), "stale"),
        ("形成之日起30日内", date(2026, 5, 16), "ok"),
        ("形成之日起30日内", date(2026, 5, 15), "stale"),
        # by the calendar: the first quarter is over, the second is not; March is over as well
        ("每季度公开", date(2026, 1, 1), "ok"),
        ("每季度公开", date(2025, 12, 31), "stale"),
        ("每月公开", date(2026, 5, 1), "ok"),
        ("每月公开", date(2026, 4, 30), "stale"),
        ("每年公开", date(2025, 1, 1), "ok"),
        ("每年3月底前", date(2026, 1, 1), "ok"),
        ("每年3月底前", date(2025, 12, 31), "stale"),
        ("季度终了后15日内", date(2026, 4, 1), "ok"),
        ("季度终了后15日内", date(2026, 3, 31), "stale"),
        ("及时公开", date(2020, 1, 1), "ok"),
        ("长期公开", date(2020, 1, 1), "ok"),
        ("许可决定作出之日起7个工作日内", date(2020, 1, 1), "ok"),
    ],
)
def test_the_newest_by_the_rows_own_limit(limit, published, state):
    assert verdict(limit, published) == state


def test_content_that_stands_until_something_changes_does_not_age():
    assert verdict("20个工作日内", date(2020, 1, 1), standing=True) == "ok"


def test_published_too_late_after_it_was_formed():
    """条例 Article 26: twenty working days from forming."""
    assert verdict("20个工作日内", date(2026, 6, 12), formed=date(2026, 5, 15)) == "ok"
    assert verdict("20个工作日内", date(2026, 6, 12), formed=date(2026, 5, 13), standing=True) == "stale"


def test_nothing_linked_and_nothing_due():
    row = Row(catalogue=Catalogue(body_id=1), needs_page=True, limit=read_limit("").to_dict())
    assert judge(row, [], TODAY).state == "empty"
    row.needs_page = False
    assert judge(row, [], TODAY).state == "outside"
    row.exempt, row.exempt_reason = True, "没有"
    assert (judge(row, [], TODAY).state, judge(row, [], TODAY).words) == ("exempt", "没有")


def test_one_dead_link_is_enough():
    row = Row(catalogue=Catalogue(body_id=1), needs_page=True, limit=read_limit("").to_dict())
    link = Link(row=row, label="旧栏目")
    good = Seen(link, Standing(True, 1, "/a/", "栏目", 1, Content("a:1", "内容", "/a/", 1, TODAY)))
    assert judge(row, [good], TODAY).state == "ok"
    assert judge(row, [good, Seen(link, None)], TODAY).words == "“旧栏目”已被删除"
    assert judge(row, [good, Seen(link, None, unseen=True)], TODAY).state == "ok"


def seen_in(row, *standings):
    return [Seen(Link(row=row, label=one.label), one) for one in standings]


def holding(label, on, body=1, **fields):
    return Standing(True, body, "/a/", label, 1, Content("a:1", f"{label}的内容", "/a/1", body, on, **fields))


def owing_row(limit=""):
    return Row(catalogue=Catalogue(body_id=1), needs_page=True, limit=read_limit(limit).to_dict())


def test_everything_that_is_wrong_is_told_the_gravest_first():
    row = owing_row("20个工作日内")
    seen = [*seen_in(row, holding("旧栏目", date(2025, 1, 1)), holding("别处", TODAY, body=2)), Seen(Link(row=row, label="没了"), None)]  # fmt: skip
    found = judge(row, seen, TODAY)
    assert [flaw.state for flaw in found.flaws] == ["dead", "wrong", "stale"]
    assert (found.state, found.words) == ("dead", "“没了”已被删除")
    assert "2025-01-01" in found.flaws[2].words, "judged by what stands with the body that owes it"


def test_several_places_of_one_kind_are_one_fault():
    row = owing_row()
    found = judge(row, [Seen(Link(row=row, label="甲"), None), Seen(Link(row=row, label="乙"), None)], TODAY)
    assert [flaw.words for flaw in found.flaws] == ["“甲”已被删除；“乙”已被删除"]


def test_nothing_in_what_opens_and_something_that_does_not_open():
    row = owing_row()
    seen = [*seen_in(row, Standing(True, 1, "/a/", "空栏目")), Seen(Link(row=row, label="没了"), None)]
    assert [flaw.state for flaw in judge(row, seen, TODAY).flaws] == ["empty", "dead"]


@pytest.mark.parametrize(("on", "state"), [(date(2020, 1, 1), "none"), (None, "empty")])
def test_none_at_present_counts_with_its_date_alone(on, state):
    row = owing_row("20个工作日内")
    assert judge(row, seen_in(row, holding("暂无", on, states_none=True)), TODAY).state == state


def test_a_name_of_several_is_right_with_each_of_them():
    row = owing_row()
    assert judge(row, seen_in(row, holding("栏目", TODAY, body=2)), TODAY, meant=[2, 3]).state == "ok"
    assert judge(row, seen_in(row, holding("栏目", TODAY, body=4)), TODAY, meant=[2, 3]).state == "wrong"
