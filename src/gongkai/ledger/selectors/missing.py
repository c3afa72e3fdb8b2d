"""还缺什么: what stands between an assignment and its being done, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from gongkai.foundation.events.models import Event
from gongkai.ledger import periods
from gongkai.ledger.models import Assignment, Evidence, LinkState, State
from gongkai.ledger.models.assignment import AssignmentQuerySet


def with_work(assignments: AssignmentQuerySet) -> AssignmentQuerySet:
    """With all that `missing` looks at, in a constant number of queries."""
    live = Prefetch("evidence", Evidence.objects.filter(removed=False).order_by("id"), to_attr="live_evidence")
    return assignments.select_related("plan", "item", "obligation", "body", "handler").prefetch_related(
        "check_ins", live
    )


def missing(assignment: Assignment, today: date) -> list[str]:
    """What the body must still do, most urgent first; empty when it is the office's turn or all is done."""
    if assignment.withdrawn or assignment.state in (State.ACCEPTED, State.SUBMITTED):
        return _reports(assignment, today)
    words = []
    if assignment.state == State.TO_ACCEPT:
        words.append(_("尚未签收"))
    if assignment.state == State.RETURNED:
        words.append(_("按退回意见修改后重新提交"))
    words += _evidence(assignment) + _reports(assignment, today)
    if not words:
        words.append(_("佐证材料已有，尚未提交审核"))
    return words


def days_left(assignment: Assignment, today: date) -> int | None:
    """Days to the due date, negative when past; None without one or when closed."""
    if assignment.due is None or assignment.state == State.ACCEPTED:
        return None
    return (assignment.due - today).days


def return_reasons(assignments: Sequence[Assignment]) -> dict[int, str]:
    """Why each returned assignment came back, by id."""
    returned = [assignment.pk for assignment in assignments if assignment.state == State.RETURNED]
    if not returned:
        return {}
    kind = ContentType.objects.get_for_model(Assignment)
    # Sorted here: asked to sort, SQLite walks the whole record in the order of its numbers.
    events = Event.objects.filter(content_type=kind, object_id__in=returned, verb="ledger.return").order_by()
    rows = sorted(events.values_list("pk", "object_id", "reason"))
    return {object_id: reason for pk, object_id, reason in rows if object_id is not None}


def live_evidence(assignment: Assignment) -> list[Evidence]:
    """The evidence in use, from what `with_work` fetched when it did."""
    known: list[Evidence] | None = getattr(assignment, "live_evidence", None)
    return known if known is not None else list(assignment.evidence.filter(removed=False).order_by("id"))


def _evidence(assignment: Assignment) -> list[str]:
    pieces = live_evidence(assignment)
    if not pieces:
        return [_("尚无佐证材料")]
    return [
        _("“%(title)s”有疑点：%(what)s") % {"title": piece.title, "what": _doubts(piece)}
        for piece in pieces
        if piece.link_state == LinkState.FLAGGED
    ]


def _doubts(piece: Evidence) -> str:
    return "；".join(str(finding["message"]) for finding in piece.findings if finding.get("severity") != "info")


def _reports(assignment: Assignment, today: date) -> list[str]:
    rows = periods.standings(assignment, today, periods.reported_keys(assignment))
    late = [period.label for period, standing in rows if standing is periods.Standing.MISSED]
    due = [period.label for period, standing in rows if standing is periods.Standing.DUE]
    words = [_("%s进展漏报") % "、".join(late)] if late else []
    return words + ([_("%s进展应填报") % "、".join(due)] if due else [])
