"""Filling the example county: each record is drafted, reviewed and signed on its own day, in the order of the days."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from gongkai.bodies.models import Body
from gongkai.core.workdays import national
from gongkai.disclosure.declaring import kinds
from gongkai.disclosure.demo.making import Made, days_of, make, makings
from gongkai.disclosure.models import RecordPage
from gongkai.disclosure.selectors import column_for
from gongkai.disclosure.services import begin, promise_key_fields, save_key_field, suggest_duties
from gongkai.disclosure.services.attaching import attach
from gongkai.disclosure.services.key_fields import notice
from gongkai.foundation import clock
from gongkai.foundation.access.rights import remembering
from gongkai.foundation.accounts.models import User
from gongkai.portal.models import ColumnPage, SectionPage

SEED = 20260101
COLUMN = "其他主动公开内容"

# Puts a page forward and takes it through the steps by the people of its body.
Pass = Callable[[Any], None]


@dataclass(slots=True)
class Planned:
    """A record to be made: for whom, formed when, public when, and which one it goes on from."""

    body: Body
    made: Made
    formed: date
    shown: date
    before: Planned | None
    record: RecordPage | None = None


def fill(county: Body, office: User, pass_on: Pass, clerk_of: Callable[[Body], User], *, years: int = 2) -> int:
    """Make the content of the last `years` years, drafts that wait, duties and key fields; how many are public."""
    plans = sorted(_planned(county, years), key=lambda one: one.shown)
    begun = _at(date(clock.today().year - years + 1, 1, 4))
    with remembering():  # nobody's roles change meanwhile
        own: dict[int, ColumnPage] = {}
        for plan in plans:
            clerk = clerk_of(plan.body)
            column = column_for(plan.body, kinds()[plan.made.kind]) or own.get(plan.body.pk)
            if column is None:
                with clock.replaying(begun):
                    column = own[plan.body.pk] = _column(plan.body, clerk, pass_on)
            with clock.replaying(_at(plan.shown)):
                _make(plan, column, clerk, pass_on)
        _drafts(plans, clerk_of)
        _owed(county, office, clerk_of, plans)
    return len(plans)


def _drafts(plans: list[Planned], clerk_of: Callable[[Body], User]) -> None:
    """One that is late and one that is in time, so that the lists have something to say."""
    for kind, days in (("penalty", 40), ("licence", 2)):
        plan = next((one for one in reversed(plans) if one.made.kind == kind and one.record), None)
        column = plan.record.get_parent() if plan and plan.record else None
        if plan is not None and column is not None:
            formed = clock.today() - timedelta(days=days)
            begin(clerk_of(plan.body), column.pk, kind, plan.made.title, dict(plan.made.fields), formed)


def _owed(county: Body, office: User, clerk_of: Callable[[Body], User], plans: list[Planned]) -> None:
    """The duties of the bodies with most content, and the key fields with whoever published their kinds."""
    makers: dict[str, dict[int, Body]] = {}
    for plan in plans:
        makers.setdefault(plan.made.kind, {})[plan.body.pk] = plan.body
    for body in list({one.body.pk: one.body for one in plans}.values())[:3]:
        suggest_duties(clerk_of(body), body)
    promise = promise_key_fields(office, county, notice()["promised"], notice()["source"])
    for field in promise.fields.all():
        owners = [body for kind in field.kinds for body in makers.get(kind, {}).values()]
        save_key_field(office, promise, field, field.name, field.kinds, owners, [])


def _planned(county: Body, years: int) -> Iterator[Planned]:
    """The plan is the same for the same seed, days and bodies."""
    words, today = random.Random(SEED), clock.today()  # noqa: S311 - a plan, no secret
    bodies = {body.code.rpartition(".")[2]: body for body in Body.objects.of_county(county).order_by("pk")}
    for number, making in enumerate(makings()):
        for year in range(today.year - years + 1, today.year + 1):
            body = bodies.get(making.bodies[year % len(making.bodies)])
            if body is None or (making.once and (year + number) % 2):
                continue
            for day in days_of(year, making.a_year, words, today):
                yield from _series(body, make(making, words, day, body.name), day, today)


def _series(body: Body, made: list[Made], first: date, today: date) -> Iterator[Planned]:
    before: Planned | None = None
    for one in made:
        formed = first + timedelta(days=one.days)
        shown = _in_time(one, formed)
        if shown > today:
            return
        before = Planned(body, one, formed, shown, before if one.follows else None)
        yield before


def _in_time(made: Made, formed: date) -> date:
    """A day well inside the term of the kind."""
    term = kinds()[made.kind].limit
    if term.n == 1 and term.unit == "calendar-days":
        return formed
    return national().add_workdays(formed, min(3, term.n))


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def _column(body: Body, clerk: User, pass_on: Pass) -> ColumnPage:
    section = SectionPage.objects.get(body=body)
    column = ColumnPage(title=COLUMN, slug="records", owner=clerk, live=False)
    section.add_child(instance=column)
    column.save_revision(user=clerk, clean=False)
    pass_on(column)
    return ColumnPage.objects.get(pk=column.pk)


def _make(plan: Planned, column: ColumnPage, clerk: User, pass_on: Pass) -> None:
    follows = plan.before.record.pk if plan.before and plan.before.record else None
    made = plan.made
    record = begin(clerk, column.pk, made.kind, made.title, dict(made.fields), plan.formed, follows)
    if made.file is not None:
        attach(record, [made.file], clerk)
    pass_on(record)
    moment = clock.now()
    RecordPage.objects.filter(pk=record.pk).update(first_published_at=moment, last_published_at=moment)
    plan.record = RecordPage.objects.get(pk=record.pk)
