"""Conditions live in the URL, are shown as chips, and go into the file that is exported."""

from io import BytesIO

import pytest
from django.http import QueryDict
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser
from tests.ledger import builders

from gongkai.bodies.models import Body, Kind
from gongkai.ledger.models import Role, State
from gongkai.ledger.selectors import Filters
from gongkai.ledger.views.filtering import chips

EVERYTHING = (
    "state=submitted&state=returned&kind=department&role=lead&overdue=1&evidence=0&missed=1"
    "&due_from=2023-01-01&due_to=2023-12-31&q=预算&handler=7"
)


def test_the_form_sends_what_it_shows(scale, enter):
    plan, client = scale.plans[0], enter(scale.office)
    group, item, body = plan.groups.first(), plan.items.first(), scale.bodies[3]
    asked = f"{EVERYTHING}&group={group.pk}&item={item.pk}&body={body.pk}&task={item.task_id}"
    for screen in ("", "items/", "bodies/", "timeline/", "tasks/"):
        page = LexborHTMLParser(client.get(f"/admin/ledger/{screen}?plan={plan.pk}&{asked}").text)
        form = page.css_first(".ledger-filters__form")
        sent = QueryDict(mutable=True)
        for field in form.css("input"):
            if field.attributes.get("type") not in ("checkbox",) or "checked" in field.attributes:
                sent.appendlist(field.attributes["name"], field.attributes.get("value") or "")
        for field in form.css("select"):
            chosen = field.css_first("option[selected]")
            sent.appendlist(field.attributes["name"], chosen.attributes["value"] if chosen else "")
        assert Filters.parse(sent) == Filters.parse(QueryDict(asked)), screen
        assert sent["plan"] == str(plan.pk)


def test_each_chip_lifts_its_own_condition(scale):
    plan = scale.plans[0]
    filters = Filters.parse(QueryDict(f"{EVERYTHING}&item={plan.items.first().pk}&body={scale.bodies[0].pk}"))
    found = chips(filters, plan, Body.objects.all())
    assert [word for word, _rest in found] == [
        "“预算”",
        "待审核",
        "已退回",
        str(Kind.DEPARTMENT.label),
        "牵头",
        "scale县第1责任单位",
        "事项（1）",
        "已逾期",
        "无佐证材料",
        "进展漏报",
        "2023-01-01～2023-12-31",
        "指定的承办人",
    ]
    left = [Filters.parse(QueryDict(rest)) for _word, rest in found]
    assert len(set(left)) == len(found) and filters not in left
    assert left[1] == filters.but(state=("returned",)) and left[-1] == filters.but(handler=None)


def test_no_chips_without_conditions(scale):
    assert chips(Filters(), scale.plans[0], Body.objects.all()) == []


def test_chips_name_nothing_out_of_reach(scale, county):
    foreign = builders.make_item(builders.make_plan(county.root, 2022), "77")
    filters = Filters(item=(foreign.pk,), body=(county.czj.pk,))
    words = [word for word, _rest in chips(filters, scale.plans[0], Body.objects.filter(county=scale.county))]
    assert words == [str(county.czj.pk), str(foreign.pk)]


def test_only_bodies_within_reach_are_offered(scale, county, enter):
    page = enter(scale.office).get("/admin/ledger/")
    assert [pk for pk, _name in page.context["offered"]] == [body.pk for body in scale.bodies]
    assert enter(scale.clerk).get("/admin/ledger/").context["offered"] == []


def test_nothing_found_says_so_and_offers_to_clear(scale, enter):
    for screen in ("", "items/", "bodies/", "timeline/", "tasks/", "mine/"):
        page = enter(scale.clerk).get(f"/admin/ledger/{screen}?q=没有这样的事项")
        assert "没有符合条件的任务" in page.text and "清除条件" in page.text, screen


def test_empty_screens_teach(county, plan, enter):
    for screen in ("", "items/", "bodies/", "timeline/", "tasks/"):
        assert "通知由政务公开办导入后" in enter(county.office).get(f"/admin/ledger/{screen}").text
    assert "目前没有分给您所在单位的任务" in enter(county.clerk).get("/admin/ledger/mine/").text


@pytest.mark.parametrize("bad", ["state=nonsense", "body=x", "due_from=tomorrow", "overdue=2", "item=" + "9" * 40])
def test_what_cannot_be_read_is_left_out(bad, scale, enter):
    page = enter(scale.office).get(f"/admin/ledger/tasks/?{bad}")
    assert page.status_code == 200 and page.context["page"].paginator.count == 120


def cells(answer):
    sheet = load_workbook(BytesIO(answer.content)).active
    return "\n".join(str(value) for row in sheet.iter_rows(values_only=True) for value in row if value)


def test_the_file_holds_what_is_shown(plan, county, enter):
    for number, body in ((1, county.czj), (2, county.jyj)):
        builders.assign(builders.make_item(plan, str(number), f"公开第{number}类信息"), body, State.SUBMITTED)
    client = enter(county.office)
    page = LexborHTMLParser(client.get(f"/admin/ledger/tasks/?body={county.czj.pk}").text)
    link = next(a.attributes["href"] for a in page.css("a") if "导出 Excel" in a.text())
    text = cells(client.get(link))
    assert "公开第1类信息" in text and county.jyj.name not in text
    whole = cells(client.get(f"/admin/ledger/export/{plan.pk}/?kind=xlsx"))
    assert "公开第2类信息" in whole


def test_a_clerk_exports_only_the_own_body(item, task, county, enter):
    builders.assign(item, county.jyj)
    text = cells(enter(county.clerk).get(f"/admin/ledger/export/{item.plan_id}/"))
    assert county.jyj.name not in text.replace(item.assignees_text or "-", "")


@pytest.mark.parametrize(("kind", "status"), [("docx", 200), ("xlsx", 200), ("pdf", 404), ("", 404)])
def test_kinds_of_files(kind, status, task, county, enter):
    answer = enter(county.office).get(f"/admin/ledger/export/{task.plan_id}/", {"kind": kind})
    assert answer.status_code == status
    if status == 200:
        assert answer.content[:2] == b"PK" and f"20230515.{kind}" in answer.headers["Content-Disposition"]


def test_every_role_and_state_can_be_asked_for(scale, enter):
    page = LexborHTMLParser(enter(scale.office).get("/admin/ledger/tasks/").text)
    offered = {box.attributes["value"] for box in page.css('.ledger-filters__form input[type="checkbox"]')}
    assert {*State.values, *Role.values} <= offered
