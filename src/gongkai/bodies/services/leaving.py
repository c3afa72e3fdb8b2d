"""Handover: when somebody leaves, the roles and the open work go to a successor; the past stays under the old name."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body, RoleHolding
from gongkai.bodies.sections import keep_in_step
from gongkai.bodies.services.guards import appoints, knows, not_later_than_today
from gongkai.foundation.access import Refused, Role, verb, verbs
from gongkai.foundation.access.verbs import demand
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change, record
from gongkai.foundation.registries import handovers


@verb("bodies.hand_over", _("工作交接"), Role.OFFICE, Role.SYSADMIN)
def hand_over(
    actor: User | None, leaver: User, successor: User, bodies: list[Body], on: date, reason: str
) -> dict[str, int]:
    """From the day `on` the successor holds what the leaver held in `bodies`, and has the open work.

    Returns how much moved: `holdings`, and the count of each kind of work by its key in the registry.
    """
    _can_hand_over(actor, leaver, successor, on)
    for body in bodies:  # open work may lie where no role is held any more
        demand(actor, verbs.get("bodies.hand_over"), body.pk)
    held = list(RoleHolding.objects.on(on).filter(user=leaver, body__in=bodies).select_related("body"))
    if not held:
        raise ValidationError({"bodies": gettext("%(user)s于%(on)s在所选单位没有任职") % {"user": leaver, "on": on}})
    for holding in held:
        appoints(actor, holding.role, holding.body)
        _pass_on(actor, holding, successor, on, reason)
    places = frozenset(body.pk for body in bodies)
    moved = {entry.key: entry.move(actor, leaver, successor, places, reason) for entry in handovers}
    details = {"successor": successor.pk, "bodies": sorted(places), "on": on, "moved": moved}
    record("bodies.hand_over", leaver, actor=actor, reason=reason, details=details, body_id=held[0].body.root.pk)
    for person in (leaver, successor):
        keep_in_step(person)
    return {"holdings": len(held), **moved}


def _can_hand_over(actor: User | None, leaver: User, successor: User, on: date) -> None:
    knows(actor, leaver)
    knows(actor, successor)
    if leaver.pk == successor.pk:
        raise ValidationError({"successor": gettext("接替人员不能是移交人员本人")})
    if actor is not None and actor.pk == successor.pk:
        raise Refused(gettext("不能把工作交接给自己，请由其他管理人员办理"))
    if not successor.is_active:
        raise ValidationError({"successor": gettext("%(user)s的账号已停用") % {"user": successor}})
    not_later_than_today(on, gettext("交接日期"))


def _pass_on(actor: User | None, holding: RoleHolding, successor: User, on: date, reason: str) -> None:
    """End one holding the day before and give the same to the successor, to the same end."""
    if holding.since >= on:
        raise ValidationError(
            {
                "on": gettext("%(user)s自%(since)s起任%(body)s%(role)s，交接日期须晚于该日")
                % {
                    "user": holding.user,
                    "since": holding.since,
                    "body": holding.body.name,
                    "role": holding.get_role_display(),
                }
            }
        )
    end = holding.until
    same = RoleHolding.objects.on(on).filter(user=successor, body=holding.body_id, role=holding.role).first()
    given = same or RoleHolding(user=successor, body=holding.body, role=holding.role, since=on)
    if same is None or (same.until is not None and (end is None or same.until < end)):
        with change(given, "bodies.hand_over", actor=actor, reason=reason):
            given.until = end
    with change(holding, "bodies.hand_over", actor=actor, reason=reason):
        holding.until = on - timedelta(days=1)
