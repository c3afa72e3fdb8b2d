"""C3: late by the row's own limit, counted in working days; each clause of the time-limit table."""

from datetime import date
from types import SimpleNamespace

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
        ("每季度公开", date(2026, 3, 15), "ok"),
        ("每季度公开", date(2026, 3, 14), "stale"),
        ("每年3月底前", date(2025, 6, 15), "ok"),
        ("每年3月底前", date(2025, 6, 14), "stale"),
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
    assert judge(row, [good, SimpleNamespace(link=link, standing=None, unseen=True, problem="")], TODAY).state == "ok"
