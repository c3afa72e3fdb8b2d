"""People come, are appointed, stand in for one another and leave."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from axes.utils import reset as unlock
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body, Deputy, RoleHolding
from gongkai.bodies.sections import keep_in_step
from gongkai.bodies.services.guards import appoints, knows, office_remains
from gongkai.foundation import clock
from gongkai.foundation.access import Refused, Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.accounts.services import give_temporary_password
from gongkai.foundation.events.services import change, record
from gongkai.foundation.unique import once


class NewPerson(NamedTuple):
    """A person and the temporary password, which is shown once and kept nowhere."""

    user: User
    password: str


@verb("bodies.create_person", _("新增人员"), Role.OFFICE, Role.SYSADMIN, body="body.pk", system=True)
def create_person(
    actor: User | None,
    body: Body,
    username: str,
    name: str,
    role: Role,
    phone: str = "",
    email: str = "",
    since: date | None = None,
) -> NewPerson:
    """Somebody new with a first role in `body`, held from `since` (today)."""
    appoints(actor, role, body)
    user = User(username=username.strip(), name=name.strip(), phone=phone.strip(), email=email.strip())
    user.set_unusable_password()
    if not user.name:
        raise ValidationError({"name": gettext("请填写姓名")})
    if name_is_taken(user.username):
        raise ValidationError(
            {"username": gettext("登录名“%(name)s”已被使用；如为同一人，请为其增加任职") % {"name": user.username}}
        )
    user.full_clean(exclude=["password"])
    with once(user):
        password = give_temporary_password_to(user)
    after = {"username": user.username, "name": user.name, "phone": user.phone, "email": user.email}
    record("bodies.create_person", user, actor=actor, after=after, body_id=body.pk)
    _hold(actor, user, body, role, since or clock.today(), None, "bodies.create_person", "")
    return NewPerson(user, password)


def name_is_taken(username: str) -> bool:
    """Whether somebody signs in under this name; upper and lower case make no difference."""
    return User.objects.filter(username__iexact=username).exists()


def give_temporary_password_to(user: User) -> str:
    """A temporary password for somebody new or old; a lock-out by name ends with it."""
    if user.pk is None:
        user.save()
    password = give_temporary_password(user)
    unlock(username=user.username)
    return password


@verb("bodies.change_person", _("修改人员信息"), Role.OFFICE, Role.SYSADMIN)
def change_person(actor: User | None, user: User, name: str, phone: str = "", email: str = "") -> User:
    """Name, office phone and mail; the login name never changes."""
    _manages(actor, user)
    fields = {"name": name.strip(), "phone": phone.strip(), "email": email.strip()}
    if not fields["name"]:
        raise ValidationError({"name": gettext("请填写姓名")})
    before = {key: getattr(user, key) for key in fields}
    for key, value in fields.items():
        setattr(user, key, value)
    user.full_clean(exclude=["password"])
    user.save(update_fields=list(fields))
    changed = [key for key in fields if before[key] != fields[key]]
    record(
        "bodies.change_person",
        user,
        actor=actor,
        before={key: before[key] for key in changed},
        after={key: fields[key] for key in changed},
        body_id=_county_id(user),
    )
    return user


@verb("bodies.appoint", _("任命"), Role.OFFICE, Role.SYSADMIN, body="body.pk", system=True)
def appoint(
    actor: User | None,
    user: User,
    body: Body,
    role: Role,
    since: date,
    until: date | None = None,
    reason: str = "",
) -> RoleHolding:
    """`user` holds `role` in `body` from `since` to `until`, both days included. Nobody appoints themselves."""
    appoints(actor, role, body)
    knows(actor, user)
    if actor is not None and actor.pk == user.pk:
        raise Refused(gettext("不能为自己任职，请由其他管理人员办理"))
    return _hold(actor, user, body, role, since, until, "bodies.appoint", reason)


def _hold(
    actor: User | None,
    user: User,
    body: Body,
    role: Role,
    since: date,
    until: date | None,
    key: str,
    reason: str,
) -> RoleHolding:
    holding = RoleHolding(user=user, body=body, role=role, since=since, until=until)
    holding.full_clean()
    if not holding.fits:
        raise ValidationError(
            {
                "role": gettext("“%(role)s”只能在县级政府任职，不能在%(body)s任职")
                % {"role": Role(role).label, "body": body}
            }
        )
    if until is not None and until < since:
        raise ValidationError({"until": gettext("截止日期不能早于起始日期")})
    if not Body.objects.active(since).filter(pk=body.pk).exists():
        raise ValidationError({"since": gettext("%(body)s在%(since)s不存在") % {"body": body.name, "since": since}})
    User.objects.select_for_update().filter(pk=user.pk).first()  # two who appoint at once do not both find it free
    ends = Q() if until is None else Q(since__lte=until)
    overlap = RoleHolding.objects.filter(
        Q(until__isnull=True) | Q(until__gte=since), ends, user=user, body=body, role=role
    )
    if overlap.exists():
        raise ValidationError(
            gettext("%(user)s在这段时间已任%(body)s%(role)s")
            % {"user": user, "body": body.name, "role": Role(role).label}
        )
    with change(holding, key, actor=actor, reason=reason):
        pass
    keep_in_step(user)
    return holding


@verb("bodies.end_holding", _("免职"), Role.OFFICE, Role.SYSADMIN, Role.LEADER, body="holding.body_id", system=True)
def end_holding(actor: User | None, holding: RoleHolding, until: date, reason: str = "") -> RoleHolding:
    """The role is held to `until`, that day included. A county never loses its last office holder."""
    holding.refresh_from_db()
    appoints(actor, holding.role, holding.body, ending=True)
    if holding.until is not None and holding.until < clock.today():
        raise ValidationError(gettext("该任职已于%(until)s结束") % {"until": holding.until})
    if until < holding.since:
        raise ValidationError({"until": gettext("截止日期不能早于起始日期（%(since)s）") % {"since": holding.since}})
    office_remains(holding, until)
    with change(holding, "bodies.end_holding", actor=actor, reason=reason):
        holding.until = until
    for person in {holding.user, *(deputy.user for deputy in holding.deputies.select_related("user"))}:
        keep_in_step(person)
    return holding


@verb("bodies.name_deputy", _("指定代理人"), *Role, body="holding.body_id")
def name_deputy(
    actor: User | None, holding: RoleHolding, user: User, since: date, until: date, reason: str = ""
) -> Deputy:
    """`user` stands in for the holder on these days. The holder, the body's leader or those who appoint may say so."""
    _may_speak_for(actor, holding)
    if user.pk == holding.user_id:
        raise ValidationError({"user": gettext("代理人不能是任职者本人")})
    if actor is not None and user.pk == actor.pk:
        raise Refused(gettext("不能指定自己为代理人，请由任职者本人或其他管理人员指定"))
    if not RoleHolding.objects.filter(user=user, body__in=Body.objects.of_county(holding.body.root)).exists():
        raise ValidationError({"user": gettext("代理人须是本县有任职的人员")})
    if until < since or since < holding.since or (holding.until is not None and until > holding.until):
        raise ValidationError({"until": gettext("代理日期须在任职期间内，截止日期不得早于起始日期")})
    if holding.deputies.filter(user=user, since__lte=until, until__gte=since).exists():
        raise ValidationError(gettext("%(user)s在这段时间已是代理人") % {"user": user})
    deputy = Deputy(holding=holding, user=user, since=since, until=until)
    deputy.full_clean()
    with change(deputy, "bodies.name_deputy", actor=actor, reason=reason):
        pass
    keep_in_step(user)
    return deputy


@verb("bodies.end_deputy", _("结束代理"), *Role, body="deputy.holding.body_id")
def end_deputy(actor: User | None, deputy: Deputy, until: date, reason: str = "") -> Deputy:
    """The deputy stands in to `until` only; the day before `since` means not at all."""
    deputy.refresh_from_db()
    _may_speak_for(actor, deputy.holding)
    if until >= deputy.until:
        raise ValidationError({"until": gettext("代理本来就到%(until)s为止") % {"until": deputy.until}})
    with change(deputy, "bodies.end_deputy", actor=actor, reason=reason):
        deputy.until = until
    keep_in_step(deputy.user)
    return deputy


def _may_speak_for(actor: User | None, holding: RoleHolding) -> None:
    if actor is not None and actor.pk != holding.user_id:
        appoints(actor, holding.role, holding.body, ending=True)


@verb("bodies.reset_password", _("重置密码"), Role.OFFICE, Role.SYSADMIN)
def reset_password(actor: User | None, user: User) -> str:
    """A temporary password, returned once, to be changed at the next sign-in; the lock-out of the name ends.

    Never one's own, and never by the office for somebody it could not have appointed.
    """
    if actor is not None and actor.pk == user.pk:
        raise Refused(gettext("不能为自己重置密码，请在“账号”中修改密码"))
    _manages(actor, user)
    password = give_temporary_password_to(user)
    record("bodies.reset_password", user, actor=actor, body_id=_county_id(user))
    return password


def _manages(actor: User | None, user: User) -> None:
    """`actor` could have given `user` every role that is held now, own or for another as deputy."""
    knows(actor, user)
    if user.is_superuser and actor is not None and not actor.is_superuser:
        raise Refused(gettext("没有权限：系统总管理员只能由同级管理员维护"))
    today = clock.today()
    own = RoleHolding.objects.filter(Q(until__isnull=True) | Q(until__gte=today), user=user)
    for holding in (*own, *RoleHolding.objects.filter(deputies__user=user, deputies__until__gte=today)):
        appoints(actor, holding.role, holding.body)


def _county_id(user: User) -> int | None:
    holding = RoleHolding.objects.filter(user=user).select_related("body").order_by("-since").first()
    return None if holding is None else holding.body.root.pk
