"""Taking a step and opening the next."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongkai.foundation import clock
from gongkai.foundation.access import Refused, Rights, rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.review.models import Outcome, Release, Step, StepKind
from gongkai.review.register import note_step
from gongkai.review.stepping import due
from gongkai.review.telling import tell_deciders


def open_next(release: Release) -> bool:
    """Open the steps that come next; False when none is left."""
    left = list(release.steps.filter(outcome=""))
    if not left:
        return False
    now, first = clock.now(), min(step.order for step in left)
    for step in left:
        if step.order == first and step.opened_at is None:
            step.opened_at, step.due_at = now, due(now, urgent=release.urgent)
            step.save(update_fields=["opened_at", "due_at"])
            tell_deciders(step)
    return True


def take(step: Step, outcome: Outcome, actor: User | None, verb_key: str, note: str) -> None:
    with change(step, verb_key, actor=actor, reason=note):
        step.outcome, step.note = outcome, note
        step.decided_by, step.decided_at = actor, clock.now()
        step.deputy_for_id = _deputised(rights_of(actor), step) if actor is not None else None
    note_step(step)


def step_for(actor: User, release: Release, wanted: StepKind | None = None) -> Step:
    """The open step that `actor` may take; refused, with the reason, when there is none."""
    if actor.pk == release.requested_by_id:
        raise Refused(_("报送人不能审查自己报送的内容，请由其他人员办理"))
    if release.authors.filter(pk=actor.pk).exists():
        raise Refused(_("撰稿人不能审查自己撰写的内容，请由其他人员办理"))
    taken = release.steps.filter(decided_by=actor).first()
    if taken is not None:
        raise Refused(_("您已办理本次审查的“%s”环节，其他环节须由不同人员办理") % taken.get_kind_display())
    rights = rights_of(actor)
    for step in _open(release).exclude(kind=StepKind.MACHINE):
        if wanted in (None, step.kind) and _may_take(rights, step):
            return step
    raise Refused(_("现在没有由您办理的环节：%s") % _who_is_awaited(release))


def my_step(user: User, release: Release) -> Step | None:
    """The same for showing: the step the person may take now, if any."""
    try:
        return step_for(user, release)
    except Refused:
        return None


def _open(release: Release) -> QuerySet[Step]:
    return release.steps.filter(outcome="", opened_at__isnull=False)


def _may_take(rights: Rights, step: Step) -> bool:
    role = StepKind(step.kind).role
    return role is not None and rights.holds({role}, step.reviewer_body_id)


def _who_is_awaited(release: Release) -> str:
    names = [
        _("等待处置机器发现")
        if step.kind == StepKind.MACHINE
        else _("等待%(body)s办理“%(step)s”") % {"body": step.reviewer_body, "step": step.get_kind_display()}
        for step in _open(release)
    ]
    return "；".join(names) or _("没有等待办理的环节")


def _deputised(rights: Rights, step: Step) -> int | None:
    """Whose place is taken: nobody's for a person who holds the role, else one whose deputy the person is."""
    role = StepKind(step.kind).role
    grants = [
        one for one in rights.grants if one.role == role and (one.covers is None or step.reviewer_body_id in one.covers)
    ]
    if any(one.deputy_for is None for one in grants):
        return None
    return next((one.deputy_for for one in grants), None)
