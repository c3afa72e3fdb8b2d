"""Random work on assignments, held against a model small enough to be believed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.ledger.builders import assign, make_item

from gongkai.foundation.events.models import Event
from gongkai.foundation.events.selectors import state_on
from gongkai.ledger import services
from gongkai.ledger.models import Assignment, Batch, State
from gongkai.ledger.reconstruct import state_of_plan

# What the notice's words say, independently of the product: from which states a step leads where, and who takes it.
COURSE = {
    "accept": ({"to-accept"}, "in-progress", "clerk"),
    "submit": ({"in-progress", "returned"}, "submitted", "clerk"),
    "close": ({"submitted"}, "accepted", "office"),
    "send_back": ({"submitted"}, "returned", "office"),
    "reopen": ({"accepted"}, "in-progress", "office"),
}
CALL = {
    "accept": lambda actor, task: services.accept(actor, task),
    "submit": lambda actor, task: services.submit(actor, task, note="已办"),
    "close": lambda actor, task: services.close(actor, task),
    "send_back": lambda actor, task: services.send_back(actor, task, reason="请补充"),
    "reopen": lambda actor, task: services.reopen(actor, task, reason="抽查"),
}
MANY = {
    "accept": lambda actor, tasks: services.accept_many(actor, tasks),
    "close": lambda actor, tasks: services.close_many(actor, tasks),
    "send_back": lambda actor, tasks: services.return_many(actor, tasks, reason="请补充"),
}
NUMBER = 4


class Ledger(RuleBasedStateMachine):
    """`world` is set by the test: the county, the plan, the way to set the clock."""

    world: dict = {}

    @initialize()
    def begin(self) -> None:
        county, plan = self.world["county"], self.world["plan"]
        self.savepoint = transaction.savepoint()
        self.day = date(2023, 2, 1)
        self.world["at"](str(self.day))
        self.people = {"clerk": county.clerk, "office": county.office, "other": county.other_clerk}
        self.tasks = [assign(make_item(plan, str(number)), county.czj) for number in range(1, NUMBER + 1)]
        self.model = {task.pk: "to-accept" for task in self.tasks}
        self.withdrawn: set[int] = set()
        self.past: dict[date, dict[int, str | None]] = {}
        self.batch: tuple[int, str, dict[int, str]] | None = None
        self.touched: set[int] = set()

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)

    @rule(
        index=st.integers(0, NUMBER - 1),
        step=st.sampled_from(sorted(COURSE)),
        who=st.sampled_from(["clerk", "office", "other"]),
    )
    def one_step(self, index: int, step: str, who: str) -> None:
        task = self.tasks[index]
        sources, target, hand = COURSE[step]
        events = Event.objects.count()
        if who != hand:
            with pytest.raises(PermissionDenied):
                CALL[step](self.people[who], task)
        elif task.pk in self.withdrawn or self.model[task.pk] not in sources:
            with pytest.raises(ValidationError):
                CALL[step](self.people[who], task)
        else:
            CALL[step](self.people[who], task)
            self.model[task.pk] = target
            self.touched.add(task.pk)
            events += 1
        assert Event.objects.count() == events

    @rule(indexes=st.sets(st.integers(0, NUMBER - 1), min_size=1), step=st.sampled_from(sorted(MANY)))
    def many_steps(self, indexes: set[int], step: str) -> None:
        sources, target, hand = COURSE[step]
        tasks = [self.tasks[index] for index in sorted(indexes)]
        able = [task.pk for task in tasks if task.pk not in self.withdrawn and self.model[task.pk] in sources]
        result = MANY[step](self.people[hand], tasks)
        assert result["done"] == able
        assert {row["id"] for row in result["refused"]} == {task.pk for task in tasks} - set(able)
        if able:
            self.batch = (result["batch"], hand, {pk: self.model[pk] for pk in able})
            self.touched = set()
        self.model |= dict.fromkeys(able, target)

    @precondition(lambda self: self.batch is not None)
    @rule()
    def undo(self) -> None:
        number, hand, before = self.batch
        result = services.undo(self.people[hand], Batch.objects.get(pk=number))
        back = {pk: state for pk, state in before.items() if pk not in self.touched and pk not in self.withdrawn}
        assert set(result["done"]) == set(back)
        self.model |= back
        self.batch = None

    @precondition(lambda self: self.batch is None)
    @rule(index=st.integers(0, NUMBER - 1))
    def withdraw_and_assign_again(self, index: int) -> None:
        task, office = self.tasks[index], self.people["office"]
        if task.pk in self.withdrawn:
            services.assign(office, task.item, [task.body])
            self.withdrawn.discard(task.pk)
            self.model[task.pk] = "to-accept"
        else:
            services.withdraw_assignment(office, task, reason="误指定")
            self.withdrawn.add(task.pk)

    @precondition(lambda self: self.batch is None)
    @rule(days=st.integers(1, 40))
    def days_pass(self, days: int) -> None:
        self.past[self.day] = {pk: None if pk in self.withdrawn else state for pk, state in self.model.items()}
        self.day += timedelta(days=days)
        self.world["at"](str(self.day))

    @invariant()
    def the_database_says_what_the_model_says(self) -> None:
        if not hasattr(self, "model"):
            return
        rows = Assignment.objects.filter(pk__in=self.model).values_list("pk", "state", "withdrawn")
        assert {pk: state for pk, state, _ in rows} == self.model
        assert {pk for pk, _, withdrawn in rows if withdrawn} == self.withdrawn

    @invariant()
    def every_past_day_can_be_told_from_the_record(self) -> None:
        for day, then in getattr(self, "past", {}).items():
            told = state_of_plan(self.world["plan"], day)
            live = [state for state in then.values() if state is not None]
            assert told.by_state == {state: live.count(state.value) for state in State}
            for task in self.tasks:
                facts = state_on(task, day)
                assert facts is not None
                assert facts["withdrawn"] == (then[task.pk] is None)


@pytest.mark.slow
def test_random_work(county, plan, at):
    Ledger.world = {"county": county, "plan": plan, "at": at}
    case = Ledger.TestCase()
    case.settings = settings(
        max_examples=15,
        stateful_step_count=18,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    case.runTest()
