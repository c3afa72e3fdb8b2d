"""Handover: the assignments somebody handles go to the successor."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import build, record_many
from gongkai.foundation.registries import Handover, handovers
from gongkai.ledger.models import Assignment
from gongkai.ledger.models.assignment import AssignmentQuerySet


def waiting(leaver: User, body_ids: frozenset[int]) -> AssignmentQuerySet:
    """What the leaver still has to do in these bodies."""
    return Assignment.objects.undone().in_open_plans().filter(handler=leaver, body_id__in=body_ids)


def move(actor: User | None, leaver: User, successor: User, body_ids: frozenset[int], reason: str) -> int:
    """The successor becomes the handler; how many moved."""
    with transaction.atomic():
        rows = list(waiting(leaver, body_ids).select_for_update(of=("self",), no_key=True).order_by("pk"))
        before, after = {"handler": leaver.pk}, {"handler": successor.pk}
        events = [
            build("bodies.hand_over", row, actor=actor, before=before, after=after, reason=reason) for row in rows
        ]
        record_many(events)
        return Assignment.objects.filter(pk__in=[row.pk for row in rows]).update(handler=successor)


handovers.register(Handover("ledger.assignments", _("承办的任务"), waiting, move))
