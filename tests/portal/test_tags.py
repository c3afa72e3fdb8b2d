"""网页标签 and 网站标识 on every kind of page; none missing, none empty, none said twice."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from selectolax.lexbor import LexborHTMLParser
from tests.portal import writing
from tests.portal.tagging import canonical, faults, linked, metas
from tests.portal.writing import ensure_portal
from tests.remembering import remembered
from wagtail.models import Page

from gongkai.channels.models import Site
from gongkai.core.siteaudit import PageKind
from gongkai.foundation.access import Refused
from gongkai.foundation.events.models import Event
from gongkai.portal.identity import identify, marks_of
from gongkai.portal.models import BlockPage, GuidePage, TopicItem, TopicPage

# Each kind of page of the tree, and how it is written for the look at its tags. A new kind finds its line here, or in
# its own room's tests.
KINDS = {
    "portal.HomePage": PageKind.HOME,
    "portal.SectionPage": PageKind.COLUMN,
    "portal.BlockPage": PageKind.COLUMN,
    "portal.GuidePage": PageKind.COLUMN,
    "portal.TopicPage": PageKind.COLUMN,
    "portal.ColumnPage": PageKind.COLUMN,
    "portal.ArticlePage": PageKind.CONTENT,
}


@pytest.fixture(autouse=True)
def portal(county):
    ensure_portal()


@pytest.fixture
def marks(county, people):
    return marked(county, people)


@remembered
def marked(county, people):
    site = Site.objects.create(
        name="清河县人民政府门户网站", url="https://www.qinghe.example/", owner=county.body, identifier="9901240001"
    )
    return identify(people.office, county.body, site=site, icp="川ICP备00000000号", contact="0990-1234567")


@pytest.fixture
def pages(county):
    return one_of_each(county)


@remembered
def one_of_each(county):
    column = writing.through_the_gate(writing.column(writing.section(county.fgj)))
    article = writing.through_the_gate(writing.article(column, keywords="项目，进展", author="李四"))
    home, section = column.get_ancestors()[1].specific, writing.section(county.fgj)
    block = BlockPage.objects.child_of(section).get(kind="guide")
    guide, topic = GuidePage(title="政府信息公开指南", slug="guide"), TopicPage(title="防汛抗旱", slug="topic")
    topic.items = [TopicItem(source_id=column.pk, sort_order=0)]
    for above, page in ((block, guide), (section, topic)):
        above.add_child(instance=page)
        page.save_revision()
    written = [writing.through_the_gate(type(page).objects.get(pk=page.pk)) for page in (guide, topic)]
    return {page._meta.label: page for page in (home, section, block, column, article, *written)}


@pytest.mark.parametrize("address", ["/map/", "/search/", "/records/", "/catalogues/"])
def test_nor_on_what_is_none_of_the_tree(client, marks, address):
    """The lists of the rooms among them; a single record or catalogue is looked at in its room's own tests."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert faults(answer.text, PageKind.COLUMN) == []


def test_the_foot_leads_to_the_map_and_to_the_feed(client, pages):
    foot = LexborHTMLParser(client.get(pages["portal.ColumnPage"].url).text).css("footer a")
    addresses = {link.attributes["href"] for link in foot}
    assert {"/map/", f"/feeds/{pages['portal.ColumnPage'].pk}.xml"} <= addresses


def test_every_kind_of_page_is_looked_at():
    ours = {model._meta.label for model in apps.get_models() if issubclass(model, Page) and model is not Page}
    assert {label for label in ours if label.startswith("portal.")} == set(KINDS)


@pytest.mark.parametrize("label", KINDS)
def test_no_tag_is_missing_or_empty(client, marks, pages, label):
    text = client.get(pages[label].url).text
    assert faults(text, KINDS[label]) == []
    assert canonical(text).endswith(pages[label].url)
    names = [one.attributes["name"] for one in LexborHTMLParser(text).css("head meta[name]")]
    assert len(names) == len(set(names))


def test_what_the_pages_say(client, marks, pages):
    front, article = (metas(client.get(pages[f"portal.{kind}"].url).text) for kind in ("HomePage", "ArticlePage"))
    assert (front["SiteName"], front["SiteDomain"]) == ("清河县人民政府门户网站", "www.qinghe.example")
    assert (front["SiteIDCode"], front["ColumnType"], front["ColumnName"]) == ("9901240001", "首页", "首页")
    assert "ArticleTitle" not in front
    assert (article["ColumnName"], article["ArticleTitle"]) == ("通知公告", writing.WORDS)
    assert (article["ContentSource"], article["Author"]) == ("清河县发展和改革局", "李四")
    assert (article["Keywords"], article["Description"]) == ("项目，进展", "各项目按计划推进。")
    assert article["Url"] == canonical(client.get(pages["portal.ArticlePage"].url).text)


def test_what_is_written_goes_before_what_is_derived(client, pages):
    article = writing.article(pages["portal.ColumnPage"], summary="摘要一句。", source="县政府办")
    found = metas(client.get(writing.through_the_gate(article).url).text)
    assert (found["Description"], found["ContentSource"]) == ("摘要一句。", "县政府办")


class TestMoment:
    """《政府网站发展指引》: YYYY-MM-DD HH:MM."""

    def test_of_the_day_it_became_public(self, client, pages):
        article = pages["portal.ArticlePage"]
        type(article).objects.filter(pk=article.pk).update(first_published_at="2026-06-15T01:02:03Z")
        text = client.get(article.url).text
        assert metas(text)["PubDate"] == "2026-06-15 09:02"
        assert ">2026-06-15 09:02</time>" in text

    def test_written_by_hand(self, client, pages):
        article = writing.article(pages["portal.ColumnPage"], published_on=date(2024, 2, 3), published_time=time(17, 5))
        assert metas(client.get(writing.through_the_gate(article).url).text)["PubDate"] == "2024-02-03 17:05"

    def test_another_day_without_a_time_begins_at_midnight(self, pages):
        assert (
            f"{writing.article(pages['portal.ColumnPage'], published_on=date(2024, 2, 3)).published_at:%H:%M}"
            == "00:00"
        )

    def test_belongs_to_what_is_signed(self, client, pages):
        article = pages["portal.ArticlePage"]
        type(article).objects.filter(pk=article.pk).update(keywords="后来改的")
        assert client.get(article.url).status_code == 404


class TestMarks:
    def test_stand_at_the_foot(self, client, marks):
        foot = LexborHTMLParser(client.get("/").text).css_first("footer").text()
        for words in ("主办单位：清河县人民政府", "网站标识码：9901240001", "川ICP备00000000号", "0990-1234567"):
            assert words in foot

    def test_what_is_not_known_is_left_out_and_named_to_the_office(self, client, county, people):
        assert "SiteIDCode" not in metas(client.get("/").text)
        assert "网站标识码" not in client.get("/").text
        assert "网站标识码" in marks_of(county.body).missing()
        client.force_login(people.office)
        assert "还缺：网站标识码" in client.get("/admin/portal/identity/").text

    def test_the_form(self, client, county, people):
        site = Site.objects.create(name="门户", url="https://x.example/", owner=county.body, identifier="9901240001")
        client.force_login(people.office)
        data = {"site": site.pk, "icp": "川ICP备00000000号", "police": "12345"}
        answer = client.post("/admin/portal/identity/", data)
        assert "格式不对" in answer.text and "12345" in answer.text
        client.post("/admin/portal/identity/", data | {"police": "川公网安备 99012402000001号"})
        assert marks_of(county.body).police_url.endswith("=99012402000001")
        client.force_login(people.clerk)
        assert client.get("/admin/portal/identity/").status_code == 403

    def test_is_recorded(self, marks, people):
        event = Event.objects.about(marks).get()
        assert (event.verb, event.actor, event.after["icp"]) == ("portal.identify", people.office, "川ICP备00000000号")

    def test_nobody_else_sets_them(self, county, people):
        with pytest.raises(Refused):
            identify(people.clerk, county.body)

    def test_not_the_site_of_another_county(self, county, people):
        from gongkai.bodies.models import Body, Kind

        other = Body.objects.create(code="other", name="他县人民政府", kind=Kind.COUNTY)
        site = Site.objects.create(name="他县", url="https://other.example/", owner=other)
        with pytest.raises(ValidationError, match="本县"):
            identify(people.office, county.body, site=site)


class TestLinkedData:
    def test_of_each_kind(self, client, marks, pages):
        of = {label: linked(client.get(page.url).text) for label, page in pages.items()}
        assert of["portal.HomePage"]["GovernmentOrganization"]["name"] == "清河县人民政府"
        assert of["portal.SectionPage"]["GovernmentOrganization"]["name"] == "清河县发展和改革局"
        steps = of["portal.ArticlePage"]["BreadcrumbList"]["itemListElement"]
        assert [step["name"] for step in steps] == ["清河县发展和改革局", "通知公告", writing.WORDS]
        assert all(step["item"].startswith("http") for step in steps)
        article = of["portal.ArticlePage"]["Article"]
        assert (article["headline"], article["publisher"]["name"]) == (writing.WORDS, "清河县发展和改革局")

    def test_no_word_ends_the_script(self, client, pages):
        article = writing.article(pages["portal.ColumnPage"], title="</script><b>甲</b>&乙")
        text = client.get(writing.through_the_gate(article).url).text
        assert linked(text)["Article"]["headline"] == "</script><b>甲</b>&乙"
        assert "</script><b>" not in text


def test_the_address_is_known_without_what_only_filters(client, pages):
    column = pages["portal.ColumnPage"]
    assert canonical(client.get(f"{column.url}?page=2&x=1").text).endswith(f"{column.url}?page=2")
    assert canonical(client.get(f"{column.url}?page=1").text).endswith(column.url)


def test_an_error_has_the_tags_of_its_site_alone(client, marks):
    assert set(metas(client.get("/nothing/").text)) == {"SiteName", "SiteDomain", "SiteIDCode"}
