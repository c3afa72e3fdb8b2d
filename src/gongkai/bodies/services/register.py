"""Bodies come into being, change, are renamed and dissolved."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body, BodyGroup, FormerName, Kind
from gongkai.bodies.sections import group_of, keep_body_in_step
from gongkai.bodies.services.guards import alone_in, cleaned, midnight, names_are_free, not_later_than_today
from gongkai.bodies.signals import body_created, body_ended, body_renamed
from gongkai.foundation.access import Refused, Role, rights_of, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change as changing
from gongkai.foundation.events.services import record
from gongkai.foundation.unique import demand_free, once


@verb("bodies.create_county", _("建立县"), Role.SYSADMIN, system=True)
def create_county(actor: User | None, code: str, name: str, short_names: list[str] | None = None) -> Body:
    """A county, root of a tree of its own; only who administers the whole installation may make one."""
    if actor is not None and rights_of(actor).bodies(Role.SYSADMIN) is not None:
        raise Refused(gettext("没有权限：建立县须由全系统的管理员办理"))
    if Body.objects.filter(kind=Kind.COUNTY, name=name.strip()).exists():
        raise ValidationError({"name": gettext("已有名为“%(name)s”的县") % {"name": name.strip()}})
    county = Body(code=code.strip(), name=name.strip(), short_names=cleaned(short_names or []), kind=Kind.COUNTY)
    return _begin(actor, county, "bodies.create_county", [])


@verb("bodies.create", _("新增单位"), Role.OFFICE, body="parent.pk", system=True)
def create(
    actor: User | None,
    parent: Body,
    code: str,
    name: str,
    kind: Kind,
    short_names: list[str] | None = None,
    credit_code: str = "",
    contact_phone: str = "",
    contact_address: str = "",
    groups: list[BodyGroup] | None = None,
    active_from: date | None = None,
    active_to: date | None = None,
    order: int = 0,
) -> Body:
    """A body below `parent`. code: lower-case letters, digits, dots and hyphens; it never changes afterwards."""
    if kind == Kind.COUNTY:
        raise ValidationError({"kind": gettext("县级政府不能设在其他单位之下")})
    body = Body(
        parent=parent,
        county=parent.root,
        code=code.strip(),
        name=name.strip(),
        kind=kind,
        short_names=cleaned(short_names or []),
        credit_code=credit_code.strip().upper(),
        contact_phone=contact_phone.strip(),
        contact_address=contact_address.strip(),
        active_from=active_from,
        active_to=active_to,
        order=order,
    )
    return _begin(actor, body, "bodies.create", groups or [])


def _begin(actor: User | None, body: Body, key: str, groups: list[BodyGroup]) -> Body:
    alone_in(body)
    _check(body, groups)
    with once(body), changing(body, key, actor=actor):
        body.save()  # groups can be given to what is there already
        body.groups.set(groups)
    group_of(body)
    body_created.send(Body, body=body, actor=actor)
    return body


@verb("bodies.change", _("修改单位信息"), Role.OFFICE, body="body.pk", system=True)
def change(
    actor: User | None,
    body: Body,
    kind: Kind | None = None,
    parent: Body | None = None,
    short_names: list[str] | None = None,
    credit_code: str | None = None,
    contact_phone: str | None = None,
    contact_address: str | None = None,
    groups: list[BodyGroup] | None = None,
    active_from: date | None = None,
    order: int | None = None,
    reason: str = "",
) -> Body:
    """What is None stays as it is. The code never changes, the name by `rename`, the end by `dissolve`."""
    alone_in(body)
    body.refresh_from_db()
    with once(body), changing(body, "bodies.change", actor=actor, reason=reason):
        if kind is not None and kind != body.kind:
            if Kind.COUNTY in (kind, body.kind):
                raise ValidationError({"kind": gettext("县级政府与其他类别之间不能互改")})
            body.kind = kind
        if parent is not None and parent.pk != body.parent_id:
            _can_stand_under(body, parent)
            body.parent = parent
        for name, value in {
            "short_names": None if short_names is None else cleaned(short_names),
            "credit_code": None if credit_code is None else credit_code.strip().upper(),
            "contact_phone": contact_phone,
            "contact_address": contact_address,
            "active_from": active_from,
            "order": order,
        }.items():
            if value is not None:
                setattr(body, name, value)
        _check(body, groups or [])
        if groups is not None:
            body.groups.set(groups)
    return body


@verb("bodies.rename", _("单位更名"), Role.OFFICE, body="body.pk", system=True)
def rename(actor: User | None, body: Body, name: str, on: date, reason: str = "") -> Body:
    """`name` is borne from the day `on`; the old one is kept as a former name, until the day before."""
    alone_in(body)
    body.refresh_from_db()
    former, name = body.name, name.strip()
    if name == former:
        raise ValidationError({"name": gettext("新名称与现名称相同")})
    not_later_than_today(on, gettext("更名日期"))
    last = on - timedelta(days=1)
    with once(body), changing(body, "bodies.rename", actor=actor, reason=reason, effective_at=midnight(on)):
        body.name = name
        _check(body, [])
    body.former_names.filter(name=name).delete()  # an old name taken up again is no former one
    FormerName.objects.create(body=body, name=former, until=last)
    body_renamed.send(Body, body=body, actor=actor, former=former)
    return body


@verb("bodies.add_former_name", _("补录曾用名"), Role.OFFICE, body="body.pk", system=True)
def add_former_name(actor: User | None, body: Body, name: str, until: date | None = None) -> FormerName:
    """A name given up before the register began; `until` is its last day, None when unknown."""
    name = name.strip()
    if not name or name == body.name or body.former_names.filter(name=name).exists():
        raise ValidationError({"name": gettext("“%(name)s”为空，或已是该单位的名称") % {"name": name}})
    former = FormerName(body=body, name=name, until=until)
    former.full_clean()
    former.save()
    record("bodies.add_former_name", body, actor=actor, details={"name": name, "until": until})
    return former


@verb("bodies.dissolve", _("撤销单位"), Role.OFFICE, body="body.pk")
def dissolve(actor: User | None, body: Body, last_day: date, reason: str, into: Body | None = None) -> Body:
    """The body ends with `last_day`; its records and people stay on record, their roles in it end with it.

    into: 并入单位, the body that has its duties from then on.
    """
    alone_in(body)
    body.refresh_from_db()
    if body.kind == Kind.COUNTY:
        raise ValidationError(gettext("县级政府不能撤销"))
    living = body.children.active(last_day + timedelta(days=1)).first()
    if living is not None:
        raise ValidationError(gettext("下级单位%(child)s仍在，请先撤销或划转") % {"child": living.name})
    if into is not None:
        _can_take_over(body, into, last_day)
    with changing(body, "bodies.dissolve", actor=actor, reason=reason):
        body.active_to, body.successor = last_day, into
        _check(body, [])
    keep_body_in_step(body)
    body_ended.send(Body, body=body, actor=actor)
    return body


@verb("bodies.restore", _("恢复单位"), Role.OFFICE, body="body.pk")
def restore(actor: User | None, body: Body, reason: str) -> Body:
    """Take back a dissolution that was entered by mistake."""
    alone_in(body)
    body.refresh_from_db()
    if body.active_to is None:
        raise ValidationError(gettext("该单位没有撤销，无须恢复"))
    with changing(body, "bodies.restore", actor=actor, reason=reason):
        body.active_to, body.successor = None, None
        _check(body, [])
    keep_body_in_step(body)
    body_ended.send(Body, body=body, actor=actor)
    return body


@verb("bodies.create_group", _("新增单位分组"), Role.OFFICE, body="county.pk", system=True)
def create_group(actor: User | None, county: Body, name: str) -> BodyGroup:
    """A set of bodies that a notice may name together."""
    group = BodyGroup(county=county.root, name=name.strip())
    demand_free(group)
    group.full_clean()
    with once(group), changing(group, "bodies.create_group", actor=actor):
        pass
    return group


def _can_stand_under(body: Body, parent: Body) -> None:
    if body.parent_id is None:
        raise ValidationError({"parent": gettext("县级政府没有上级单位")})
    if parent.root.pk != body.root.pk:
        raise ValidationError({"parent": gettext("上级单位须在同一县内")})
    above: Body | None = parent
    while above is not None:
        if above.pk == body.pk:
            raise ValidationError({"parent": gettext("上级单位不能是该单位自己或其下级")})
        above = above.parent


def _can_take_over(body: Body, into: Body, last_day: date) -> None:
    if into.pk == body.pk or into.root.pk != body.root.pk or into.kind == Kind.COUNTY:
        raise ValidationError({"into": gettext("并入单位须是同一县的另一个单位")})
    if not Body.objects.active(last_day + timedelta(days=1)).filter(pk=into.pk).exists():
        raise ValidationError({"into": gettext("%(body)s届时已不存在") % {"body": into.name}})


def _check(body: Body, groups: list[BodyGroup]) -> None:
    names_are_free(body, [body.name, *body.short_names])
    demand_free(body)
    body.full_clean()
    if body.active_from and body.active_to and body.active_to < body.active_from:
        raise ValidationError({"active_to": gettext("撤销日期不能早于成立日期")})
    for group in groups:
        if group.county_id != body.root.pk:
            raise ValidationError({"groups": gettext("分组“%(group)s”不属于该县") % {"group": group.name}})
