"""Who sees which screen of daily work, and what a person does not see on it."""

import pytest
from tests.ledger import builders

from gongkai.foundation.access import BODY_ROLES, COUNTY_ROLES, STAFF, Role
from gongkai.ledger.models import State

SCREENS = ("", "tasks/", "items/", "bodies/", "timeline/")
ALL_ROLES = [*(("czj", role) for role in sorted(BODY_ROLES)), *(("qs", role) for role in sorted(COUNTY_ROLES))]


@pytest.mark.parametrize("who", ALL_ROLES, ids=lambda who: str(who[1]))
def test_each_screen_for_each_role(who, county, task, enter):
    client = enter(county.people[who])
    expected = 200 if who[1] in STAFF else 403
    for screen in SCREENS:
        assert client.get(f"/admin/ledger/{screen}").status_code == expected, screen
    for address in (f"items/{task.item_id}/", f"assignments/{task.pk}/", f"export/{task.plan_id}/"):
        assert client.get(f"/admin/ledger/{address}").status_code == expected, address
    assert client.get("/admin/ledger/mine/").status_code == (200 if who[1] in BODY_ROLES else 403)


@pytest.mark.parametrize("screen", [*SCREENS, "mine/"])
def test_strangers_are_asked_to_sign_in(screen, client, task):
    answer = client.get(f"/admin/ledger/{screen}")
    assert answer.status_code == 302 and answer.url.startswith("/admin/login/")


def test_the_system_administrator_reads_what_to_do(county, task, enter):
    page = enter(county.people["qs", Role.SYSADMIN]).get("/admin/ledger/")
    assert "您的角色没有打开此页面的权限" in page.text and "政务公开办" in page.text


def test_being_system_administrator_too_opens_no_more(county, item, task, enter):
    builders.assign(item, county.jyj)
    both = builders.person("both", (county.czj, Role.CLERK), (county.root, Role.SYSADMIN))
    page = enter(both).get("/admin/ledger/tasks/")
    assert [row.assignment.body for row in page.context["rows"]] == [county.czj]


def test_an_auditor_acts_on_nothing(county, task, enter):
    builders.evidence_for(task, county.clerk)
    client = enter(county.people["qs", Role.AUDITOR])
    for address in (f"assignments/{task.pk}/", f"items/{task.item_id}/"):
        page = client.get(f"/admin/ledger/{address}")
        assert 'method="post"' not in page.text, address
    page = client.get("/admin/ledger/tasks/")
    assert page.context["bulk_actions"] == [] and 'name="id"' not in page.text


def test_a_clerk_sees_only_the_own_body_on_an_item(county, item, task, enter):
    other = builders.assign(item, county.jyj, State.SUBMITTED)
    page = enter(county.clerk).get(f"/admin/ledger/items/{item.pk}/")
    assert [one for one, _look in page.context["rows"]] == [task]
    assert page.context["totals"].total == 1
    assert f"/assignments/{other.pk}/" not in page.text and county.jyj.name not in page.text


def test_an_item_without_own_tasks_says_so(county, plan, item, enter):
    builders.assign(item, county.jyj)
    page = enter(county.clerk).get(f"/admin/ledger/items/{item.pk}/")
    assert "本事项没有分给您所在单位的任务" in page.text
    office = enter(county.office).get(f"/admin/ledger/items/{builders.make_item(plan, '2').pk}/")
    assert "还没有责任单位" in office.text


def test_the_assignment_of_another_body_does_not_exist_for_a_clerk(county, task, enter):
    client = enter(county.other_clerk)
    assert client.get(f"/admin/ledger/assignments/{task.pk}/").status_code == 404
    assert client.post(f"/admin/ledger/assignments/{task.pk}/accept/").status_code == 404


def test_siblings_are_counted_as_far_as_one_sees(county, item, task, enter):
    builders.assign(item, county.jyj)
    assert enter(county.clerk).get(f"/admin/ledger/assignments/{task.pk}/").context["siblings"] == 0
    assert enter(county.office).get(f"/admin/ledger/assignments/{task.pk}/").context["siblings"] == 1


def test_a_year_without_a_ledger_is_not_found(county, enter):
    assert enter(county.office).get("/admin/ledger/").status_code == 404


@pytest.mark.parametrize("plan_id", ["999999", "x", "-1"])
def test_a_plan_that_is_not_there_is_not_found(plan_id, county, plan, enter):
    assert enter(county.office).get("/admin/ledger/", {"plan": plan_id}).status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "9" * 30])
def test_a_page_that_is_not_there_is_the_nearest_one(page, county, task, enter):
    for screen in ("", "tasks/"):
        assert enter(county.office).get(f"/admin/ledger/{screen}", {"page": page}).status_code == 200


def test_every_screen_names_itself_and_the_way_to_it(county, task, enter):
    client = enter(county.office)
    expected = {
        "": ["2023年度台账"],
        "items/": ["2023年度台账", "按事项"],
        "bodies/": ["2023年度台账", "按单位"],
        "timeline/": ["2023年度台账", "按时限"],
        "tasks/": ["2023年度台账", "任务清单"],
        f"items/{task.item_id}/": ["2023年度台账", "事项（1）"],
        f"assignments/{task.pk}/": ["2023年度台账", "事项（1）", "青山县财政局"],
    }
    for address, trail in expected.items():
        page = client.get(f"/admin/ledger/{address}")
        assert [str(step["label"]) for step in page.context["breadcrumbs_items"]][1:] == trail, address
        assert trail[-1] in page.text.split("<h1", 1)[1].split("</h1>", 1)[0]
