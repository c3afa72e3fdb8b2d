"""When somebody leaves, open assignments go to the successor."""

from __future__ import annotations

from datetime import date

import pytest
from tests.ledger.builders import assign, make_item, person

from gongkai.bodies import services as bodies
from gongkai.foundation.access import Role
from gongkai.foundation.events.models import Event
from gongkai.ledger import services
from gongkai.ledger.models import Assignment, State


@pytest.fixture
def work(plan, county):
    """Three assignments handled by the clerk of the finance bureau: one open, one submitted, one closed."""
    states = (State.IN_PROGRESS, State.SUBMITTED, State.ACCEPTED)
    items = [make_item(plan, str(number)) for number in (1, 2, 3)]
    return [assign(item, county.czj, state, handler=county.clerk) for item, state in zip(items, states, strict=True)]


def hand_over(county, successor):
    return bodies.hand_over(county.office, county.clerk, successor, [county.czj], date(2023, 5, 10), "调离")


def test_open_work_moves_and_the_past_stays(work, county):
    successor = person("new", (county.czj, Role.REVIEWER), name="新来")
    moved = hand_over(county, successor)
    assert moved["ledger.assignments"] == 2
    handlers = list(Assignment.objects.order_by("item__order").values_list("handler", flat=True))
    assert handlers == [successor.pk, successor.pk, county.clerk.pk]
    event = Event.objects.about(work[0]).get(verb="bodies.hand_over")
    assert (event.before, event.after, event.reason) == (
        {"handler": county.clerk.pk},
        {"handler": successor.pk},
        "调离",
    )
    services.submit(successor, work[0], note="已办")  # the successor goes on with it


def test_work_in_another_body_stays(work, county, plan):
    elsewhere = assign(make_item(plan, "9"), county.jyj, State.IN_PROGRESS, handler=county.clerk)
    hand_over(county, person("new", (county.jyj, Role.CLERK), name="新来"))
    elsewhere.refresh_from_db()
    assert elsewhere.handler == county.clerk
