"""Ledgers of any size, written straight into the database: the same for tests and for the benchmark."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from gongkai.bodies.models import Body, Kind, RoleHolding
from gongkai.foundation.access import Role
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.models import Event
from gongkai.ledger.models import Assignment, Evidence, EvidenceKind, EvidenceUse, Group, Item, Obligation, Plan, State
from gongkai.ledger.models import Task as PlanTask

LONG_AGO = date(2020, 1, 1)
PATH = (State.TO_ACCEPT, State.IN_PROGRESS, State.SUBMITTED, State.ACCEPTED)
VERB = {
    State.TO_ACCEPT: "ledger.commit",
    State.IN_PROGRESS: "ledger.accept",
    State.SUBMITTED: "ledger.submit",
    State.RETURNED: "ledger.return",
    State.ACCEPTED: "ledger.close",
}


def moment(day: date | str, hour: int = 9) -> datetime:
    """Nine o'clock of the day in Shanghai."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def person(username: str, *held: tuple[Body, Role], **fields) -> User:
    """Somebody who holds these roles since 2020."""
    user = User.objects.create_user(username, password="gongkai-demo", **fields)
    RoleHolding.objects.bulk_create(
        [RoleHolding(user=user, body=body, role=role, since=LONG_AGO) for body, role in held]
    )
    return user


def make_plan(county: Body, year: int = 2023, opened: str = "2023-01-05", **fields) -> Plan:
    """An open plan without items."""
    fields.setdefault("title", f"{year}年全县政务公开工作要点任务分解表")
    return Plan.objects.create(county=county, year=year, opened_at=moment(opened), **fields)


def make_item(plan: Plan, key: str = "1", text: str = "公开重大项目建设信息", **fields) -> Item:
    """An item with its one obligation; `due` and `recurrence` are those of both."""
    fields.setdefault("due", date(plan.year, 12, 31))
    fields.setdefault("order", int(key) if key.isdecimal() else 900)
    number = int(key) if key.isdecimal() else None
    item = Item.objects.create(plan=plan, key=key, number=number, text=text, **fields)
    Obligation.objects.create(item=item, key=key, text=text, due=item.due, recurrence=item.recurrence)
    return item


def assign(item: Item, body: Body, state: State = State.TO_ACCEPT, **fields) -> Assignment:
    """The item's first obligation given to the body, with the event of its creation."""
    obligation = item.obligations.first()
    assert obligation is not None
    fields.setdefault("due", obligation.due)
    fields.setdefault("changed_at", item.plan.opened_at)
    made = Assignment.objects.create(plan=item.plan, item=item, obligation=obligation, body=body, state=state, **fields)
    Event.objects.bulk_create([_event(made, state, item.plan.opened_at, {}, made.audited_state())])
    return made


@dataclass(frozen=True)
class Size:
    plans: int = 1
    bodies: int = 10
    items: int = 12
    last_year: int = 2023


@dataclass(frozen=True)
class Filled:
    county: Body
    office: User
    clerk: User  # of the first body
    bodies: list[Body]
    plans: list[Plan]  # newest first


def fill(size: Size, *, seed: int = 7, events: bool = False, code: str = "scale") -> Filled:
    """A county with `size.plans` yearly plans of `size.items` items, every item given to every body.

    The newest plan is open and stands in September; the older ones are archived and all but done.
    events: write the history that led to every state, too.
    """
    draw = random.Random(seed)
    county = Body.objects.create(code=code, name=f"{code}县人民政府", kind=Kind.COUNTY)
    bodies = _bodies(county, size.bodies, code)
    office = person(f"office.{code}", (county, Role.OFFICE), name="周敏")
    clerk = person(f"clerk.{bodies[0].code}", (bodies[0], Role.CLERK), name="李明")
    plans = [
        _plan(county, size.last_year - age, size.items, age > 0, bodies, draw, events) for age in range(size.plans)
    ]
    return Filled(county, office, clerk, bodies, plans)


def _bodies(county: Body, count: int, code: str) -> list[Body]:
    kinds = (Kind.DEPARTMENT, Kind.DEPARTMENT, Kind.TOWNSHIP, Kind.SUBDISTRICT, Kind.VERTICAL)
    rows = [
        Body(
            code=f"{code}.b{index:03}",
            name=f"{code}县第{index}责任单位",
            kind=kinds[index % len(kinds)],
            parent=county,
            county=county,
            order=index,
        )
        for index in range(1, count + 1)
    ]
    return Body.objects.bulk_create(rows)


def _plan(
    county: Body, year: int, items: int, archived: bool, bodies: list[Body], draw: random.Random, events: bool
) -> Plan:
    plan = make_plan(county, year, f"{year}-01-05", state="archived" if archived else "open")
    groups = Group.objects.bulk_create(
        [Group(plan=plan, number=n, name=f"第{n}组 深化主动公开", order=n) for n in range(1, 5)]
    )
    tasks = PlanTask.objects.bulk_create(
        [
            PlanTask(plan=plan, group=groups[n % 4], number=n, name=f"着力推进第{n}项信息公开", order=n)
            for n in range(1, 14)
        ]
    )
    made = Item.objects.bulk_create(list(_items(plan, items, tasks, draw)))
    obligations = Obligation.objects.bulk_create(
        [Obligation(item=item, key=item.key, text=item.text, due=item.due) for item in made]
    )
    rows = [_assignment(plan, obligation, body, archived, draw) for body in bodies for obligation in obligations]
    assignments = Assignment.objects.bulk_create(rows, batch_size=2000)
    if events:
        Event.objects.bulk_create([event for row in assignments for event in history_of(row, draw)], batch_size=2000)
    return plan


def _items(plan: Plan, count: int, tasks: list[PlanTask], draw: random.Random) -> Iterator[Item]:
    for number in range(1, count + 1):
        task = tasks[number * len(tasks) // (count + 1)]
        due = date(plan.year, draw.choice([8, 9, 12, 12, 12]), 30)
        yield Item(
            plan=plan,
            key=str(number),
            number=number,
            group=task.group,
            task=task,
            text=f"及时公开第{number}项重点领域政策措施及其实施情况",
            due=due if due.month != 12 else date(plan.year, 12, 31),
            order=number,
        )


def _assignment(plan: Plan, obligation: Obligation, body: Body, archived: bool, draw: random.Random) -> Assignment:
    weights = [1, 1, 1, 1, 96] if archived else [15, 40, 15, 5, 25]
    state = draw.choices([*State], weights)[0]
    return Assignment(
        plan=plan,
        item=obligation.item,
        obligation=obligation,
        body=body,
        state=state,
        due=obligation.due,
        changed_at=plan.opened_at + timedelta(days=draw.randrange(240)),
    )


def history_of(assignment: Assignment, draw: random.Random) -> Iterator[Event]:
    """Events, a few days apart, that lead from the opening of the plan to the assignment's state."""
    final = State(assignment.state)
    steps = PATH[: PATH.index(final) + 1] if final in PATH else (*PATH[:3], State.RETURNED)
    at, before = assignment.plan.opened_at, ""
    for step in steps:
        after = assignment.audited_state() | {"state": step.value} if not before else {"state": step.value}
        yield _event(assignment, step, at, {"state": before} if before else {}, after)
        at, before = at + timedelta(days=draw.randrange(1, 70)), step.value


def _event(assignment: Assignment, state: State, at: datetime, before: dict, after: dict) -> Event:
    return Event(
        verb=VERB[state],
        content_type=ContentType.objects.get_for_model(Assignment),
        object_id=assignment.pk,
        body_id=assignment.body_id,
        before=before,
        after=after,
        effective_at=at,
        recorded_at=at,
    )


def evidence_for(assignment: Assignment, by: User, title: str = "工作方案", **fields) -> Evidence:
    """A note that proves the assignment."""
    fields.setdefault("kind", EvidenceKind.NOTE)
    fields.setdefault("created_at", assignment.plan.opened_at)
    piece = Evidence.objects.create(body=assignment.body, title=title, created_by=by, **fields)
    EvidenceUse.objects.create(evidence=piece, assignment=assignment)
    return piece


def states(assignments: Iterable[Assignment]) -> list[str]:
    """How they stand in the database now."""
    pks = [assignment.pk for assignment in assignments]
    found = dict(Assignment.objects.filter(pk__in=pks).values_list("pk", "state"))
    return [found[pk] for pk in pks]
