"""催办: single, in bulk and by the clock; never twice a day for one assignment; one notice a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import build, record_many
from gongkai.ledger import periods
from gongkai.ledger.models import Assignment, Plan, PlanState, State, Urge, UrgeKind
from gongkai.ledger.services import guards
from gongkai.ledger.services.bulk import BulkResult, in_order
from gongkai.ledger.services.telling import URGED, Message, tell, workers

BEFORE_DUE = {UrgeKind.T30: timedelta(days=30), UrgeKind.T7: timedelta(days=7), UrgeKind.T1: timedelta(days=1)}


@verb("ledger.urge", _("催办"), Role.OFFICE, body="assignment.body_id")
def urge(actor: User | None, assignment: Assignment, note: str = "") -> Urge:
    """Ask the body to move on with one assignment."""
    urged = send({_to_urge(assignment): UrgeKind.MANUAL}, actor, note)
    if not urged:
        raise ValidationError(_urged_today(), code="urged-today")
    return urged[0]


@verb("ledger.urge_many", _("批量催办"), Role.OFFICE)
def urge_many(actor: User | None, assignments: list[Assignment], note: str = "") -> BulkResult:
    """Ask several bodies at once; everybody gets one notice. Urging cannot be undone."""
    wanted: dict[Assignment, UrgeKind] = {}
    why: dict[int, str] = {}
    assignments = in_order(assignments)
    for assignment in assignments:
        try:
            guards.demand_right(actor, "ledger.urge", assignment.body_id)
            wanted[_to_urge(assignment)] = UrgeKind.MANUAL
        except ValidationError as error:
            why[assignment.pk] = "；".join(error.messages)
        except PermissionDenied as error:
            why[assignment.pk] = str(error)
    done = [entry.assignment_id for entry in send(wanted, actor, note)]
    left = [assignment for assignment in assignments if assignment.pk not in set(done)]
    return {
        "batch": None,
        "done": done,
        "refused": [{"id": one.pk, "name": str(one), "why": why.get(one.pk) or _urged_today()} for one in left],
    }


@verb("ledger.urge_due", _("按期自动催办"), system=True)
def urge_due(actor: User | None, day: date) -> int:
    """What falls due 30, 7 or 1 days after `day`, and what was overdue on it; how many were urged."""
    wanted: dict[Assignment, UrgeKind] = {}
    candidates = Assignment.objects.with_body().in_open_plans().select_related("body", "handler", "obligation")
    for kind, ahead in BEFORE_DUE.items():
        wanted |= dict.fromkeys(candidates.filter(due=day + ahead), kind)
    late = candidates.overdue(day).exclude(_urged_lately(UrgeKind.OVERDUE))
    wanted |= dict.fromkeys(late, UrgeKind.OVERDUE)
    return len(send(wanted, actor, ""))


@verb("ledger.urge_reports", _("催报进展"), system=True)
def urge_reports(actor: User | None, day: date) -> int:
    """Reports on a period that ends three days after `day`, and those that were missed; how many were urged."""
    wanted: dict[Assignment, UrgeKind] = {}
    for plan in Plan.objects.filter(state=PlanState.OPEN):
        ending = [row for row in periods.all_periods(plan.year) if row[1].end == day + periods.REMINDED]
        due = periods.unreported(plan, ending)
        missed = periods.missing_reports(plan, day) & ~Q(_urged_lately(UrgeKind.CHECK_IN))
        found = Assignment.objects.filter(due | missed).select_related("body", "handler", "obligation")
        wanted |= dict.fromkeys(found, UrgeKind.CHECK_IN)
    return len(send(wanted, actor, ""))


def send(wanted: Mapping[Assignment, UrgeKind], actor: User | None, note: str) -> list[Urge]:
    """Urge those not urged today yet; the entries written.

    The database lets through one entry for an assignment and day, so of two who urge at once only one does. Entries
    are written in one order by everybody, so that neither waits for the other for ever.
    """
    note, people = note.strip(), workers(wanted)
    bundle, today = uuid4(), clock.today()
    Urge.objects.bulk_create(
        [
            Urge(assignment=assignment, kind=kind, day=today, by=actor, note=note, at=clock.now(), bundle=bundle)
            for assignment, kind in ((one, wanted[one]) for one in in_order(wanted))
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    urged = list(Urge.objects.filter(bundle=bundle).order_by("id"))
    by_id = {assignment.pk: assignment for assignment in wanted}
    recipients = Urge.recipients.through
    recipients.objects.bulk_create(
        [
            recipients(urge_id=entry.pk, user_id=person.pk)
            for entry in urged
            for person in people[by_id[entry.assignment_id]]
        ],
        batch_size=500,
    )
    _write_down(urged, by_id, people, actor)
    _tell(urged, by_id, people, note)
    return urged


def _tell(
    urged: Sequence[Urge], by_id: Mapping[int, Assignment], people: Mapping[Assignment, list[User]], note: str
) -> None:
    """One notice a person, with all that person's assignments."""
    kinds: dict[User, dict[Assignment, str]] = defaultdict(dict)
    for entry in urged:
        assignment = by_id[entry.assignment_id]
        for person in people[assignment]:
            kinds[person][assignment] = entry.kind
    for person, concerned in kinds.items():
        tell({assignment: [person] for assignment in concerned}, _message(set(concerned.values()), note))


def _write_down(
    urged: Sequence[Urge], by_id: Mapping[int, Assignment], people: Mapping[Assignment, list[User]], actor: User | None
) -> None:
    events = []
    for entry in urged:
        assignment = by_id[entry.assignment_id]
        details = {"urge": entry.pk, "kind": entry.kind, "recipients": [person.pk for person in people[assignment]]}
        events.append(build("ledger.urge", assignment, actor=actor, reason=entry.note, details=details))
    if events:
        record_many(events)


def _message(kinds: set[str], note: str) -> Message:
    titles = {
        UrgeKind.MANUAL: gettext("政务公开办催办：请推进下列任务"),
        UrgeKind.T30: gettext("下列任务还有 30 天到期"),
        UrgeKind.T7: gettext("下列任务还有 7 天到期"),
        UrgeKind.T1: gettext("下列任务明天到期"),
        UrgeKind.OVERDUE: gettext("下列任务已逾期"),
        UrgeKind.CHECK_IN: gettext("下列任务的进展还没有填报"),
    }
    one = UrgeKind(next(iter(kinds))) if len(kinds) == 1 else None
    todo = gettext("请填报进展") if one is UrgeKind.CHECK_IN else gettext("请尽快办理并提交审核")
    return Message(URGED, titles[one] if one else gettext("下列任务已逾期或即将到期"), note, todo)


def _to_urge(assignment: Assignment) -> Assignment:
    """The assignment as it stands; the body must have something to do, and somebody to do it."""
    fresh = guards.locked(assignment)
    if fresh.state == State.ACCEPTED:
        raise ValidationError(gettext("该任务已办结，不需要催办"), code="wrong-state")
    if fresh.state == State.SUBMITTED:
        raise ValidationError(gettext("该任务已提交，待政务公开办审核，不需要催办"), code="wrong-state")
    if not workers([fresh])[fresh]:
        message = gettext("%s没有在任的信息员，催办无人接收；请先登记信息员") % fresh.body
        raise ValidationError(message, code="nobody")
    return fresh


def _urged_today() -> str:
    return gettext("该任务今天已经催办过，一天只催办一次")


def _urged_lately(*kinds: UrgeKind) -> Exists:
    """Those urged for this so lately that it is too early to do so again (settings.GONGKAI_URGE_DAYS)."""
    since = clock.today() - timedelta(days=settings.GONGKAI_URGE_DAYS)
    return Exists(Urge.objects.filter(assignment=OuterRef("pk"), kind__in=kinds, day__gt=since))
