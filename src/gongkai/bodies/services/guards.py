"""What must hold before anything is changed; each guard raises one error that names the place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.bodies.models import Body, RoleHolding
from gongkai.bodies.selectors import people_for
from gongkai.core.notices.names import spelling
from gongkai.foundation import clock
from gongkai.foundation.access import BODY_ROLES, Refused, Role, rights_of
from gongkai.foundation.accounts.models import User

OFFICE_APPOINTS = BODY_ROLES | {Role.OFFICE}


def midnight(day: date) -> datetime:
    """The first moment of the day."""
    return timezone.make_aware(datetime.combine(day, time.min))


def not_later_than_today(day: date, what: str) -> None:
    if day > clock.today():
        raise ValidationError(_("%(what)s不能晚于今天（%(today)s）") % {"what": what, "today": clock.today()})


def cleaned(names: Iterable[str]) -> list[str]:
    """Names without surrounding space, empties and repetitions."""
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))


def alone_in(body: Body) -> None:
    """Nobody else changes the register of the body's county until the transaction ends.

    No constraint of the database knows that a short name must not be another body's name; who comes second waits here,
    and then sees what the first has written. (SQLite lets one transaction write at a time anyway.)
    """
    if body.root.pk:
        Body.objects.select_for_update(no_key=True).filter(pk=body.root.pk).first()


def names_are_free(body: Body, names: Iterable[str]) -> None:
    """No other existing body of the county goes by one of the names: a notice that used it would mean two."""
    wanted = {spelling(name): name for name in names}
    if not wanted:
        return
    others = Body.objects.of_county(body.root) if body.root.pk else Body.objects.none()
    still = others.filter(Q(active_to__isnull=True) | Q(active_to__gte=clock.today())).exclude(pk=body.pk)
    for other in still:
        for name in (other.name, *other.short_names):
            if spelling(name) in wanted:
                raise ValidationError(
                    _("“%(name)s”已是%(other)s的名称，请换一个") % {"name": wanted[spelling(name)], "other": other.name}
                )


def appoints(actor: User | None, role: str, body: Body, *, ending: bool = False) -> None:
    """`actor` may give (or end) this role in this body.

    The office gives body roles and its own; the roles that watch over the office are given by the system
    administrator. A leader may end what was given in the body led, the watching roles apart.
    """
    if actor is None:
        return
    rights = rights_of(actor)
    if rights.holds({Role.SYSADMIN}, body.pk):
        return
    allowed = {Role.OFFICE, Role.LEADER} if ending else {Role.OFFICE}
    if role in OFFICE_APPOINTS and rights.holds(allowed, body.pk):
        return
    raise Refused(_("没有权限：“%(role)s”须由系统管理员办理") % {"role": Role(role).label})


def knows(actor: User | None, user: User) -> None:
    """`user` belongs to the counties in which `actor` manages people."""
    if actor is None or people_for(rights_of(actor), Role.OFFICE, Role.SYSADMIN).filter(pk=user.pk).exists():
        return
    raise Refused(_("没有权限：%(user)s不是您所管理的县的人员") % {"user": user})


def office_remains(holding: RoleHolding, after: date) -> None:
    """Somebody still holds the office of the county after the day on which `holding` ends."""
    if holding.role != Role.OFFICE:
        return
    others = RoleHolding.objects.filter(role=Role.OFFICE, body=holding.body_id, user__is_active=True)
    lasting = others.filter(Q(until__isnull=True) | Q(until__gt=after)).exclude(pk=holding.pk)
    if not lasting.exists():
        raise ValidationError(
            _("%(user)s是%(body)s最后一名政务公开办人员，不能免去；请先任命接替人员，或办理工作交接")
            % {"user": holding.user, "body": holding.body.name}
        )
