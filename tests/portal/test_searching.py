"""站内检索: two characters are found, phrases exactly, and nothing that is not public."""

from __future__ import annotations

from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.portal import writing
from tests.portal.writing import ensure_portal
from tests.review.passing import holder
from wagtail.models import Page
from wagtail.search import index

from gongkai.foundation.access import Role
from gongkai.portal.marking import marked
from gongkai.portal.models import ArticlePage
from gongkai.portal.searching import Question, find
from gongkai.review.models import Release, State
from gongkai.review.services import withdraw

pytestmark = pytest.mark.usefixtures("search_index")


def indexed(*pages):
    """The worker's part: what a save put into the queue."""
    for page in pages:
        index.insert_or_update_object(type(page).objects.get(pk=page.pk))


@pytest.fixture
def column(county):
    ensure_portal()
    indexed(*[page.specific for page in Page.objects.filter(depth__gt=1)])
    return writing.through_the_gate(writing.column(writing.section(county.fgj)))


@pytest.fixture
def articles(column):
    made = {
        "water": ("农村饮水安全", "<p>水源水质监测<a href='https://x.example/'>结果</a>：达鸾。</p>", date(2025, 3, 1)),
        "project": ("重点项目进展", "<p>二〇二六年重点建设项目 GB3095 按计划推进。</p>", date(2026, 1, 5)),
        "other": ("教育资助公示", "<p>其中提到重点项目四个字。</p>", date(2026, 5, 5)),
    }
    written = {
        name: writing.through_the_gate(writing.article(column, title, body=body, published_on=day))
        for name, (title, body, day) in made.items()
    }
    indexed(column, *written.values())
    return written


def titles(client, query: str) -> list[str]:
    answer = client.get(f"/search/?{query}")
    assert answer.status_code == 200
    return [link.text() for link in LexborHTMLParser(answer.text).css("main .entries a")]


class TestFinding:
    @pytest.mark.parametrize(
        ("q", "found"),
        [
            ("饮水", ["农村饮水安全"]),  # two characters, in a title
            ("水质", ["农村饮水安全"]),  # two characters, in a text
            ("重点项目", ["重点项目进展", "教育资助公示"]),  # in the title first, whatever is newer
            ("重点 建设", ["重点项目进展"]),  # both words, anywhere
            ("项目重点", []),  # a phrase is exact
            ("gb3095", ["重点项目进展"]),
            ("ＧＢ３０９５", ["重点项目进展"]),
            ("鸾", ["农村饮水安全"]),  # a single character, the last of its stretch
            ("没有的词", []),
            ("，。", []),
            ("", []),
        ],
    )
    def test_by_words(self, client, articles, q, found):
        assert titles(client, f"q={q}") == found

    def test_by_body_kind_and_year(self, client, articles, county):
        assert (
            titles(client, "q=重点&body=qinghe.fgj&kind=portal.article&year=2026")
            == ["教育资助公示", "重点项目进展"][::-1]
        )
        assert titles(client, "q=重点&year=2025") == []
        assert titles(client, "q=重点&body=qinghe.czj") == []
        assert titles(client, "q=重点&kind=portal.column") == []
        assert titles(client, "q=重点&kind=nothing") == titles(client, "q=重点&body=nobody") == []

    def test_a_body_is_found_by_its_name(self, client, articles):
        assert "清河县财政局" in titles(client, "q=财政局")

    def test_what_was_typed_stays_and_nothing_of_it_is_markup(self, client, articles):
        page = client.get("/search/", {"q": '<b>"重点'}).text
        assert LexborHTMLParser(page).css_first("#search-q").attributes["value"] == '<b>"重点'
        assert "<b>" not in page

    def test_addresses_behind_links_are_not_read(self, client, articles):
        assert titles(client, "q=example") == []
        assert titles(client, "q=监测结果：达鸾") == ["农村饮水安全"]

    def test_where_it_stands_is_marked(self, client, articles):
        page = LexborHTMLParser(client.get("/search/?q=重点").text)
        assert {mark.text() for mark in page.css("main mark")} == {"重点"}

    def test_empty_states_say_what_to_do(self, client, articles):
        assert "换用更短的词" in client.get("/search/?q=没有的词").text
        assert "标点符号不能检索" in client.get("/search/?q=，").text


class TestOnlyWhatIsPublic:
    def test_drafts_are_not_found(self, client, articles, column):
        draft = writing.article(column, "重点项目草稿", body="<p>没有公开的文字</p>")
        indexed(draft)
        assert "重点项目草稿" not in titles(client, "q=重点项目")
        assert titles(client, "q=没有公开") == []
        assert ArticlePage.objects.get(pk=draft.pk).public_text == ""

    def test_what_is_written_after_signing_is_not_in_the_index(self, client, articles):
        writing.change(articles["water"], body="<p>后来的修改稿</p>")
        indexed(articles["water"])
        assert titles(client, "q=修改稿") == []
        assert titles(client, "q=水质") == ["农村饮水安全"]

    def test_what_was_withdrawn_goes_at_once(self, client, articles, county):
        release = Release.objects.get(object_id=articles["water"].pk, kind="portal.article", state=State.APPROVED)
        withdraw(holder(county.fgj, Role.LEADER), release, "数据有误", "更正后重新公布。")
        assert titles(client, "q=水质") == []  # the index is older than that

    def test_what_was_changed_behind_the_gate_is_not_shown(self, client, articles):
        ArticlePage.objects.filter(pk=articles["water"].pk).update(summary="改过")
        assert titles(client, "q=水质") == []

    def test_nothing_below_a_closed_column(self, client, articles, column, county):
        release = Release.objects.get(object_id=column.pk, kind="portal.column", state=State.APPROVED)
        withdraw(holder(county.fgj, Role.LEADER), release, "数据有误", "更正后重新公布。")
        assert titles(client, "q=重点") == []


class TestInterface:
    def test_answers_as_described(self, client, articles):
        answer = client.get("/api/v1/search?q=水质").json()
        assert (answer["total"], answer["page"], len(answer["results"])) == (1, 1, 1)
        result = answer["results"][0]
        assert set(result) >= {"id", "url", "title", "doc_no", "validity", "highlights"}
        assert result["title"] == "农村饮水安全" and result["url"].startswith("http")
        assert any("<mark>水质</mark>" in piece for piece in result["highlights"])

    def test_without_words(self, client, articles):
        assert client.get("/api/v1/search").status_code == 400


def test_costs_the_same_for_thirty(client, articles, django_assert_max_num_queries):
    with django_assert_max_num_queries(28):
        client.get("/search/?q=重点")


def test_the_back_office_finds_drafts_by_title(articles, column):
    draft = writing.article(column, "还没有公开的预算草案")
    indexed(draft)
    assert list(ArticlePage.objects.all().search("预算").get_queryset()) == [draft]
    assert list(Page.objects.autocomplete("预算草").get_queryset().values_list("pk", flat=True)) == [draft.pk]
    assert not ArticlePage.objects.all().search("！！").get_queryset().exists()


def test_further_pages(client, articles, monkeypatch):
    from gongkai.portal import searching

    monkeypatch.setattr(searching, "ROWS", 1)
    assert titles(client, "q=重点项目&page=2") == ["教育资助公示"]
    assert find(Page.objects.get(depth=2).specific, Question("重点项目")).count() == 2


@pytest.mark.parametrize(
    ("text", "words", "around", "shown"),
    [
        ("重点项目", ["项目"], None, "重点<mark>项目</mark>"),
        ("ＧＢ 3095", ["gb"], None, "<mark>ＧＢ</mark> 3095"),
        ("一…二三", ["二三"], None, "一…<mark>二三</mark>"),  # … is three points in normal form
        ("<b>甲乙</b>", ["甲乙"], None, "&lt;b&gt;<mark>甲乙</mark>&lt;/b&gt;"),
        ("零一二三四五六七八九", ["四五"], 2, "…二三<mark>四五</mark>六七…"),
        ("零一二三", ["九"], 2, "零一…"),
    ],
)
def test_marking(text, words, around, shown):
    assert marked(text, words, around) == shown
