"""The queues of the gate: what waits for one person, by what they can do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongkai.core.screening import Severity
from gongkai.foundation.access import Rights, Role
from gongkai.foundation.registries import Label
from gongkai.review.models import Asked, Finding, Opinion, Release, State
from gongkai.review.selectors import waiting_for


@dataclass(frozen=True, slots=True)
class Queue:
    """empty: what the list says when nothing waits."""

    key: str
    label: Label
    releases: Callable[[Rights], QuerySet[Release]]
    empty: Label


def _reached(rights: Rights, *roles: Role) -> Q:
    """The releases of the bodies where the person holds one of the roles."""
    if not rights.holds(roles):
        return Q(pk__in=[])
    bodies = rights.bodies(*roles)
    return Q() if bodies is None else Q(body__in=bodies)


def _with_findings(rights: Rights) -> QuerySet[Release]:
    """Stopped by findings that are to be confirmed, or by the machine and not put forward again since."""
    mine = _reached(rights, Role.CLERK, Role.OFFICE)
    open_one = Finding.objects.filter(release=OuterRef("pk"), severity=Severity.CONFIRM, disposal="")
    later = Release.objects.filter(
        content_type=OuterRef("content_type"), object_id=OuterRef("object_id"), pk__gt=OuterRef("pk")
    )
    rows = Release.objects.filter(mine).filter(
        Q(Exists(open_one), state=State.WAITING) | Q(~Exists(later), state=State.STOPPED)
    )
    return _ordered(rows)


def _with_questions(rights: Rights) -> QuerySet[Release]:
    referred = Opinion.objects.filter(verdict="", release=OuterRef("pk"))
    admin = _reached(rights, Role.SECRECY_ADMIN)
    asked_by_me = Q(Exists(referred.exclude(asked=Asked.SECRECY_ADMIN).filter(asked_by=rights.user.pk)))
    return _ordered(
        Release.objects.filter(state=State.WAITING).filter(
            asked_by_me | (admin & Q(Exists(referred.filter(asked=Asked.SECRECY_ADMIN))))
        )
    )


def _to_look_again(rights: Rights) -> QuerySet[Release]:
    mine = _reached(rights, Role.REVIEWER, Role.SECRECY_REVIEWER, Role.LEADER, Role.OFFICE)
    rows = Release.objects.filter(mine, look_again_by__isnull=False, looked_again_at__isnull=True)
    return _ordered(rows.exclude(requested_by=rights.user.pk))


def _held(rights: Rights) -> QuerySet[Release]:
    mine = _reached(rights, Role.CLERK, Role.LEADER, Role.OFFICE, Role.SECRECY_ADMIN)
    return _ordered(Release.objects.filter(mine, state=State.APPROVED, held_at__isnull=False))


def _ordered(releases: QuerySet[Release]) -> QuerySet[Release]:
    return releases.select_related("body", "requested_by").order_by("-urgent", "requested_at", "pk")


QUEUES = {
    one.key: one
    for one in (
        Queue("review", _("待我审查"), waiting_for, _("没有等待您审查的内容。报送的内容轮到您时，会在这里列出。")),
        Queue("findings", _("待处置机器发现"), _with_findings, _("没有等待处置的机器发现。")),
        Queue("questions", _("待答复"), _with_questions, _("没有等待答复的转报和征求意见。")),
        Queue("again", _("待复看"), _to_look_again, _("没有等待复看的加急内容。")),
        Queue("held", _("暂停公开"), _held, _("没有暂停公开的内容。")),
    )
}


def counts(rights: Rights) -> list[tuple[Queue, int]]:
    """Each queue with how much waits in it."""
    return [(queue, queue.releases(rights).count()) for queue in QUEUES.values()]
