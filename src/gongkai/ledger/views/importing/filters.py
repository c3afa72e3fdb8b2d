"""Which rows of the review are shown; the choice lives in the address, each with its count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.registries import Label
from gongkai.ledger.importing.diff import Status
from gongkai.ledger.views.importing.rows import Shown


@dataclass(frozen=True, slots=True)
class Show:
    key: str
    word: Label
    fits: Callable[[Shown], bool]


def _kept(shown: Shown) -> bool:
    return shown.row is not None and not shown.row.dropped


SHOWS = (
    Show("", _("全部"), lambda shown: True),
    Show("open", _("待处理"), lambda shown: shown.waits),
    Show("findings", _("有提示"), lambda shown: bool(shown.issues)),
    Show("incomplete", _("单位未列全"), lambda shown: _kept(shown) and bool(shown.row and shown.row.lacks_bodies)),
    Show("splits", _("可拆分"), lambda shown: _kept(shown) and bool(shown.row and shown.row.proposed)),
    Show("new", _("新增"), lambda shown: shown.status is Status.NEW),
    Show("changed", _("变更"), lambda shown: shown.status is Status.CHANGED),
    Show("removed", _("取消"), lambda shown: shown.status is Status.REMOVED),
    Show("dropped", _("不导入"), lambda shown: bool(shown.row and shown.row.dropped)),
)


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    word: Label
    count: int
    current: bool


def tabs(rows: Sequence[Shown], current: str) -> list[Tab]:
    """The choices that show anything, and the one chosen."""
    counted = ((show, sum(map(show.fits, rows))) for show in SHOWS)
    return [
        Tab(show.key, show.word, count, show.key == current)
        for show, count in counted
        if count or show.key in ("", current)
    ]


def chosen(rows: Sequence[Shown], key: str, at: str) -> list[Shown]:
    """The rows that fit, and the one that is being worked on."""
    show = next((each for each in SHOWS if each.key == key), SHOWS[0])
    return [shown for shown in rows if show.fits(shown) or (shown.row and shown.row.key == at)]
