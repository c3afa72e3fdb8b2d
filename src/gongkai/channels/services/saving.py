"""Sites, columns and accounts are entered and kept up by the openness office."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.channels.models import Account, Column, ColumnClass, Platform, Site
from gongkai.foundation.access import Refused, Role, rights_of, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.unique import demand_free, once

Channel = TypeVar("Channel", Site, Column, Account)


@verb("channels.save_site", _("登记网站"), Role.OFFICE, body="owner.pk", system=True)
def save_site(
    actor: User | None,
    owner: Body,
    name: str,
    url: str,
    identifier: str = "",
    active: bool = True,
    site: Site | None = None,
) -> Site:
    """A new site, or new facts about `site`."""
    if identifier and not (identifier.isascii() and identifier.isdigit() and len(identifier) == 10):
        raise ValidationError({"identifier": gettext("网站标识码应为 10 位数字")})
    entry = _current(actor, site) if site else Site()
    return _save(
        actor, entry, "channels.save_site", owner=owner, name=name, url=url, identifier=identifier, active=active
    )


@verb("channels.save_column", _("登记栏目"), Role.OFFICE, body="owner.pk", system=True)
def save_column(
    actor: User | None,
    site: Site,
    owner: Body,
    name: str,
    url: str = "",
    column_class: ColumnClass = ColumnClass.OTHER,
    max_days: int | None = None,
    active: bool = True,
    column: Column | None = None,
    outdated_days: int | None = None,
) -> Column:
    """A new column of `site`, or new facts about `column`. max_days: longest time between updates, None = no rule.

    Of a column of the own portal site, name, address follow its page and stay.
    """
    if site.owner.root.pk != owner.root.pk:
        raise ValidationError({"site": gettext("栏目与网站须属于同一县")})
    entry = _current(actor, column) if column else Column()
    rule = {"max_days": max_days, "outdated_days": outdated_days}
    place = {} if entry.page_id else {"site": site, "name": name, "url": url}
    return _save(
        actor, entry, "channels.save_column", owner=owner, active=active, column_class=column_class, **place, **rule
    )


@verb("channels.save_account", _("登记新媒体账号"), Role.OFFICE, body="owner.pk", system=True)
def save_account(
    actor: User | None,
    owner: Body,
    name: str,
    platform: Platform,
    handle: str = "",
    active: bool = True,
    account: Account | None = None,
) -> Account:
    """A new account, or new facts about `account`."""
    entry = _current(actor, account) if account else Account()
    facts = {"name": name, "platform": platform, "handle": handle}
    return _save(actor, entry, "channels.save_account", owner=owner, active=active, **facts)


def _current(actor: User | None, entry: Channel) -> Channel:
    """The entry as it stands; whoever changes it must reach the body that has it now, not only the next one."""
    entry.refresh_from_db()
    if actor is not None and not rights_of(actor).holds({Role.OFFICE}, entry.owner_id):
        raise Refused(gettext("没有权限：%(entry)s不属于您所管理的县") % {"entry": entry})
    return entry


def _save(actor: User | None, entry: Channel, key: str, **facts: object) -> Channel:
    with once(entry), change(entry, key, actor=actor):
        for name, value in facts.items():
            setattr(entry, name, value.strip() if type(value) is str else value)
        demand_free(entry)
        entry.full_clean()
    return entry
