"""Reading the cases: what a person sees of them, how they stand, and what happened to one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from gongkai.bodies.models import Body
from gongkai.foundation.access import STAFF, Rights, Role, verbs
from gongkai.foundation.events.selectors import history
from gongkai.foundation.looks import ACCEPTED, OVERDUE, Look
from gongkai.foundation.registries import rectification_sources
from gongkai.rectification.models import OWED, Case, CaseQuerySet, Exemption, SourceRun, State
from gongkai.rectification.states import BY_STATE


def cases_for(rights: Rights) -> CaseQuerySet:
    """What the person's bodies reach; keeping the machine running opens no business."""
    return Case.objects.of_bodies(rights.bodies(*(role for role in Role if role in STAFF)))


def mine(rights: Rights) -> CaseQuerySet:
    """What is to be mended by the bodies whose clerk the person is, closed cases included."""
    return Case.objects.of_bodies(rights.bodies(Role.CLERK))


def pressing_first(cases: models.QuerySet[Case]) -> models.QuerySet[Case]:
    """What is owed by its due date, then exceptions, what is closed last and the newest first."""
    rank = models.Case(
        models.When(state__in=OWED, then=0),
        models.When(state=State.EXCEPTED, then=1),
        default=2,
        output_field=models.IntegerField(),
    )
    return cases.annotate(rank=rank).order_by("rank", models.F("closed_at").desc(), "due", "id")


def source_label(source: str) -> str:
    """The source in words; its key when it is no longer registered."""
    return str(rectification_sources.get(source).label) if source in rectification_sources else source


def sources_of(cases: models.QuerySet[Case]) -> list[tuple[str, str]]:
    """The sources that have cases among these, as choices."""
    keys = cases.order_by().values_list("source", flat=True).distinct()
    return sorted(((key, source_label(key)) for key in keys), key=lambda pair: pair[1])


@dataclass(slots=True)
class Totals:
    """How many cases appear in which way; `recurring`: of those not closed, found before."""

    counts: dict[str, int] = field(default_factory=dict)
    recurring: int = 0

    def of(self, look: Look) -> int:
        return self.counts.get(look.key, 0)

    def take(self, other: Totals) -> None:
        for key, number in other.counts.items():
            self.counts[key] = self.counts.get(key, 0) + number
        self.recurring += other.recurring

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def unclosed(self) -> int:
        return self.total - self.of(ACCEPTED)


def count_by_body(cases: models.QuerySet[Case], today: date) -> dict[int, Totals]:
    """The totals of each body; one query."""
    rows = (
        cases.order_by()
        .values_list("body_id", "state")
        .annotate(
            number=Count("id"), late=Count("id", filter=Q(due__lt=today)), again=Count("id", filter=Q(times__gt=1))
        )
    )
    found: dict[int, Totals] = {}
    for body_id, state, number, late, again in rows:
        totals = found.setdefault(body_id, Totals())
        late = late if state in OWED else 0
        totals.take(
            Totals({OVERDUE.key: late, BY_STATE[state].key: number - late}, 0 if state == State.CLOSED else again)
        )
    return found


def count(cases: models.QuerySet[Case], today: date) -> Totals:
    """The totals of all; one query."""
    whole = Totals()
    for part in count_by_body(cases, today).values():
        whole.take(part)
    return whole


@dataclass(frozen=True, slots=True)
class Row:
    """One body on the board."""

    body: Body
    totals: Totals


def board(cases: models.QuerySet[Case], today: date) -> list[Row]:
    """Every body that has cases, those with most to mend first; two queries."""
    counted = count_by_body(cases, today)
    bodies = Body.objects.filter(pk__in=counted).order_by("order", "id")
    rows = [Row(body, counted[body.pk]) for body in bodies]
    return sorted(rows, key=lambda row: (-row.totals.of(OVERDUE), -row.totals.unclosed))


@dataclass(frozen=True, slots=True)
class Standing:
    """How the look at one source went; `run` is None before the first."""

    key: str
    label: str
    run: SourceRun | None


def standings() -> list[Standing]:
    """Every registered source, failed ones first."""
    runs = {run.source: run for run in SourceRun.objects.all()}
    rows = [Standing(source.key, str(source.label), runs.get(source.key)) for source in rectification_sources]
    return sorted(rows, key=lambda row: not (row.run is not None and row.run.failed))


def running_exemption(case: Case) -> Exemption | None:
    """The exception under which the case stands."""
    return case.exemptions.order_by("-pk").first() if case.state == State.EXCEPTED else None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history: what was done, by whom, why, and what changed that people ask about."""

    what: str
    who: str
    why: str
    when: datetime
    changes: list[tuple[str, str, str]]


SHOWN = ("state", "body", "due", "title")  # fields whose change is told


def told(case: Case) -> list[Line]:
    """What happened to the case, newest first."""
    events = list(history(case))
    ids = {state.get("body") for event in events for state in (event.before, event.after)} - {None}
    words: dict[str, dict[object, str]] = {
        "state": {key: str(label) for key, label in State.choices},
        "body": {body.pk: body.name for body in Body.objects.filter(pk__in=ids)} if len(ids) > 1 else {},
    }
    names = {name: str(Case._meta.get_field(name).verbose_name) for name in SHOWN}  # type: ignore[union-attr]
    return [
        Line(
            what=str(verbs.get(event.verb).label) if event.verb in verbs else event.verb,
            who=str(event.actor) if event.actor else _("系统"),
            why=event.reason,
            when=event.effective_at,
            changes=[
                (names[name], _word(words, name, event.before[name]), _word(words, name, new))
                for name, new in event.after.items()
                if name in SHOWN and name in event.before
            ],
        )
        for event in events
    ]


def _word(words: dict[str, dict[object, str]], name: str, value: object) -> str:
    return str(words.get(name, {}).get(value, value))
