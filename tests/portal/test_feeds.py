"""订阅, sitemap.xml and robots.txt: what is open and nothing else."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.portal import writing
from tests.portal.writing import ensure_portal
from tests.review.passing import holder

from gongkai.foundation.access import Role
from gongkai.portal import sitemaps
from gongkai.review.models import Release, State
from gongkai.review.services import withdraw

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def column(county):
    ensure_portal()
    return writing.through_the_gate(writing.column(writing.section(county.fgj), summary="本局的通知。"))


@pytest.fixture
def articles(column):
    writing.article(column, "只是草稿")
    return [writing.through_the_gate(writing.article(column, f"第{n}篇", summary="<甲>&乙")) for n in (1, 2)]


def hide(page, body):
    release = Release.objects.get(object_id=page.pk, kind__startswith="portal.", state=State.APPROVED)
    withdraw(holder(body, Role.LEADER), release, "数据有误", "更正后重新公布。")


def titles(answer) -> list[str]:
    assert answer.status_code == 200
    return [item.findtext("title") for item in ElementTree.fromstring(answer.content).iter("item")]


class TestFeeds:
    def test_of_a_column_and_of_a_body(self, client, column, articles, county):
        for page in (column, writing.section(county.fgj)):
            assert sorted(titles(client.get(f"/feeds/{page.pk}.xml"))) == ["第1篇", "第2篇"]

    def test_a_page_names_its_feed(self, client, column, articles):
        page = LexborHTMLParser(client.get(column.url).text)
        address = page.css_first('link[type="application/rss+xml"]').attributes["href"]
        assert titles(client.get(address))
        assert 'type="application/rss+xml"' not in client.get(articles[0].url).text

    def test_says_where_when_and_what(self, client, column, articles):
        item = next(ElementTree.fromstring(client.get(f"/feeds/{column.pk}.xml").content).iter("item"))
        assert item.findtext("link").startswith("http://127.0.0.1:8000/")
        assert item.findtext("description") == "<甲>&乙"
        assert "2026" in item.findtext("pubDate")

    def test_as_atom(self, client, column, articles):
        answer = client.get(f"/feeds/{column.pk}.atom")
        assert answer.headers["Content-Type"].startswith("application/atom+xml")
        entries = ElementTree.fromstring(answer.content).findall("{http://www.w3.org/2005/Atom}entry")
        assert len(entries) == 2

    def test_what_was_withdrawn_is_gone_and_so_is_a_closed_column(self, client, county, column, articles):
        hide(articles[0], county.fgj)
        assert titles(client.get(f"/feeds/{column.pk}.xml")) == ["第2篇"]
        hide(column, county.fgj)
        assert client.get(f"/feeds/{column.pk}.xml").status_code == 404

    @pytest.mark.parametrize("of", ["article", "home", "nothing"])
    def test_nothing_else_has_one(self, client, column, articles, of):
        pk = {"article": articles[0].pk, "home": column.get_ancestors()[1].pk, "nothing": 99999}[of]
        assert client.get(f"/feeds/{pk}.xml").status_code == 404

    def test_costs_the_same_for_many(self, client, column, articles, django_assert_max_num_queries):
        with django_assert_max_num_queries(16):
            client.get(f"/feeds/{column.pk}.xml")


def locations(client, address="/sitemap.xml", found="loc") -> list[str]:
    return [one.text for one in ElementTree.fromstring(client.get(address).content).iter(f"{MAP}{found}")]


class TestSitemap:
    def test_leads_to_every_open_page(self, client, county, column, articles):
        parts = locations(client)
        found = {address for part in parts for address in locations(client, part.removeprefix("http://127.0.0.1:8000"))}
        shown = [column, *articles, writing.section(county.fgj)]
        wanted = {"/", "/ledger/", *[page.url for page in shown]}
        assert {f"http://127.0.0.1:8000{path}" for path in wanted} <= found
        for address in found - {"http://127.0.0.1:8000/dummy/"}:  # the block of a room that only tests have
            assert client.get(address.removeprefix("http://127.0.0.1:8000")).status_code == 200, address

    def test_not_what_is_withdrawn_or_below_a_closed_column(self, client, county, column, articles):
        hide(articles[0], county.fgj)
        assert len(locations(client, "/sitemaps/portal.article.xml")) == 1
        hide(column, county.fgj)
        assert locations(client, "/sitemaps/portal.article.xml") == []
        assert not any(one.endswith(column.url) for one in locations(client, "/sitemaps/portal.column.xml"))

    def test_in_parts(self, client, column, articles, monkeypatch):
        monkeypatch.setattr(sitemaps._Listed, "limit", 1)
        assert [part for part in locations(client) if "portal.article" in part][1].endswith("portal.article.xml?p=2")
        assert len(locations(client, "/sitemaps/portal.article.xml?p=2")) == 1
        assert client.get("/sitemaps/portal.article.xml?p=9").status_code == 404
        assert client.get("/sitemaps/nothing.xml").status_code == 404

    def test_robots(self, client, column):
        text = client.get("/robots.txt").text
        assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text
        assert "Disallow: /admin/" in text
