"""Wagtail's search over pages finds what it found before, and counts it once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser
from tests.portal import writing
from tests.portal.many import below
from tests.portal.writing import ensure_portal
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.search import index

from gongkai.portal.models import ArticlePage, ColumnPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def column(county, people):
    ensure_portal()
    column = writing.column(writing.section(county.fgj))
    below(column, ArticlePage, [f"第{one}篇文章" for one in range(30)], live=False, body="<p>正文</p>")
    return column


class Found:
    """What the screen shows: titles in order, numbers by kind, the number in the heading."""

    def __init__(self, client, query: str = "") -> None:
        page = LexborHTMLParser(client.get(f"/admin/pages/search/{query}").text)
        self.titles = [one.text().strip() for one in page.css("td.title .title-wrapper")]
        self.kinds = [one.text().strip() for one in page.css("[aria-labelledby=page-types-title] .filter-options li")]
        self.heading = page.css_first("h2[role=alert]").text().strip()


@pytest.mark.parametrize("who", ["office", "clerk", "other_clerk"])
def test_without_words_it_is_all_that_one_sees(column, people, client, who):
    user = getattr(people, who)
    client.force_login(user)
    seen = page_permission_policy.explorable_instances(type(user).objects.get(pk=user.pk))
    found, second = Found(client), Found(client, "?p=2")
    in_order = [page.get_admin_display_title() for page in seen.order_by("path")]
    assert found.titles == in_order[:20]
    assert second.titles == in_order[20:40]
    assert str(len(in_order)) in found.heading
    assert found.kinds[0].endswith(f"({len(in_order)})")
    assert sum(int(one.rpartition("(")[2].rstrip(")")) for one in found.kinds[1:]) == len(in_order)


def test_of_one_kind(column, county, people, client):
    client.force_login(people.clerk)
    section = writing.section(county.fgj)
    columns = ColumnPage.objects.descendant_of(section)
    found = Found(client, "?content_type=portal.columnpage&ordering=-title")
    assert found.titles == sorted((page.title for page in columns), reverse=True)[:20]
    every = Page.objects.descendant_of(section, inclusive=True)
    assert found.kinds[0] == f"所有 ({every.count()})"


def test_counted_once(column, people, client):
    client.force_login(people.office)
    client.get("/admin/pages/search/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/admin/pages/search/")
    over_all = [one["sql"] for one in asked if "COUNT(" in one["sql"] and "wagtailcore_page" in one["sql"]]
    assert len(over_all) == 1 and "GROUP BY" in over_all[0]
    assert len(asked) <= 24


@pytest.mark.usefixtures("search_index")
def test_with_words(county, people, client):
    ensure_portal()
    for body, title in ((county.fgj, "关于供水管网改造的通告"), (county.czj, "供水补贴")):
        index.insert_or_update_object(writing.article(writing.column(writing.section(body)), title))
    client.force_login(people.clerk)
    assert Found(client, "?q=供水").titles == ["关于供水管网改造的通告"]
    client.force_login(people.office)
    assert sorted(Found(client, "?q=供水").titles) == ["供水补贴", "关于供水管网改造的通告"]
