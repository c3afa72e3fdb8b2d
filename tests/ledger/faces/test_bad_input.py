"""Addresses and forms that nobody would write by hand: a plain answer, never a failure."""

import pytest
from tests.ledger import builders

from gongkai.ledger.models import State

HUGE = "9" * 25
ENDLESS = "9" * 5000
STRANGE = ["abc", "-1", "", "²", HUGE, ENDLESS]


@pytest.fixture
def office(task, county, enter):
    return enter(county.office)


@pytest.mark.parametrize("value", STRANGE)
@pytest.mark.parametrize("name", ["plan", "page", "body", "item", "group", "task", "handler", "due_from"])
@pytest.mark.parametrize("path", ["", "tasks/"])
def test_conditions_in_the_address(office, path, name, value):
    assert office.get(f"/admin/ledger/{path}", {name: value}).status_code in (200, 404)


@pytest.mark.parametrize("value", STRANGE)
def test_the_office_s_other_screens(office, value):
    for path in ("/admin/ledger/release/", "/admin/ledger/feedback/", "/admin/notices/", "/admin/review/"):
        for name in ("plan", "page", "p", "state", "body"):
            assert office.get(path, {name: value}).status_code in (200, 302, 404), (path, name)


@pytest.mark.parametrize("value", [HUGE, ENDLESS, "x"])
def test_ticked_what_cannot_be(office, plan, value):
    assert office.post("/admin/ledger/bulk/", {"action": "close", "id": value}).status_code == 302
    assert office.post(f"/admin/ledger/release/?plan={plan.pk}", {"id": value}).status_code == 302


@pytest.mark.parametrize("value", [HUGE, ENDLESS])
def test_records_that_cannot_be(office, county, enter, value):
    assert office.post(f"/admin/ledger/assignments/{value}/evidence/{value}/recheck/").status_code == 404
    assert office.get(f"/admin/ledger/export/{value}/").status_code == 404
    assert enter(county.leader).get("/admin/review/decide/", {"id": value}).status_code == 404


@pytest.mark.parametrize("target", ["nowhere", "a b", "//evil.example/", "https://evil.example", "\\\\evil"])
def test_the_way_back_is_ours_or_the_board(plan, county, enter, target):
    one = builders.assign(builders.make_item(plan), county.czj, State.SUBMITTED)
    answer = enter(county.office).post("/admin/ledger/bulk/", {"action": "close", "id": one.pk, "next": target})
    assert answer.status_code == 302
    assert "evil" not in answer.headers["Location"]


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_signs_that_a_file_cannot_hold_are_left_out(office, plan, item, kind):
    type(item).objects.update(text="公开\x0b预算\x01=1", assignees_text="=1+1")
    type(plan).objects.update(title="要点\x0b")
    assert office.get(f"/admin/ledger/export/{plan.pk}/", {"kind": kind}).status_code == 200
