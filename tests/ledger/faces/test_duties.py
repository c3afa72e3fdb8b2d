"""A year without what the notice demands of every year shows in the ledger."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.ledger import builders

from gongkai.foundation.access import Role
from gongkai.ledger.selectors import duties
from gongkai.review.models import Inspection, InspectionState


@pytest.fixture
def inspected(county):
    def make(year, state=InspectionState.CLOSED, on="2023-05-02T10:00:00+08:00"):
        inspector, moment = county.people["qs", Role.SECRECY_ADMIN], datetime.fromisoformat(on)
        return Inspection.objects.create(
            county=county.root, year=year, title=f"{year}年专项检查", method="random", seed="1", size=1, state=state,
            scope_from=date(year, 1, 1), scope_to=date(year, 12, 31), population=1, matching=1,
            begun_by=inspector, begun_at=moment, ended_by=inspector, ended_at=moment,
        )  # fmt: skip

    return make


def shown(client, plan) -> str:
    page = client.get(f"/admin/ledger/?plan={plan.pk}").text
    return page.split('id="duties"', 1)[1].split("</section>", 1)[0]


def test_the_board_says_that_the_special_inspection_is_missing(plan, county, enter, at):
    told = shown(enter(county.office), plan)
    assert "公开保密审查专项检查" in told and "推进中" in told
    assert "2023年应 1 次，已完成 0 次" in told and "每年至少开展1次专项检查" in told
    at("2024-01-02")
    assert "已逾期" in shown(enter(county.office), plan)


def test_and_when_it_was_carried_through(plan, county, enter, inspected, at):
    inspected(2023)
    assert "已办结" in shown(enter(county.office), plan)
    at("2024-06-01")
    later = builders.make_plan(county.root, 2024)
    assert "已办结" in shown(enter(county.office), plan), "an old year keeps what it had"
    assert "推进中" in shown(enter(county.office), later), "one inspection serves one year"


@pytest.mark.parametrize("state", [InspectionState.OPEN, InspectionState.CANCELLED])
def test_one_that_is_not_finished_does_not_count(plan, inspected, state):
    inspected(2023, state)
    (duty,) = duties(plan, date(2023, 12, 31))
    assert not duty.met


def test_that_of_another_county_does_not_count(county, plan, inspected):
    from gongkai.bodies.models import Body, Kind

    other = Body.objects.create(code="ds", name="东山县人民政府", kind=Kind.COUNTY)
    Inspection.objects.filter(pk=inspected(2023).pk).update(county=other)
    assert not duties(plan, date(2023, 12, 31))[0].met


def test_only_those_who_may_go_there_get_a_link(plan, county, task, enter):
    assert 'href="/admin/review/inspections/"' in shown(enter(county.office), plan)
    assert "href" not in shown(enter(county.clerk), plan)
