"""The register of incidents: noting, taking down, reporting within 24 hours, closing."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.access import Role, rights_of, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.guard.judging import writing_what_stands
from gongkai.foundation.guard.reporting import Refusal
from gongkai.review import register
from gongkai.review.guard.telling import tell_found_public, tell_refused
from gongkai.review.models import Incident, Release, State, Way, What

REPORT_WITHIN = timedelta(hours=24)  # 保守国家秘密法实施条例第六十一条
HELD = gettext_lazy("疑似国家秘密，已停止公开，等待核实")
SAME = timedelta(hours=1)  # the same person at the same place under the same rule: an editor saves by itself


def note(refusal: Refusal) -> Incident:
    """Keep that something was refused; trying it again within an hour counts up."""
    now = clock.now()
    with transaction.atomic():
        same = Incident.objects.select_for_update().filter(
            actor=refusal.actor,
            way=refusal.way,
            address=refusal.address,
            rule=refusal.rule,
            last_at__gt=now - SAME,
            closed_at=None,
        )
        known = same.first()
        if known is not None:
            Incident.objects.filter(pk=known.pk).update(times=F("times") + 1, last_at=now)
            return known
        incident = Incident(
            found_at=now,
            last_at=now,
            actor=refusal.actor,
            body=_body_of(refusal.actor),
            way=refusal.way,
            address=refusal.address[:120],
            rule=refusal.rule,
        )
        with change(incident, "review.note_incident", actor=refusal.actor):
            pass
        register.note_incident(incident, refusal.actor, What.INCIDENT)
        tell_refused(incident)
    return incident


def take_down(release: Release, rule: str) -> Incident:
    """Something that looks like a state secret is public: out of view at once, and 24 hours to report it.

    rule: id of the rule that spoke. One incident for each release that is still open in the register.
    """
    with transaction.atomic(), writing_what_stands():
        release = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
        if release.state == State.APPROVED and release.held_at is None:
            # As `hold` does, but without its notices: they would repeat the title.
            with change(release, "review.hold", actor=None, reason=str(HELD)):
                release.held_at, release.held_reason = clock.now(), str(HELD)
            register.note(release, What.HELD, None, reason=str(HELD))
        known = Incident.objects.filter(release=release, rule=rule, closed_at=None).first()
        if known is not None:
            return known
        now = clock.now()
        incident = Incident(
            found_at=now,
            last_at=now,
            body=release.body,
            way=Way.PUBLISHED,
            address=release.kind,
            rule=rule,
            release=release,
            report_due=now + REPORT_WITHIN,
        )
        with change(incident, "review.take_down", actor=None):
            pass
        register.note_incident(incident, None, What.INCIDENT)
        tell_found_public(incident)
    return incident


@verb(
    "review.report_incident",
    gettext_lazy("登记泄密隐患报告"),
    Role.SECRECY_REVIEWER,
    Role.SECRECY_ADMIN,
    Role.OFFICE,
    body="incident.body_id",
)
def report_incident(actor: User | None, incident: Incident, reported_to: str, note: str = "") -> Incident:
    """Record that it was reported to the secrecy administration and the superior (实施条例第六十一条).

    The words describe what was done; they must not repeat the text itself.
    """
    actor = cast(User, actor)
    incident = _open(incident)
    if incident.reported_at is not None:
        raise ValidationError(_("该隐患已登记报告，不能重复登记"))
    if not reported_to.strip():
        raise ValidationError(_("请填写报告对象，例如“清河县国家保密局”"))
    with change(incident, "review.report_incident", actor=actor):
        incident.reported_at, incident.reported_by = clock.now(), actor
        incident.reported_to, incident.note = reported_to.strip()[:200], note.strip()
    words = {"reported_to": incident.reported_to, "note": incident.note}
    register.note_incident(incident, actor, What.INCIDENT_REPORTED, **words)
    return incident


@verb(
    "review.close_incident",
    gettext_lazy("办结泄密隐患"),
    Role.SECRECY_ADMIN,
    Role.OFFICE,
    body="incident.body_id",
)
def close_incident(actor: User | None, incident: Incident, conclusion: str) -> Incident:
    """Found true or false, and what came of it. What was public must have been reported first."""
    actor = cast(User, actor)
    incident = _open(incident)
    if incident.report_due is not None and incident.reported_at is None:
        raise ValidationError(_("已公开内容的隐患须先登记报告，再办结"))
    if not conclusion.strip():
        raise ValidationError(_("请写明核实结论"))
    with change(incident, "review.close_incident", actor=actor, reason=conclusion.strip()):
        incident.closed_at, incident.closed_by, incident.conclusion = clock.now(), actor, conclusion.strip()
    register.note_incident(incident, actor, What.INCIDENT_CLOSED, conclusion=incident.conclusion)
    return incident


def _open(incident: Incident) -> Incident:
    """The row as it is now, held; refused when it is closed."""
    incident = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if incident.closed_at is not None:
        raise ValidationError(_("该隐患已办结"))
    return incident


def _body_of(user: User | None) -> Body | None:
    """The body that the person works for; of several the first."""
    if user is None:
        return None
    held = sorted(grant.body_id for grant in rights_of(user).grants if grant.body_id is not None)
    return Body.objects.filter(pk=held[0]).first() if held else None
