"""Reminding those who feed a column, before it is stale and when it is."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.bodies.selectors import holders
from gongkai.channels.models import Column
from gongkai.foundation.access import Role
from gongkai.foundation.notifications import Kind, kinds
from gongkai.foundation.notifications.services import notify

DUTY = kinds.register(Kind("portal.duty", _("栏目需要更新")))
NAMED = 3  # columns named in one notice


def remind(on: date) -> int:
    """One notice to the clerks of each body, for its columns that became soon stale, stale or that are blank.

    A column is named again only when its day changes; what is blank once a month. How many columns were named.
    """
    columns = Column.objects.soon_stale(on) | Column.objects.stale(on) | Column.objects.blank()
    by_body: dict[int, list[Column]] = {}
    for column in columns.select_related("owner__county", "site").order_by("owner_id", "due_on", "pk"):
        by_body.setdefault(column.owner_id, []).append(column)
    return sum(_tell(found[0].owner, found, on) for found in by_body.values())


def _tell(body: Body, columns: list[Column], on: date) -> int:
    names = "、".join(column.name for column in columns[:NAMED])
    more = gettext("等") if len(columns) > NAMED else ""
    notify(
        holders(body, Role.CLERK, on=on),
        DUTY,
        ngettext("%d 个栏目需要更新", "%d 个栏目需要更新", len(columns)) % len(columns),
        meaning=gettext("%(body)s：%(names)s%(more)s空白、已超过或者即将超过更新期限")
        % {"body": body.name, "names": names, "more": more},
        todo=gettext("请发布新的内容；确实没有内容的，声明暂无"),
        link=f"{reverse('portal_duty')}?owner={body.pk}",
        once=f"portal.duty:{body.pk}:{_mark(columns, on)}",
    )
    return len(columns)


def _mark(columns: list[Column], on: date) -> str:
    """The same as long as the same columns wait for the same days, within a month."""
    newest = max((column.warn_on for column in columns if column.warn_on), default=None)
    return f"{on:%Y-%m}:{len(columns)}:{newest or ''}"
