"""How a column stands: a word, an icon and a colour, the same in lists, numbers and exports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from gongkai.channels.models import Column, ColumnQuerySet
from gongkai.foundation.looks import AMBER, GREEN, GREY, RED, Look


@dataclass(frozen=True, slots=True)
class Standing:
    """A state and the columns that are in it on a day, as a query."""

    look: Look
    among: Callable[[ColumnQuerySet, date], ColumnQuerySet]


BLANK = Look("blank", _("空白栏目"), "slash", "red", RED)
STALE = Look("stale", _("更新不及时"), "clock", "red", RED)
SOON = Look("soon", _("即将到期"), "triangle", "amber", AMBER)
FRESH = Look("fresh", _("更新及时"), "tick", "green", GREEN)
UNRULED = Look("unruled", _("无更新周期"), "dash", "grey", GREY)

STANDINGS: dict[str, Standing] = {
    BLANK.key: Standing(BLANK, lambda columns, on: columns.blank()),
    STALE.key: Standing(STALE, lambda columns, on: columns.stale(on)),
    SOON.key: Standing(SOON, lambda columns, on: columns.soon_stale(on)),
    FRESH.key: Standing(FRESH, lambda columns, on: columns.watched().filter(warn_on__gt=on)),
    UNRULED.key: Standing(UNRULED, lambda columns, on: columns.watched().filter(fed_on__isnull=False, due_on=None)),
}


def look_of(column: Column, on: date) -> Look:
    """How one column stands on the day."""
    if column.fed_on is None:
        return BLANK
    if column.due_on is None or column.warn_on is None:
        return UNRULED
    if column.due_on < on:
        return STALE
    return SOON if column.warn_on <= on else FRESH
