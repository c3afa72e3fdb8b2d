"""The lists, the page of a case, the board: who sees what, every number links to what it counts."""

from __future__ import annotations

import csv
import io
from datetime import date
from urllib.parse import urlsplit

import openpyxl
import pytest
from selectolax.lexbor import LexborHTMLParser

from gongkai.bodies.models import Body, Kind, RoleHolding
from gongkai.foundation.access import Role
from gongkai.foundation.registries import rectification_sources
from gongkai.rectification.models import Case, State
from gongkai.rectification.services import collect, except_until, overrule, report_mended

pytestmark = pytest.mark.slow

LIST, MINE, BOARD = "/admin/rectification/", "/admin/rectification/mine/", "/admin/rectification/board/"


@pytest.fixture
def cases(world, county, people, at) -> dict[str, Case]:
    """One of every look: late, to mend, to check, excepted, closed; and one of another body."""
    for name in ("late", "mend", "check", "except", "closed"):
        world.breaks(f"/{name}", county.fgj, title=f"问题 {name}", days=2 if name == "late" else None)
    world.breaks("/other", county.czj, title="别的单位的问题")
    collect(None)
    found = {case.reference[1:]: case for case in Case.objects.all()}
    except_until(people.office, found["except"], date(2026, 7, 31), "网站迁移")
    overrule(people.office, found["closed"], True, "按规定下线")
    world.down = True
    report_mended(people.clerk, found["check"], "已恢复链接")
    world.down = False
    at("2026-06-18")
    return found


@pytest.fixture
def enter(client):
    """`enter(user)`: a browser in which the person has signed in."""

    def sign_in(user):
        client.force_login(user, backend="gongkai.foundation.accounts.backends.PasswordBackend")
        return client

    return sign_in


def listed(page) -> set[int]:
    """The ids of the cases that a page lists."""
    links = LexborHTMLParser(page.text).css("td.title a[href]")
    return {int(link.attributes["href"].rstrip("/").rsplit("/", 1)[1]) for link in links}


class TestWhoSeesWhat:
    def test_the_office_sees_all_and_a_clerk_the_own_body(self, cases, people, enter):
        assert len(listed(enter(people.office).get(LIST))) == 6
        mine = {case.pk for name, case in cases.items() if name != "other"}
        browser = enter(people.clerk)
        assert listed(browser.get(LIST)) == mine == listed(browser.get(MINE))
        assert browser.get(f"{LIST}{cases['other'].pk}/").status_code == 404
        assert browser.post(f"{LIST}{cases['other'].pk}/recheck/").status_code == 404

    def test_mine_is_what_one_is_clerk_of(self, cases, person, county, enter):
        both = person("both", (county.body, Role.AUDITOR), (county.czj, Role.CLERK))
        browser = enter(both)
        assert len(listed(browser.get(LIST))) == 6
        assert listed(browser.get(MINE)) == {cases["other"].pk}

    @pytest.mark.parametrize("address", [MINE, f"{MINE}results/"])
    def test_mine_is_for_clerks(self, cases, people, enter, address):
        assert enter(people.office).get(address).status_code == 403

    def test_not_for_the_public_nor_for_who_keeps_the_machine(self, cases, client, people, county, person, enter):
        assert client.get(LIST).status_code == 302
        browser = enter(person("root", (county.body, Role.SYSADMIN)))
        for address in (LIST, BOARD, f"{LIST}{cases['mend'].pk}/"):
            assert browser.get(address).status_code == 403

    def test_keeping_the_machine_running_opens_nothing_more(self, cases, people, county, enter):
        RoleHolding.objects.create(user=people.other_clerk, body=county.body, role=Role.SYSADMIN, since="2020-01-01")
        assert listed(enter(people.other_clerk).get(LIST)) == {cases["other"].pk}

    def test_another_county_sees_nothing(self, cases, person, enter):
        other = Body.objects.create(code="other", name="邻县人民政府", kind=Kind.COUNTY)
        browser = enter(person("stranger", (other, Role.OFFICE)))
        assert listed(browser.get(LIST)) == set()
        assert "问题 mend" not in browser.get(BOARD).text
        assert browser.get(f"{LIST}{cases['mend'].pk}/").status_code == 404


class TestList:
    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("overdue=yes", {"late"}),
            ("overdue=no&state=to-mend", {"mend", "other"}),
            ("state=to-check", {"check"}),
            ("state=excepted", {"except"}),
            ("state=closed", {"closed"}),
            ("open=yes", {"late", "mend", "check", "except", "other"}),
            ("open=no", {"closed"}),
            ("again=yes", set()),
            ("again=no&overdue=yes", {"late"}),
            ("source=test.links&q=mend", {"mend"}),
            ("q=别的单位", {"other"}),
            ("severity=serious", set()),
            ("found_at_from=2026-06-16", set()),
        ],
    )
    def test_filters(self, cases, people, enter, query, names):
        browser = enter(people.office)
        assert listed(browser.get(f"{LIST}results/?{query}")) == {cases[name].pk for name in names}

    def test_by_body(self, cases, people, county, enter):
        assert listed(enter(people.office).get(f"{LIST}?body={county.czj.pk}")) == {cases["other"].pk}

    @pytest.mark.parametrize(
        "query", ["body=x", "state=nonsense", "p=999", "p=x", "ordering=body__code", "found_at_from=x"]
    )
    def test_nonsense_in_the_address_is_no_error(self, cases, people, enter, query):
        assert enter(people.office).get(f"{LIST}?{query}").status_code == 200

    def test_every_number_above_counts_what_it_links_to(self, cases, people, enter):
        browser = enter(people.office)
        tiles = LexborHTMLParser(browser.get(LIST).text).css(".mend-numbers a")
        assert [int(tile.css_first("b").text()) for tile in tiles] == [1, 2, 1, 1, 1, 0]
        for tile in tiles:
            assert len(listed(browser.get(tile.attributes["href"]))) == int(tile.css_first("b").text())

    def test_most_pressing_first_and_closed_last(self, cases, people, enter):
        page = LexborHTMLParser(enter(people.office).get(LIST).text)
        order = [link.text(strip=True) for link in page.css("td.title a[href]")]
        assert order[0] == "问题 late" and order[-1] == "问题 closed" and order[-2] == "问题 except"

    def test_thirty_a_page_and_as_many_queries_for_many_rows(
        self, cases, world, people, county, enter, django_assert_max_num_queries
    ):
        for number in range(40):
            world.breaks(f"/n{number}", county.fgj, title=f"第{number}处")
        collect(None)
        browser = enter(people.office)
        assert len(listed(browser.get(f"{LIST}results/"))) == 30
        with django_assert_max_num_queries(16):
            browser.get(f"{LIST}results/")
        with django_assert_max_num_queries(16):
            browser.get(BOARD)

    def test_exports_as_filtered(self, cases, people, enter):
        browser = enter(people.office)
        answer = browser.get(f"{LIST}?export=xlsx&overdue=yes")
        rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
        assert [row[0] for row in rows] == ["问题", "问题 late"]
        row = dict(zip(rows[0], rows[1], strict=True))
        assert (row["状态"], row["来源"]) == ("已逾期", "网站链接")
        assert row["发现时间"].hour == 9, "in the county's time"

    def test_an_export_holds_no_formula(self, world, people, county, enter):
        world.breaks("/a", county.fgj, title="=HYPERLINK(1)")
        collect(None)
        answer = enter(people.office).get(f"{LIST}?export=csv")
        rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
        assert rows[1][0] == "'=HYPERLINK(1)"

    def test_an_empty_list_teaches(self, people, enter):
        assert "这里将列出需要整改的问题" in enter(people.office).get(LIST).text
        assert "没有符合条件" in enter(people.office).get(f"{LIST}?q=无").text

    def test_a_source_that_is_gone_is_listed_by_its_key(self, cases, people, enter):
        rectification_sources.unregister("test.links")
        browser = enter(people.office)
        assert "test.links" in browser.get(LIST).text
        assert browser.get(f"{LIST}{cases['mend'].pk}/").status_code == 200


class TestBulkUrging:
    def test_what_was_ticked_is_urged_and_the_rest_is_told(self, cases, people, enter):
        browser = enter(people.office)
        ids = [cases["mend"].pk, cases["late"].pk, cases["except"].pk]
        answer = browser.post(f"{LIST}urge/", {"id": ids, "note": "本周内", "next": f"{LIST}?open=yes"}, follow=True)
        assert answer.redirect_chain[0][0] == f"{LIST}?open=yes"
        assert "已催办 2 项" in answer.text and "未催办" in answer.text
        assert Case.objects.filter(urged_count=1).count() == 2

    def test_nothing_ticked_and_nonsense(self, cases, people, enter):
        browser = enter(people.office)
        for data in ({}, {"id": ["x", "9" * 30]}, {"id": "999999"}):
            assert "请先勾选" in browser.post(f"{LIST}urge/", data, follow=True).text

    def test_leads_nowhere_else(self, cases, people, enter):
        answer = enter(people.office).post(f"{LIST}urge/", {"next": "https://evil.example/"})
        assert urlsplit(answer.url).path == LIST

    def test_clerks_have_no_boxes_and_no_right(self, cases, people, enter):
        browser = enter(people.clerk)
        assert 'type="checkbox" name="id"' not in browser.get(LIST).text
        assert browser.post(f"{LIST}urge/", {"id": cases["mend"].pk}).status_code == 403


class TestCase:
    def act(self, browser, case, key, **data):
        return browser.post(
            f"{LIST}{case.pk}/{key}/", {f"{key}-{name}": text for name, text in data.items()}, follow=True
        )

    def test_says_what_the_check_saw_and_how_the_deadline_came_about(self, case, people, enter):
        browser = enter(people.clerk)
        assert "还没有复核" in browser.get(f"{LIST}{case.pk}/").text
        page = self.act(browser, case, "mended", note="已恢复链接").text
        for words in (
            "复核未通过：打开 /a：返回 404",
            "系统默认值",
            "到期日为2026年6月30日",
            "报告已整改",
            "已恢复链接",
        ):
            assert words in page

    def test_mended_and_closed(self, case, world, people, enter):
        world.mended("/a")
        assert "复核通过，已办结" in self.act(enter(people.clerk), case, "mended", note="已恢复链接").text

    def test_buttons_are_those_one_may_use(self, cases, people, enter):
        def offered(user, name):
            page = LexborHTMLParser(enter(user).get(f"{LIST}{cases[name].pk}/").text)
            return {form.attributes["id"].removeprefix("act-") for form in page.css("form.mend-form")}

        assert offered(people.clerk, "mend") == {"mended", "recheck"}
        assert offered(people.office, "mend") == {"recheck", "urge", "rule-mended", "except", "reassign"}
        assert offered(people.office, "except") == {"recheck", "rule-mended", "end-exception", "reassign"}
        assert offered(people.office, "closed") == {"rule-standing"}
        assert offered(people.leader, "mend") == set()

    def test_an_error_stands_beside_its_field_and_keeps_what_was_typed(self, case, people, enter):
        browser = enter(people.office)
        answer = browser.post(f"{LIST}{case.pk}/except/", {"except-until": "2026-06-01", "except-reason": "网站迁移"})
        assert answer.status_code == 422
        assert "截止日期须在今天以后" in answer.text and "网站迁移" in answer.text
        assert 'href="#id_except-until"' in answer.text
        answer = browser.post(f"{LIST}{case.pk}/except/", {"except-until": "不是日期", "except-reason": ""})
        assert answer.status_code == 422

    def test_a_button_that_is_not_offered_is_refused(self, case, people, enter):
        answer = enter(people.clerk).post(f"{LIST}{case.pk}/rule-mended/", {"rule-mended-reason": "没有问题"})
        assert answer.status_code == 422 and "没有权限" in answer.text
        case.refresh_from_db()
        assert case.state == State.TO_MEND

    def test_an_unknown_action_is_not_found(self, case, people, enter):
        assert enter(people.office).post(f"{LIST}{case.pk}/explode/").status_code == 404

    def test_every_action_of_the_office(self, case, people, county, enter):
        browser = enter(people.office)
        assert "已办理：催办" in self.act(browser, case, "urge", note="").text
        assert "今天已经催办过" in self.act(browser, case, "urge", note="").text
        assert "列为例外至 2026年7月31日" in self.act(browser, case, "except", until="2026-07-31", reason="迁移").text
        assert "已办理：提前结束例外" in self.act(browser, case, "end-exception", reason="迁移完成").text
        assert "清河县财政局" in self.act(browser, case, "reassign", body=county.czj.pk, reason="不归发改").text
        assert "复核未通过" in self.act(browser, case, "recheck").text
        assert "认定已整改" in self.act(browser, case, "rule-mended", reason="已核对").text
        page = self.act(browser, case, "rule-standing", reason="又坏了").text
        assert "认定未整改" in page and "清河县发展和改革局 → 清河县财政局" in page

    def test_recurrence_links_both_ways(self, case, world, county, people, enter):
        world.mended("/a")
        collect(None)
        world.breaks("/a", county.fgj)
        collect(None)
        again = Case.objects.exclude(pk=case.pk).get()
        browser = enter(people.office)
        page = browser.get(f"{LIST}{again.pk}/").text
        assert "第 2 次发现" in page and f"{LIST}{case.pk}/" in page
        assert f"{LIST}{again.pk}/" in browser.get(f"{LIST}{case.pk}/").text

    def test_what_a_source_took_from_elsewhere_is_no_script(self, world, county, people, enter):
        world.breaks("/a", county.fgj, title="<b>问题</b>", address="javascript:alert(1)")
        collect(None)
        page = enter(people.office).get(f"{LIST}{Case.objects.get().pk}/").text
        assert 'href="javascript' not in page and "<b>问题" not in page


class TestBoard:
    def test_numbers_link_to_lists_of_as_many(self, cases, people, enter):
        browser = enter(people.office)
        page = LexborHTMLParser(browser.get(BOARD).text)
        links = page.css("td.num a")
        assert len(links) > 8
        for link in links:
            assert len(listed(browser.get(link.attributes["href"]))) == int(link.text()), link.attributes["href"]

    def test_the_chart_says_its_finding_and_has_a_table_beside_it(self, cases, people, enter):
        page = LexborHTMLParser(enter(people.office).get(BOARD).text)
        assert page.css_first("figcaption").text() == "未办结整改事项：清河县发展和改革局逾期最多，1 项"
        assert page.css_first("svg title") and page.css_first("table caption")

    def test_a_failed_source_is_shown(self, cases, world, people, enter):
        world.down = True
        collect(None)
        page = enter(people.office).get(BOARD).text
        assert "失败" in page and "最近成功" in page and "13812345678" not in page

    def test_how_the_sources_fare_is_for_the_county(self, cases, people, enter):
        assert "问题来源" in enter(people.office).get(BOARD).text
        assert "问题来源" not in enter(people.clerk).get(BOARD).text

    def test_empty_it_teaches(self, people, enter):
        page = enter(people.office).get(BOARD).text
        assert "还没有整改事项" in page
        assert "丢失的包裹" in page and "尚未采集" in page


def test_home_counts_what_is_to_be_mended(cases, people, enter):
    page = enter(people.clerk).get("/admin/").text
    assert "项问题待整改" in page and f"{MINE}?state=to-mend" in page
    page = enter(people.office).get("/admin/").text
    assert f"{LIST}?overdue=yes" in page and f"{LIST}?state=to-check" in page


@pytest.mark.parametrize(("who", "mine"), [("clerk", True), ("office", False), ("leader", False)])
def test_menus(people, enter, who, mine):
    menu = LexborHTMLParser(enter(getattr(people, who)).get("/admin/").text).css_first("#wagtail-sidebar-props").text()
    assert LIST in menu and (MINE in menu) is mine
