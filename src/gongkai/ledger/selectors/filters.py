"""筛选: one set of conditions for every list and board of the ledger; it lives in the URL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from gongkai.bodies.models import Kind
from gongkai.foundation.input import number, numbers
from gongkai.ledger.models import Assignment, EvidenceUse, PlanState, Role, State
from gongkai.ledger.models.assignment import WITH_BODY, AssignmentQuerySet
from gongkai.ledger.models.plan import Plan
from gongkai.ledger.periods import missing_reports
from gongkai.ledger.selectors.weeks import ACTS, happened

T = TypeVar("T")
_FLAGS = {"1": True, "0": False}
AT_RISK = timedelta(days=7)  # still with the body this short before the due day


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions, all of which must hold; an empty one asks nothing. The names are those of the URL's parameters.

    group, task: ids of the plan's groups and tasks; q: words in the item's number or text; overdue, at_risk, evidence,
    missed, dated, grouped: True or False; missed: a check-in was missed; dated: there is a deadline; grouped: the
    notice puts the item under a heading. act, week: what was done to it in the week that begins on that day.
    """

    state: tuple[str, ...] = ()
    body: tuple[int, ...] = ()
    kind: tuple[str, ...] = ()
    group: tuple[int, ...] = ()
    task: tuple[int, ...] = ()
    item: tuple[int, ...] = ()
    q: str = ""
    role: tuple[str, ...] = ()
    overdue: bool | None = None
    at_risk: bool | None = None
    due_from: date | None = None
    due_to: date | None = None
    handler: int | None = None
    evidence: bool | None = None
    missed: bool | None = None
    dated: bool | None = None
    grouped: bool | None = None
    act: str = ""
    week: date | None = None

    @classmethod
    def parse(cls, query: QueryDict) -> Filters:
        """From the URL. What cannot be read is left out, as `to_query` then shows."""
        return cls(
            state=_among(query, "state", State.values),
            body=_numbers(query, "body"),
            kind=_among(query, "kind", Kind.values),
            group=_numbers(query, "group"),
            task=_numbers(query, "task"),
            item=_numbers(query, "item"),
            q=query.get("q", "").strip()[:100],
            role=_among(query, "role", Role.values),
            overdue=_FLAGS.get(query.get("overdue", "")),
            at_risk=_FLAGS.get(query.get("at_risk", "")),
            due_from=_one(query, "due_from", date.fromisoformat),
            due_to=_one(query, "due_to", date.fromisoformat),
            handler=number(query.get("handler")),
            evidence=_FLAGS.get(query.get("evidence", "")),
            missed=_FLAGS.get(query.get("missed", "")),
            dated=_FLAGS.get(query.get("dated", "")),
            grouped=_FLAGS.get(query.get("grouped", "")),
            act=next(iter(_among(query, "act", list(ACTS))), ""),
            week=_one(query, "week", date.fromisoformat),
        )

    def to_query(self) -> str:
        """As the query string of a URL, without the question mark; `parse` reads it back."""
        pairs: list[tuple[str, object]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, tuple):
                pairs += [(field.name, part) for part in value]
            elif isinstance(value, bool):
                pairs.append((field.name, int(value)))
            elif value not in (None, ""):
                pairs.append((field.name, value))
        return urlencode(pairs)

    def __bool__(self) -> bool:
        """Whether anything is asked."""
        return self != Filters()

    def but(self, **changes: Any) -> Filters:
        """The same conditions with some changed."""
        return replace(self, **changes)

    def apply(self, assignments: AssignmentQuerySet, today: date) -> AssignmentQuerySet:
        """Those of `assignments` that fulfil every condition."""
        plain = {
            "state__in": self.state,
            "body_id__in": self.body,
            "body__kind__in": self.kind,
            "item__group_id__in": self.group,
            "item__task_id__in": self.task,
            "item_id__in": self.item,
            "role__in": self.role,
            "due__gte": self.due_from,
            "due__lte": self.due_to,
            "handler_id": self.handler,
        }
        found = assignments.filter(**{name: value for name, value in plain.items() if value not in ((), None)})
        if self.q:
            found = found.filter(Q(item__text__icontains=self.q) | Q(item__key__iexact=self.q))
        for wanted, condition in self._flags(today):
            found = found.filter(condition) if wanted else found.exclude(condition)
        return found

    def _flags(self, today: date) -> list[tuple[bool, Q | Exists]]:
        rows: list[tuple[bool, Q | Exists]] = []
        if self.overdue is not None:
            rows.append((self.overdue, late(today)))
        if self.at_risk is not None:
            rows.append((self.at_risk, running_out(today)))
        if self.evidence is not None:
            rows.append((self.evidence, has_evidence()))
        if self.missed is not None:
            rows.append((self.missed, _missed(today)))
        if self.dated is not None:
            rows.append((self.dated, Q(due__isnull=False)))
        if self.grouped is not None:
            rows.append((self.grouped, Q(item__group__isnull=False)))
        if self.act and self.week is not None:
            rows.append((True, happened(self.act, self.week)))
        return rows


def late(today: date) -> Q:
    """The condition of 已逾期."""
    return Q(due__lt=today) & ~Q(state=State.ACCEPTED)


def running_out(today: date) -> Q:
    """The condition of 有风险."""
    return Q(state__in=WITH_BODY, due__gte=today, due__lte=today + AT_RISK)


def has_evidence() -> Exists:
    return Exists(EvidenceUse.objects.filter(assignment=OuterRef("pk"), evidence__removed=False))


def _missed(today: date) -> Q:
    condition = Q(pk__in=[])
    for plan in Plan.objects.filter(state=PlanState.OPEN):
        condition |= missing_reports(plan, today)
    return Q(pk__in=Assignment.objects.filter(condition).values("pk"))


def _among(query: QueryDict, name: str, known: list[str]) -> tuple[str, ...]:
    return tuple(value for value in dict.fromkeys(query.getlist(name)) if value in known)


def _numbers(query: QueryDict, name: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(numbers(query.getlist(name))))


def _one(query: Mapping[str, Any], name: str, read: Callable[[str], T]) -> T | None:
    try:
        return read(str(query.get(name) or ""))
    except ValueError:
        return None
