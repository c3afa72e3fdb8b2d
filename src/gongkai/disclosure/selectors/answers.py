"""公布整改: what was announced (审计发现的问题), row by row, and what was published of its mending (通知（18）项)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongkai.bodies.models import Body
from gongkai.bodies.selectors import find
from gongkai.core.workdays import Clock
from gongkai.disclosure.declaring import kinds
from gongkai.disclosure.declaring.model import Answered
from gongkai.disclosure.models import RecordPage
from gongkai.foundation import clock

ASKING = {kind.key: kind.answered for kind in kinds().values() if kind.answered is not None}


@dataclass(frozen=True, slots=True)
class Announced:
    """One row of an announcement: who must answer, until when, and the answer with its result, if there is one."""

    record: RecordPage
    key: str
    row: dict[str, Any]
    owner: Body
    due: date | None
    answer: RecordPage | None
    result: str

    @property
    def words(self) -> str:
        """What was found, in the announcement's own words."""
        rule = ASKING[self.record.kind]
        columns = self.record.declared.field(rule.table).columns
        return str(self.row.get(next(column.key for column in columns if column.key != rule.key), ""))

    def is_late(self, on: date) -> bool:
        return self.answer is None and self.due is not None and self.due < on


def announcements(bodies: Collection[int] | None = None) -> QuerySet[RecordPage]:
    """Public records whose rows ask for an answer, newest first."""
    found = RecordPage.objects.filter(kind__in=ASKING, live=True).select_related("body")
    return (found if bodies is None else found.filter(body__in=bodies)).order_by("-published_on", "-pk")


def announced(records: Iterable[RecordPage], answers: Iterable[RecordPage] | None = None) -> list[Announced]:
    """The rows of these announcements. answers: those that may count; without it every one that is public."""
    listed = [one for one in records if one.kind in ASKING]
    given = answers if answers is not None else answers_to(listed)
    by_record: dict[int, list[RecordPage]] = {}
    for answer in given:
        by_record.setdefault(answer.follows_id or 0, []).append(answer)
    owners: dict[tuple[int, str], Body] = {}
    rows: list[Announced] = []
    for record in listed:
        rows += _rows(record, ASKING[record.kind], by_record.get(record.pk, []), owners)
    return rows


def answers_to(records: Iterable[RecordPage]) -> QuerySet[RecordPage]:
    """Public records that answer them, oldest first: the latest word counts."""
    by = {rule.by for rule in ASKING.values()}
    return RecordPage.objects.filter(kind__in=by, live=True, follows__in=list(records)).order_by("formed_on", "pk")


def _rows(
    record: RecordPage, rule: Answered, answers: Iterable[RecordPage], owners: dict[tuple[int, str], Body]
) -> Iterable[Announced]:
    said = {
        str(row.get(rule.key)): (answer, str(row.get(rule.result) or ""))
        for answer in answers
        for row in answer.fields.get(rule.theirs) or []
    }
    due = Clock(rule.limit.term, record.formed_on or record.published_on).due
    owner = _owner(record, str(record.fields.get(rule.owner) or ""), owners)
    for row in record.fields.get(rule.table) or []:
        key = str(row.get(rule.key))
        answer, result = said.get(key, (None, ""))
        yield Announced(record, key, row, owner, due, answer, result)


def _owner(record: RecordPage, name: str, owners: dict[tuple[int, str], Body]) -> Body:
    """The body that the name means; when none does, the one that announced it."""
    asked = (record.body_id, name)
    if asked not in owners:
        owners[asked] = find(record.body.root, name, clock.today()) or record.body
    return owners[asked]


def concerning(rows: Iterable[Announced], bodies: Collection[int] | None) -> list[Announced]:
    """Those that a body announced or must answer."""
    return [row for row in rows if bodies is None or row.owner.pk in bodies or row.record.body_id in bodies]


def standing(row: Announced, on: date) -> str:
    """How it stands, in words."""
    if row.answer is not None:
        return row.result or _("已公布")
    return _("逾期未公布") if row.is_late(on) else _("尚未公布")
