"""核对: what is wrong with one row, from what stands at the places it is linked to (“两张皮”, C1 to C3).

C1: there is content; C2: the link opens; C3: the newest is within the row's own time limit, or “暂无” is said with a
date. Besides: it stands with the body that owes it. The first that fails is the verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _

from gongkai.core.catalogues import Clause, Period
from gongkai.core.workdays import add_months, national
from gongkai.foundation.registries import Content, Standing
from gongkai.standards.models import Link, Row, State

MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


@dataclass(frozen=True, slots=True)
class Seen:
    """A confirmed link and what stands there now; None: the place is gone, or was never looked at."""

    link: Link
    standing: Standing | None
    unseen: bool = False
    problem: str = ""  # why an address outside does not count


@dataclass(frozen=True, slots=True)
class Verdict:
    state: State
    words: str
    newest: Content | None = None
    newest_on: date | None = None
    address: str = ""


def judge(row: Row, seen: Sequence[Seen], today: date) -> Verdict:
    """The verdict on a row; `seen` are its confirmed links."""
    if row.exempt:
        return Verdict(State.EXEMPT, row.exempt_reason)
    if not row.needs_page:
        return Verdict(State.OUTSIDE, _("依申请公开或面向特定群众，须有办理渠道，不须有网页"))
    if not seen:
        return Verdict(State.EMPTY, _("还没有对应的栏目、文章或网页"))
    return _dead(seen) or _unseen(seen) or _filled(row, seen, today)


def _dead(seen: Sequence[Seen]) -> Verdict | None:
    """C2: one that does not open is enough."""
    for one in seen:
        if one.unseen:
            continue
        if one.problem:
            return Verdict(State.DEAD, one.problem, address=one.link.target)
        if one.standing is None:
            return Verdict(State.DEAD, _("“%s”已被删除") % one.link.label)
        if not one.standing.is_open:
            return Verdict(State.DEAD, _("“%s”没有公开或已撤下") % one.standing.label)
    return None


def _unseen(seen: Sequence[Seen]) -> Verdict | None:
    if all(one.unseen for one in seen):
        return Verdict(State.UNSEEN, _("站外网址尚未查看"), address=seen[0].link.target)
    return None


def _filled(row: Row, seen: Sequence[Seen], today: date) -> Verdict:
    standings = [(one, one.standing) for one in seen if one.standing is not None]
    with_content = [(one, standing) for one, standing in standings if standing.count]
    if not with_content:
        said = [(standing.none_on, standing) for _one, standing in standings if standing.none_on]
        if said:
            return _said_none(*max(said, key=lambda pair: pair[0]))
        first = standings[0][1]
        return Verdict(State.EMPTY, _("“%s”里没有公开的内容") % first.label, address=first.address)
    one, standing = max(with_content, key=lambda pair: _day_of(pair[1]))
    newest = standing.newest
    wrong = _wrong_body(row, [standing for _one, standing in with_content])
    if wrong is not None:
        return wrong
    if newest is not None and newest.states_none:
        return _said_none(newest.published_on, standing, newest)
    late = _late(row, one.link, newest, today)
    day = newest.published_on if newest is not None else None
    address = newest.address if newest is not None else standing.address
    if late:
        return Verdict(State.STALE, late, newest, day, address)
    return Verdict(State.OK, _("最新内容：%s") % newest.title if newest else "", newest, day, address)


def _day_of(standing: Standing) -> date:
    return (standing.newest.published_on if standing.newest else None) or date.min


def _said_none(day: date | None, standing: Standing, newest: Content | None = None) -> Verdict:
    words = _("写明暂无，截至 %s") % day if day else _("写明暂无")
    return Verdict(State.NONE, words, newest, day, newest.address if newest else standing.address)


def _wrong_body(row: Row, standings: Sequence[Standing]) -> Verdict | None:
    """Content of another body than the one that owes it, nor in the section of the catalogue's own body."""
    mine = {row.answering_id, row.catalogue.body_id}
    for standing in standings:
        if standing.body_id is not None and standing.body_id not in mine:
            return Verdict(
                State.WRONG, _("“%s”是其他单位的栏目") % standing.label, standing.newest, None, standing.address
            )
    return None


def _late(row: Row, link: Link, newest: Content | None, today: date) -> str:
    """C3 in words, "" when in time or when the limit has no number that a machine can check."""
    clause = row.time_limit.general
    if clause is None or newest is None or newest.published_on is None:
        return ""
    if newest.formed_on is not None and clause.period is not None:
        by = end_of(newest.formed_on, clause.period)
        if newest.published_on > by:
            return _("形成于 %(formed)s，应在 %(by)s 前公开，实际 %(published)s 公开") % {
                "formed": newest.formed_on,
                "by": by,
                "published": newest.published_on,
            }
    if link.standing:
        return ""
    by = next_by(newest.published_on, clause)
    if today > by:
        return _("最新内容发布于 %(published)s，按“%(limit)s”应在 %(by)s 前有新内容或写明暂无") % {
            "published": newest.published_on,
            "limit": row.time_limit.text[:60],
            "by": by,
        }
    return ""


def next_by(published: date, clause: Clause) -> date:
    """The last day on which something published then is the newest in time."""
    if clause.every:
        return add_months(published, MONTHS[clause.every])
    return end_of(published, clause.period) if clause.period else date.max


@lru_cache(maxsize=4096)
def end_of(start: date, period: Period) -> date:
    """The last day of a period that begins on the day after `start`."""
    if period.unit == "workday":
        return national().add_workdays(start, period.n)
    if period.unit in ("month", "year"):
        return add_months(start, period.n * (12 if period.unit == "year" else 1))
    return start + timedelta(days=period.n if period.unit == "day" else 1)
