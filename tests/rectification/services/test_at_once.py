"""Two connections, started together: one case, one urging, one report; the second is told, and nothing is written twice."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from gongkai.foundation.events.models import Event
from gongkai.foundation.notifications.models import Notification
from gongkai.rectification.models import Case, State
from gongkai.rectification.services import collect, overrule, report_mended, urge

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], object]) -> list[object]:
    """What each act answered, or the error it raised; all begin at the same moment."""
    start, outcomes = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait(10)
            outcomes.append(act())
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


def test_two_looks_open_one_case(transactional_db, world, county, people):
    for number in range(5):
        world.breaks(f"/{number}", county.fgj)
    outcomes = together(lambda: collect(None), lambda: collect(None))
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert Case.objects.count() == 5
    assert Event.objects.filter(verb="rectification.collect").count() == 5
    assert Notification.objects.filter(recipient=people.clerk).count() == 1


def test_two_urge_and_one_is_told_that_it_was_done(transactional_db, case, people):
    outcomes = together(lambda: urge(people.office, [case]), lambda: urge(people.office, [case]))
    assert sorted(len(outcome["done"]) for outcome in outcomes) == [0, 1]
    case.refresh_from_db()
    assert case.urged_count == 1


def test_two_report_and_one_is_told_how_it_stands(transactional_db, case, world, people):
    world.mended("/a")
    outcomes = together(
        lambda: report_mended(people.clerk, case, "已恢复"), lambda: report_mended(people.clerk, case, "已恢复")
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert len(refused) == 1 and isinstance(refused[0], ValidationError)
    assert Event.objects.filter(verb="rectification.report_mended").count() == 1


def test_a_ruling_made_while_the_check_looks_stands(transactional_db, case, world, people, monkeypatch):
    """The check answers “not mended” after the office has closed the case."""
    looking, ruled = threading.Event(), threading.Event()
    plain = type(world).recheck

    def slow(self, reference):
        looking.set()
        assert ruled.wait(10), "the check holds the case while it looks"
        return plain(self, reference)

    monkeypatch.setattr(type(world), "recheck", slow)

    def decide() -> None:
        assert looking.wait(10)
        try:
            overrule(people.office, case, True, "现场核实无误")
        finally:
            ruled.set()

    outcomes = together(lambda: report_mended(people.clerk, case, "已恢复"), decide)
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)], outcomes
    case.refresh_from_db()
    assert case.state == State.CLOSED and case.check_mended is None
