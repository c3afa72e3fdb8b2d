"""政府信息公开平台: five fixed blocks for the county and each body, the points of Articles 20 and 21 as columns."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from tests.portal import writing
from tests.portal.writing import ensure_portal
from tests.review.passing import holder
from wagtail.models import Page

from gongkai.bodies.models import Body, Kind
from gongkai.core import platform
from gongkai.foundation.access import Role
from gongkai.foundation.registries import PublicBlock, public_blocks
from gongkai.portal.furnishing import follow_table
from gongkai.portal.models import ArticlePage, BlockPage, ColumnPage, GuidePage, SectionPage
from gongkai.review import gate
from gongkai.review.choke import NotOpen, is_public
from gongkai.review.models import Attribute, Release, State
from gongkai.review.services import hold, request, withdraw


@pytest.fixture
def section(county) -> SectionPage:
    ensure_portal()
    return writing.section(county.fgj)


def block(section: SectionPage, kind: str) -> BlockPage:
    return BlockPage.objects.child_of(section).get(kind=kind)


def point(section: SectionPage, key: str = "a20-7") -> ColumnPage:
    return ColumnPage.objects.descendant_of(section).get(point=key)


def text(page: Page) -> str:
    answer = Client().get(page.url)
    assert answer.status_code == 200, page.url
    return answer.text


class TestWays:
    """Where the reader is, and the way from there to what stands beside it."""

    def test_from_each_block_to_each(self, section):
        blocks = list(BlockPage.objects.child_of(section).order_by("path"))
        page = LexborHTMLParser(text(blocks[3]))
        ways = page.css("aside.beside nav a")
        assert [way.attributes["href"] for way in ways] == [one.url for one in blocks]
        assert [way.text() for way in page.css("aside.beside [aria-current]")] == [blocks[3].block.title]

    def test_from_a_column_to_the_blocks_of_its_body(self, section):
        column = writing.through_the_gate(writing.column(section))
        beside = LexborHTMLParser(text(column)).css_first("aside.beside")
        assert beside.css_first("h2").text() == section.body.name and len(beside.css("li")) == 5

    def test_the_navigation_tells_where_one_is(self, section):
        here = [one for one in ("/", "/ledger/", "/records/") if 'aria-current="page">' in ways_of(one)]
        assert here == ["/", "/ledger/", "/records/"]
        assert "aria-current" not in ways_of(section.url)

    def test_the_front_page_says_whose_each_news_is(self, section):
        column = writing.through_the_gate(writing.column(section))
        article = writing.through_the_gate(writing.article(column))
        row = LexborHTMLParser(Client().get("/").text).css_first(".of-day > li")
        assert article.title in row.html and "县发展和改革局" in row.css_first(".day").text()
        assert "县发展和改革局" not in LexborHTMLParser(text(column)).css_first(".of-day .day").text()


def ways_of(address: str) -> str:
    return LexborHTMLParser(Client().get(address).text).css_first(".ways").html


class TestBlocks:
    def test_of_the_county_and_of_each_body_in_the_fixed_order(self, section, county):
        for body in (county.body, county.fgj, county.czj):
            blocks = BlockPage.objects.child_of(writing.section(body)).order_by("path")
            assert [one.kind for one in blocks] == [one.key for one in platform.blocks()]
            page = text(writing.section(body))
            listed = page[page.index('class="fixed"') :]
            places = [listed.index(f">{one.title}<") for one in platform.blocks()]
            assert places == sorted(places)

    def test_each_has_its_page(self, section):
        for one in BlockPage.objects.child_of(section):
            page = text(one)
            assert f"<h1>{one.block.title}</h1>" in page
            assert f"{one.block.intro}（{one.block.basis}）" in page

    def test_their_names_are_the_tables_whatever_their_rows_say(self, section):
        Page.objects.filter(pk=block(section, "guide").pk).update(title="另一个名字")
        page = text(block(section, "guide"))
        assert "政府信息公开指南" in page and "另一个名字" not in page

    def test_nobody_edits_moves_or_deletes_one(self, section, person):
        root = person("root", is_superuser=True)
        may = block(section, "rules").permissions_for_user(root)
        assert not (may.can_delete() or may.can_move() or may.can_unpublish() or may.can_publish())
        assert BlockPage.is_creatable is False

    def test_each_holds_its_own_kinds_of_pages(self, section):
        allowed = {
            kind: {
                model.__name__
                for model in (ArticlePage, ColumnPage, GuidePage)
                if model.can_create_at(block(section, kind))
            }
            for kind in ("guide", "rules", "statutory", "annual", "application")
        }
        assert allowed == {
            "guide": {"GuidePage"},
            "rules": {"ArticlePage", "ColumnPage"},
            "statutory": {"ColumnPage"},
            "annual": {"ArticlePage"},
            "application": set(),
        }

    def test_the_annual_block_lists_the_reports(self, section):
        report = writing.article(block(section, "annual"), "清河县发展和改革局2025年度报告")
        assert report.title not in text(block(section, "annual"))
        writing.through_the_gate(report)
        assert report.title in text(block(section, "annual"))
        assert report.title in text(section)
        assert "政府信息公开年报</a>" in text(ArticlePage.objects.get(pk=report.pk))

    def test_a_room_hangs_its_form_into_the_application_block(self, section):
        entry = PublicBlock("test.apply", "在线申请", lambda: "/apply/", place="application")
        public_blocks.register(entry)
        try:
            assert 'href="/apply/"' in text(block(section, "application"))
            assert "在线申请" not in Client().get("/").text
        finally:
            public_blocks.unregister("test.apply")

    def test_a_section_with_a_column_of_that_address_gets_its_block_beside_it(self, county):
        ensure_portal()
        section = writing.section(county.fgj)
        BlockPage.objects.child_of(section).filter(kind="guide").first().delete()
        writing.column(SectionPage.objects.get(pk=section.pk), slug="zhinan")
        assert ensure_portal() == 1
        assert block(section, "guide").slug == "zhinan-gk"


class TestGuide:
    def guide(self, section, **fields) -> GuidePage:
        page = GuidePage(title="清河县发展和改革局政府信息公开指南", slug="zhinan", **fields)
        block(section, "guide").add_child(instance=page)
        page.save_revision()
        return GuidePage.objects.get(pk=page.pk)

    def test_what_is_missing_is_named(self, section):
        assert "传真号码" in text(block(section, "guide"))
        page = writing.through_the_gate(self.guide(section, telephone="0000-6600003", office_name="办公室"))
        assert page.missing()[0] == "政府信息的分类" and len(page.missing()) == 7
        shown = text(block(section, "guide"))
        assert "0000-6600003" in shown and shown.count("暂未提供") == 7

    def test_passes_the_gate_like_everything_a_body_writes(self, section):
        page = self.guide(section, telephone="0000-6600003")
        assert "0000-6600003" not in text(block(section, "guide"))
        page = writing.through_the_gate(page)
        page.telephone = "0000-6600004"
        with pytest.raises(NotOpen):
            page.save()

    def test_there_is_one(self, section):
        self.guide(section)
        assert not GuidePage.can_create_at(block(section, "guide"))


class TestPoints:
    def test_each_body_has_those_that_are_addressed_to_it(self, county):
        town = Body.objects.create(code="qinghe.ll", name="柳林镇人民政府", kind=Kind.TOWNSHIP, parent=county.body)
        ensure_portal()
        for body in (county.fgj, town):
            columns = ColumnPage.objects.descendant_of(writing.section(body)).order_by("path")
            assert [one.point for one in columns] == [one.key for one in platform.points_for(body.kind)]

    def test_twice_makes_none_twice_and_the_tree_stays_sound(self, section):
        assert ensure_portal() == 0
        assert [list(problems) for problems in Page.find_problems()] == [[], [], [], [], []]

    def test_as_made_it_is_public_without_a_signature(self, section):
        column = point(section)
        assert is_public(column) and gate.is_open("portal.column", column)
        assert column.title in text(column)
        assert not Release.objects.exists()

    @pytest.mark.parametrize("change", [{"title": "别的名称"}, {"summary": "别的说明"}, {"keywords": "别的词"}])
    def test_with_words_of_somebody_else_it_is_not(self, section, change):
        column = point(section)
        for name, value in change.items():
            setattr(column, name, value)
        with pytest.raises(NotOpen):
            column.save()
        if "title" in change:
            Page.objects.filter(pk=column.pk).update(**change)
        else:
            ColumnPage.objects.filter(pk=column.pk).update(**change)
        assert Client().get(column.url).status_code == 404
        assert gate.open_records("portal.column", ColumnPage.objects.filter(pk=column.pk)) == []

    def test_edited_words_pass_the_gate(self, section):
        column = writing.through_the_gate(writing.change(point(section), summary="本局的预算、决算和绩效"))
        assert "本局的预算、决算和绩效" in text(column)

    def test_once_signed_it_is_judged_by_its_signature(self, section, county):
        """Put forward as it is, signed and then held: the words of the table do not open it again."""
        column = writing.through_the_gate(point(section))
        release = Release.objects.get(kind="portal.column", object_id=column.pk, state=State.APPROVED)
        hold(holder(county.fgj, Role.LEADER), release, "核实")
        assert not is_public(ColumnPage.objects.get(pk=column.pk))
        assert gate.open_records("portal.column", ColumnPage.objects.filter(pk=column.pk)) == []

    def test_once_withdrawn_its_words_do_not_open_it_again(self, section, county):
        column = writing.through_the_gate(point(section))
        release = Release.objects.get(kind="portal.column", object_id=column.pk, state=State.APPROVED)
        withdraw(holder(county.fgj, Role.LEADER), release, "内容有误")
        ColumnPage.objects.filter(pk=column.pk).update(live=True)
        column = ColumnPage.objects.get(pk=column.pk)
        assert column.is_as_made and not gate.is_open("portal.column", column)
        assert gate.open_records("portal.column", ColumnPage.objects.filter(pk=column.pk)) == []

    def test_a_column_of_no_point_is_never_wordless(self, section):
        column = writing.column(section, "自设栏目")
        assert not column.is_as_made
        ColumnPage.objects.filter(pk=column.pk).update(point="no-such-point")
        assert not ColumnPage.objects.get(pk=column.pk).is_as_made

    def test_the_block_links_what_holds_something_and_names_the_rest(self, section):
        shown = text(block(section, "statutory"))
        assert f'href="{point(section).url}"' not in shown and "财政预算决算" in shown
        writing.through_the_gate(writing.article(point(section), "2026年部门预算"))
        shown = text(block(section, "statutory"))
        assert f'href="{point(section).url}"' in shown

    def test_the_words_of_the_table_reach_those_that_nobody_edited(self, section):
        Page.objects.filter(pk=point(section).pk).update(title="旧名称")
        edited = point(section, "a20-8")
        writing.change(edited, title="本局收费")
        assert follow_table() == 1
        assert point(section).title == "财政预算决算" and is_public(point(section))


class TestTags:
    def test_are_signed_with_the_column(self, section):
        column = writing.column(section, column_type="通知公告", keywords="通知,公告")
        release = request(holder(section.body, Role.CLERK), "portal.column", column.pk)
        assert release.attribute == Attribute.PROACTIVE
        page = writing.through_the_gate(writing.column(section, "公告", column_type="通知公告"))
        page.column_type = "政策文件"
        with pytest.raises(NotOpen):
            page.save()

    def test_the_description_is_never_empty(self, section):
        assert "通知公告" in writing.column(section).description
        assert writing.column(section, summary="本局通知").description == "本局通知"


def test_a_page_of_a_block_costs_a_bounded_number_of_queries(section, client, django_assert_max_num_queries):
    for one in BlockPage.objects.child_of(section):
        client.get(one.url)
        with django_assert_max_num_queries(15):
            client.get(one.url)


def test_the_years_last_report_stands_first(section):
    for year in (2024, 2025):
        report = writing.article(block(section, "annual"), f"{year}年度报告", published_on=date(year + 1, 1, 20))
        writing.through_the_gate(report)
    shown = text(block(section, "annual"))
    assert shown.index("2025年度报告") < shown.index("2024年度报告")


def test_the_front_page_costs_fifteen_queries_at_most(section, client, django_assert_max_num_queries):
    for number in range(3):
        writing.through_the_gate(writing.article(point(section), f"第{number}号预算"))
    writing.through_the_gate(writing.article(writing.through_the_gate(writing.column(section)), "一则通知"))
    client.get("/")
    with django_assert_max_num_queries(15):
        page = client.get("/").text
    assert "第2号预算" in page and "一则通知" in page


def test_an_article_of_a_closed_column_is_not_among_the_newest(section, client):
    column = writing.through_the_gate(writing.column(section))
    writing.through_the_gate(writing.article(column, "一则通知"))
    assert "一则通知" in client.get("/").text
    ColumnPage.objects.filter(pk=column.pk).update(summary="改过")
    assert "一则通知" not in client.get("/").text
