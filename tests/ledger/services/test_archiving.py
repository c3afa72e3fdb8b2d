"""Work and archiving at the same moment: one waits for the other, and nothing lands in closed books."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from tests.ledger.importing.readings import draft_of, item, reading

from gongkai.foundation.accounts.models import User
from gongkai.ledger.models import PlanState, State
from gongkai.ledger.services import accept, archive, assign, commit, guards

pytestmark = [pytest.mark.django_db(transaction=True)]


class Beside:
    """Something done by somebody else at the same time; `failed`: why it could not be."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.act, self.over, self.failed = act, Event(), ""
        self.thread = Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            self.act()
        except ValidationError as error:
            self.failed = "；".join(error.messages)
        finally:
            connection.close()
            self.over.set()


@pytest.fixture(autouse=True)
def several_writers():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time: nothing can happen at the same moment")


def test_archiving_waits_for_a_step_under_way(county, plan, task):
    with transaction.atomic():
        accept(county.clerk, task)
        other = Beside(lambda: archive(county.office, plan))
        assert not other.over.wait(1), "the books were closed over a step that had begun"
    assert other.over.wait(20) and not other.failed
    task.refresh_from_db()
    plan.refresh_from_db()
    assert (task.state, plan.state) == (State.IN_PROGRESS, PlanState.ARCHIVED)


def test_two_bodies_do_not_wait_for_each_other(county, plan, task):
    with transaction.atomic():
        guards.held_open(plan.pk)
        other = Beside(lambda: accept(county.clerk, task))
        assert other.over.wait(20) and not other.failed


@pytest.mark.parametrize("what", ["accept", "assign", "commit"])
def test_nothing_lands_after_the_books_were_closed(what, county, plan, task):
    officer: User = county.office
    draft = draft_of(county.root, officer, reading(item(1, "公开财政预算决算", "县教育局")))
    acts: dict[str, Callable[[], object]] = {
        "accept": lambda: accept(county.clerk, task),
        "assign": lambda: assign(officer, task.item, [county.jyj]),
        "commit": lambda: commit(officer, draft),
    }
    with transaction.atomic():
        archive(officer, plan)
        other = Beside(acts[what])
        assert not other.over.wait(1)
    assert other.over.wait(20) and "已归档" in other.failed
    plan.refresh_from_db()
    assert plan.state == PlanState.ARCHIVED
