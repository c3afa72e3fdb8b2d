"""The first screen: what must I do now, then how do we stand; in the product's own dress."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.ledger import builders

from gongkai.foundation.access import BODY_ROLES, COUNTY_ROLES, Role, rights_of
from gongkai.ledger.models import State
from gongkai.ledger.selectors import home_figures
from gongkai.office.home import _this_week, charts, current_plan, to_do

EVERYBODY = [*(("czj", role) for role in sorted(BODY_ROLES)), *(("qs", role) for role in sorted(COUNTY_ROLES))]


def tiles(user):
    return {row.words: row.number for row in to_do(rights_of(user))}


@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: str(who[1]))
def test_everybody_who_works_here_gets_in(who, county, task, enter):
    page = enter(county.people[who]).get("/admin/")
    assert page.status_code == 200 and "现在要做" in page.text
    assert ("年度总体情况" in page.text) == (who[1] != Role.SYSADMIN)


def test_what_waits_for_a_clerk(county, plan):
    for number, state in enumerate(State.values, start=1):
        builders.assign(builders.make_item(plan, str(number)), county.czj, state)
    late = builders.make_item(plan, "9", due="2023-03-31")
    builders.assign(late, county.czj, State.IN_PROGRESS)
    assert tiles(county.clerk) == {
        "项任务已逾期": 1,
        "项任务被退回，需修改": 1,
        "项任务待签收": 1,
        "项任务推进中": 2,
    }


def test_what_waits_for_the_office(county, plan):
    builders.assign(builders.make_item(plan, "1"), county.czj, State.SUBMITTED)
    builders.assign(builders.make_item(plan, "2", due="2023-03-31"), county.jyj)
    assert tiles(county.office) == {"项任务待审核": 1, "项任务已逾期，可催办": 1}


def test_only_who_writes_is_shown_where_to_begin(county, plan, enter):
    way = 'href="/admin/portal/write/"'
    assert way in main(enter(county.clerk).get("/admin/").text)
    assert way not in main(enter(county.office).get("/admin/").text)


def main(page: str) -> str:
    return LexborHTMLParser(page).css_first("main").html or ""


def test_nothing_to_do_says_so(county, plan, enter):
    assert tiles(county.clerk) == {}
    assert "目前没有等待办理的事项" in enter(county.clerk).get("/admin/").text


def test_an_office_without_a_ledger_is_told_how_to_begin(county, enter):
    page = enter(county.office).get("/admin/")
    assert "还没有台账" in page.text and "/admin/ledger/import/" in page.text


def test_the_number_stands_once_on_a_tile(county, task, enter):
    page = LexborHTMLParser(enter(county.clerk).get("/admin/").text)
    tile = page.css_first(".ledger-numbers a")
    assert re.findall(r"\d+", tile.text()) == ["1"]


def test_the_plan_of_this_year_goes_first(county, at):
    builders.make_plan(county.root, 2022)
    this = builders.make_plan(county.root, 2023)
    builders.make_plan(county.root, 2024)
    assert current_plan(rights_of(county.clerk)) == this
    at("2026-02-01")
    assert current_plan(rights_of(county.clerk)).year == 2024


def test_every_chart_has_a_table_beside_it(scale, enter):
    page = LexborHTMLParser(enter(scale.office).get("/admin/").text)
    figures = page.css(".office-charts figure")
    assert len(figures) == 3
    for figure in figures:
        assert figure.css_first("svg title") and figure.css_first("table caption") and figure.css_first("figcaption")
        assert not figure.css("svg a"), "an image with links in it cannot be read aloud"


def test_the_title_of_a_chart_says_what_it_shows(county, plan):
    item, other = builders.make_item(plan, "1"), builders.make_item(plan, "2", due="2023-03-31")
    builders.assign(item, county.czj)
    builders.assign(other, county.jyj)
    assert charts(home_figures(plan))["body_title"] == "办结率靠后的单位：均未办结"
    builders.assign(other, county.czj, State.ACCEPTED)
    drawn = charts(home_figures(plan))
    assert drawn["body_title"] == f"办结率靠后的单位：{county.jyj.label}最低，0%"
    assert "0/1 0%，逾期 1" in drawn["body_chart"] and "1/2 50%<" in drawn["body_chart"]
    assert drawn["trend_title"].startswith("本周办结 ")


@pytest.mark.parametrize(
    ("closed", "words"),
    [
        ([0, 3, 5], "本周办结 5 项，比上周多 2 项"),
        ([5, 3], "本周办结 3 项，比上周少 2 项"),
        ([0, 0], "本周办结 0 项，与上周持平"),
    ],
)
def test_this_week_against_the_last(closed, words):
    assert _this_week(closed) == words


def test_own_mark_and_no_foreign_help(county, task, enter):
    html = enter(county.office).get("/admin/").text
    assert "office-mark" in html and "<title>首页 - 政务公开</title>" in " ".join(html.split())
    for foreign in ("Wagtail ", "wagtail.org", "Search all pages", "editor guide"):
        assert foreign not in html, foreign


def test_an_address_that_leads_nowhere_says_so_in_our_words(county, enter):
    answer = enter(county.office).get("/admin/ledger/assignments/999999/")
    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.text and "office-mark" in answer.text
    assert "Wagtail" not in LexborHTMLParser(answer.text).css_first("main").text()


def test_sign_in_page(client, db):
    html = client.get("/admin/login/").text
    assert "登录政务公开后台" in html and "密码" in html
    assert "Wagtail<" not in html and "Password" not in html


@pytest.mark.parametrize(
    ("who", "seen", "unseen"),
    [
        (("qs", Role.OFFICE), {"工作台账", "导入通知"}, {"我的任务"}),
        (("czj", Role.CLERK), {"我的任务", "工作台账"}, {"导入通知"}),
        (("qs", Role.AUDITOR), {"工作台账"}, {"我的任务", "导入通知"}),
        (("qs", Role.SYSADMIN), {"通知中心"}, {"我的任务", "工作台账", "导入通知"}),
    ],
    ids=lambda value: str(value[1]) if isinstance(value, tuple) else "",
)
def test_menus(who, seen, unseen, county, task, enter):
    page = LexborHTMLParser(enter(county.people[who]).get("/admin/").text)
    menu = page.css_first("#wagtail-sidebar-props").text()
    shown = {word for word in seen | unseen if word in menu or word.encode("unicode_escape").decode() in menu}
    assert shown == seen


def test_what_waits_for_the_secrecy_administration(county, plan):
    """The notice demands one special inspection a year, so a year without one is on its first screen."""
    assert tiles(county.people["qs", Role.SECRECY_ADMIN]) == {"个县本年度还没有完成专项检查": 1}
