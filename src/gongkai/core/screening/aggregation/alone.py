"""One list judged alone: who can be pointed at, what that gives away, and what would help (4.1, 4.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.core.screening.aggregation.anonymity import Anonymity, Group, anonymity, diversity
from gongkai.core.screening.aggregation.coarsening import advice, proposal
from gongkai.core.screening.aggregation.kinds import Lawful, Role, rules, squeeze
from gongkai.core.screening.aggregation.lists import Column, PeopleList
from gongkai.core.screening.aggregation.model import ColumnReport, GroupReport, ListReport, RepairReport
from gongkai.core.screening.aggregation.telling import label, row_finding
from gongkai.core.screening.aggregation.values import date_parts, excerpt
from gongkai.core.screening.model import Finding, Severity

_CHILD = 14  # years; 个人信息保护法 28
_THEMES = {"health": "健康", "aid": "救助保障", "minors": "未成年人"}
_ROWS_SHOWN = 5
_AGE = re.compile(r"(\d{1,3})(?:周?岁)?")


def judge_alone(listed: PeopleList, wanted: int, as_of: date) -> tuple[ListReport, list[Finding]]:
    """The report of a list and what is wrong with it."""
    themes = listed.themes | ({"minors"} if _has_children(listed, as_of) else frozenset())
    lawful = _lawful(listed, themes)
    quasi = listed.of(Role.QUASI)
    values = [[squeeze(value) for value in column.values] for column in quasi]
    told = anonymity(values, listed.size, wanted)
    named = listed.whole_name() is not None
    pointing = _beyond(quasi, lawful) if named else quasi
    repair = proposal(pointing, listed.size, wanted, every=named) if pointing and told.k < wanted else None
    report = ListReport(
        where="、".join((listed.where, *listed.more)),
        rows=listed.size,
        columns=tuple(map(_column, listed.columns)),
        themes=tuple(sorted(themes)),
        lawful=lawful.basis if lawful else "",
        named=named,
        k=told.k if quasi else None,
        exposed=told.exposed if quasi else 0,
        smallest=tuple(_group(listed, quasi, group) for group in told.smallest) if quasi else (),
        repair=repair,
    )
    findings = [
        *_direct(listed),
        *_named(listed, themes, lawful),
        *(_crowd(listed, pointing, told, wanted, themes, lawful, repair) if pointing else ()),
        *(() if named else _alike(listed, quasi, values)),  # beside whole names nobody need know the group
    ]
    return report, findings


def _has_children(listed: PeopleList, as_of: date) -> bool:
    """Whether an age or a birth date says that somebody is under fourteen."""
    ages = listed.first("age")
    found = map(_AGE.fullmatch, map(squeeze, ages.values)) if ages else iter(())
    if any(match is not None and int(match[1]) < _CHILD for match in found):
        return True
    births = listed.first("birth")
    limit = f"{as_of.year - _CHILD:04}-{as_of.month:02}-{as_of.day:02}"
    return births is not None and any("-".join(filter(None, date_parts(value))) > limit for value in births.values)


def _lawful(listed: PeopleList, themes: frozenset[str]) -> Lawful | None:
    """The ground on which the names may be shown, as far as the title says."""
    if themes & rules().never_lawful:
        return None
    flat = squeeze(listed.title)
    return next((each for each in rules().lawful if each.title.search(flat)), None)


def _beyond(quasi: list[Column], lawful: Lawful | None) -> list[Column]:
    """Beside whole names a place or an amount points at nobody further: what is told of the person beyond does."""
    granted = lawful.details if lawful else ()
    return [column for column in quasi if column.kind and column.kind.key not in granted and column.goes_beyond()]


def _column(column: Column) -> ColumnReport:
    kind = column.kind
    if kind is None:
        return ColumnReport(column.heading, "", "", "", column.masked, column.hidden)
    return ColumnReport(column.heading, kind.key, kind.label, str(column.role), column.masked, column.hidden)


def _group(listed: PeopleList, columns: list[Column], group: Group) -> GroupReport:
    shown = tuple(
        (label(column), excerpt(column.kind, value))
        for column, value in zip(columns, group.values, strict=True)
        if column.kind
    )
    return GroupReport(len(group.rows), shown, tuple(listed.numbers[row] for row in group.rows[:_ROWS_SHOWN]))


def _direct(listed: PeopleList) -> Iterator[Finding]:
    for column in listed.of(Role.DIRECT):
        kind = column.kind
        if kind is None or kind.key == "name":
            continue
        severity = Severity.CONFIRM if kind.key == "phone" else Severity.BLOCK
        row = next((at for at, value in enumerate(column.values) if value.strip()), 0)
        yield row_finding(
            listed, row, "aggregation-direct", severity, excerpt(kind, column.values[row]),
            f"“{label(column)}”列显示完整{kind.label}，每人均可直接识别", "不公布该列，或按规定形式遮蔽",
        )  # fmt: skip


def _named(listed: PeopleList, themes: frozenset[str], lawful: Lawful | None) -> Iterator[Finding]:
    """Whole names beside something sensitive: everybody is a group of one."""
    name = listed.whole_name()
    if name is None or not themes:
        return
    said = "、".join(_THEMES[theme] for theme in sorted(themes))
    row = next((at for at, value in enumerate(name.values) if value.strip()), 0)
    shown = excerpt(rules().kinds["name"], name.values[row])
    if lawful:
        yield row_finding(
            listed, row, "aggregation-named", Severity.CONFIRM, shown,
            f"名单显示完整姓名，并表明其{said}情况；标题所示的公示依据：{lawful.basis}",
            "请核对确属法定公示及其范围（村、社区张贴不等于上网），公示期满及时撤下",
        )  # fmt: skip
    else:
        yield row_finding(
            listed, row, "aggregation-named", Severity.BLOCK, shown,
            f"名单显示完整姓名，并表明其{said}情况，未见须公布姓名的依据", "姓名改为姓氏加**，或不公布敏感列",
        )  # fmt: skip


def _crowd(
    listed: PeopleList,
    pointing: list[Column],
    told: Anonymity,
    wanted: int,
    themes: frozenset[str],
    lawful: Lawful | None,
    repair: RepairReport | None,
) -> Iterator[Finding]:
    """A warning; a block when a group of one stands beside something sensitive, without a ground for names."""
    if told.k >= wanted:
        return
    severity = Severity.BLOCK if told.k == 1 and themes and not lawful else Severity.CONFIRM
    group = _group(listed, listed.of(Role.QUASI), told.smallest[0])
    shown = "，".join(f"{name}={value}" for name, value in group.values if value)
    headings = "、".join(label(column) for column in pointing)
    by = f"姓名已完整公布，另又公布{headings}，超出公示所需，并" if listed.whole_name() else f"凭{headings}"
    yield row_finding(
        listed, told.smallest[0].rows[0], "aggregation-k", severity, shown,
        f"{by}可把人缩小到{told.k}人（应不少于{wanted}人），共{told.exposed}人处在过小的组内",
        advice(repair, wanted),
    )  # fmt: skip


def _alike(listed: PeopleList, quasi: list[Column], values: list[list[str]]) -> Iterator[Finding]:
    for column in listed.of(Role.SENSITIVE):
        if not quasi or len({value for value in column.values if value.strip()}) < 2:
            continue  # a value that everybody shares is what the list is about
        told = diversity(values, [squeeze(value) for value in column.values], listed.size)
        if told.first is not None:
            group = _group(listed, quasi, told.first)
            shown = "，".join(f"{name}={value}" for name, value in group.values if value)
            yield row_finding(
                listed, told.first.rows[0], "aggregation-l", Severity.CONFIRM, shown,
                f"{told.alike}组共{told.people}人，同组的人“{label(column)}”完全相同，知其在组内即知其情况",
                f"“{label(column)}”不公布，或把分组的列改粗",
            )  # fmt: skip
