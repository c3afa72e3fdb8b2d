"""核对: what is wrong with one row, from what stands at the places it is linked to (“两张皮”, C1 to C3).

C1: there is content; C2: the link opens; C3: the newest is within the row's own time limit, or “暂无” is said with a
date. Besides: it stands with the body that owes it. Everything that fails is told, the gravest first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from gongkai.core.catalogues import Period, end_of, in_time_since
from gongkai.foundation.registries import Content, Standing
from gongkai.standards.models import GAPS, Link, Row, State


@dataclass(frozen=True, slots=True)
class Seen:
    """A confirmed link and what stands there now; None: the place is gone, or was never looked at."""

    link: Link
    standing: Standing | None
    unseen: bool = False
    problem: str = ""  # why an address outside does not count


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with a row, in words, and where."""

    state: State
    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """state: the gravest of `flaws`, else what the row is; newest: the content by which it was judged."""

    state: State
    words: str
    newest: Content | None = None
    newest_on: date | None = None
    address: str = ""
    flaws: tuple[Flaw, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """An open place with content in it."""

    link: Link
    standing: Standing

    @property
    def day(self) -> date:
        return (self.standing.newest.published_on if self.standing.newest else None) or date.min


def judge(row: Row, seen: Sequence[Seen], today: date, meant: Collection[int] = ()) -> Verdict:
    """The verdict on a row; `seen` are its confirmed links, `meant` the bodies that a 公开主体 of several names."""
    if row.exempt:
        return Verdict(State.EXEMPT, row.exempt_reason)
    if not row.needs_page:
        return Verdict(State.OUTSIDE, _("依申请公开或面向特定群众，须有办理渠道，不须有网页"))
    held = [Held(one.link, one.standing) for one in _opened(seen) if one.standing is not None and one.standing.count]
    right = {row.answering_id, row.catalogue.body_id, *meant}
    best = _best(held, right)
    flaws = _gravest_first([*_dead(seen), *_empty(seen, held, best), *_strange(held, right), *_late(row, best, today)])
    if flaws:
        gravest = flaws[0]
        newest = best.standing.newest if best is not None else None
        day = newest.published_on if newest is not None else None
        return Verdict(gravest.state, gravest.words, newest, day, gravest.address, flaws)
    if all(one.unseen for one in seen):
        return Verdict(State.UNSEEN, _("站外网址尚未查看"), address=seen[0].link.target)
    return _good(seen, best)


def _opened(seen: Sequence[Seen]) -> list[Seen]:
    return [one for one in seen if not one.unseen and not one.problem and one.standing and one.standing.is_open]


def _best(held: Sequence[Held], right: Collection[int]) -> Held | None:
    """What the row is judged by: the newest of those it may stand with, else of all."""
    own = [one for one in held if one.standing.body_id is None or one.standing.body_id in right]
    return max(own or held, key=lambda one: one.day, default=None)


def _gravest_first(flaws: Sequence[Flaw]) -> tuple[Flaw, ...]:
    """One of each kind, several places of it in one."""
    found = []
    for state in GAPS:
        alike = [one for one in flaws if one.state == state]
        if alike:
            found.append(Flaw(state, "；".join(dict.fromkeys(one.words for one in alike)), alike[0].address))
    return tuple(found)


def _dead(seen: Sequence[Seen]) -> Iterator[Flaw]:
    """C2: each that does not open."""
    for one in seen:
        if one.unseen:
            continue
        if one.problem:
            yield Flaw(State.DEAD, one.problem, one.link.target)
        elif one.standing is None:
            yield Flaw(State.DEAD, _("“%s”已被删除") % one.link.label)
        elif not one.standing.is_open:
            yield Flaw(State.DEAD, _("“%s”没有公开或已撤下") % one.standing.label)


def _empty(seen: Sequence[Seen], held: Sequence[Held], best: Held | None) -> Iterator[Flaw]:
    """C1: nothing at all. Where nothing opens, that is what is wrong, not that it is empty."""
    if not seen:
        yield Flaw(State.EMPTY, _("还没有对应的栏目、文章或网页"))
    elif best is not None:
        newest = best.standing.newest
        if newest is not None and newest.states_none and newest.published_on is None:
            yield Flaw(State.EMPTY, _("“%s”写了暂无，但没有写明日期") % newest.title, newest.address)
    else:
        opened = [one.standing for one in _opened(seen) if one.standing is not None]
        if opened and not any(one.none_on for one in opened):
            yield Flaw(State.EMPTY, _("“%s”里没有公开的内容") % opened[0].label, opened[0].address)


def _strange(held: Sequence[Held], right: Collection[int]) -> Iterator[Flaw]:
    """Content of another body than those that owe it, nor in the section of the catalogue's own body."""
    for one in held:
        if one.standing.body_id is not None and one.standing.body_id not in right:
            yield Flaw(State.WRONG, _("“%s”是其他单位的栏目") % one.standing.label, one.standing.address)


def _late(row: Row, best: Held | None, today: date) -> Iterator[Flaw]:
    """C3, when the limit has a number that a machine can check."""
    newest = best.standing.newest if best is not None else None
    if best is None or newest is None or newest.published_on is None or newest.states_none:
        return
    words = _late_words(row, best.link, newest, newest.published_on, today)
    if words:
        yield Flaw(State.STALE, words, newest.address)


def _late_words(row: Row, link: Link, newest: Content, published: date, today: date) -> str:
    clause = row.time_limit.general
    if clause is None:
        return ""
    if newest.formed_on is not None and clause.period is not None:
        by = _end_of(newest.formed_on, clause.period)
        if published > by:
            told = {"formed": newest.formed_on, "by": by, "published": published}
            return _("形成于 %(formed)s，应在 %(by)s 前公开，实际 %(published)s 公开") % told
    if link.standing:
        return ""
    said = {"published": published, "limit": row.time_limit.text[:60]}
    if clause.every:
        since = in_time_since(clause, today)
        if published < since:
            words = _("最新内容发布于 %(published)s，按“%(limit)s”应有 %(since)s 以后的内容或写明暂无")
            return words % {**said, "since": since}
    elif clause.period is not None and today > (by := _end_of(published, clause.period)):
        return _("最新内容发布于 %(published)s，按“%(limit)s”应在 %(by)s 前有新内容或写明暂无") % {**said, "by": by}
    return ""


def _good(seen: Sequence[Seen], best: Held | None) -> Verdict:
    if best is None:
        said = [(one.standing.none_on, one.standing) for one in _opened(seen) if one.standing and one.standing.none_on]
        latest, standing = max(said, key=lambda pair: pair[0])
        return Verdict(State.NONE, _("写明暂无，截至 %s") % latest, None, latest, standing.address)
    newest = best.standing.newest
    if newest is None:
        return Verdict(State.OK, "", address=best.standing.address)
    if newest.states_none:
        day = newest.published_on
        return Verdict(State.NONE, _("写明暂无，截至 %s") % day, newest, day, newest.address)
    return Verdict(State.OK, _("最新内容：%s") % newest.title, newest, newest.published_on, newest.address)


@lru_cache(maxsize=4096)
def _end_of(start: date, period: Period) -> date:
    """Many rows ask for the same days."""
    return end_of(start, period)
