"""One list judged alone: who can be pointed at, what that gives away, and what would help (4.1, 4.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.core.screening.aggregation.anonymity import Anonymity, Group, anonymity, diversity
from gongkai.core.screening.aggregation.kinds import Role, rules, squeeze
from gongkai.core.screening.aggregation.lists import Column, PeopleList
from gongkai.core.screening.aggregation.model import ColumnReport, GroupReport, ListReport, RepairReport
from gongkai.core.screening.aggregation.repair import Form, cheapest
from gongkai.core.screening.aggregation.telling import row_finding
from gongkai.core.screening.aggregation.values import coarse, date_parts, excerpt
from gongkai.core.screening.model import Finding, Severity

_CHILD = 14  # years; 个人信息保护法 28
_STEPS = {
    "drop": "不公布",
    "surname": "只留姓氏",
    "year": "只留年份",
    "month": "只留年月",
    "decade": "只留年代（十年一段）",
    "band": "改为分段",
    "village": "只到村（社区）",
    "township": "只到乡镇（街道）",
}
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
    repair = _repair(quasi, values, listed.size, wanted) if quasi and told.k < wanted else None
    report = ListReport(
        where="、".join((listed.where, *listed.more)),
        rows=listed.size,
        columns=tuple(map(_column, listed.columns)),
        themes=tuple(sorted(themes)),
        lawful=lawful,
        k=told.k if quasi else None,
        exposed=told.exposed if quasi else 0,
        smallest=tuple(_group(listed, quasi, group) for group in told.smallest) if quasi else (),
        repair=repair,
    )
    findings = [
        *_direct(listed),
        *_named(listed, themes, lawful),
        *(_crowd(listed, quasi, told, wanted, themes, lawful, repair) if quasi else ()),
        *_alike(listed, quasi, values),
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


def _lawful(listed: PeopleList, themes: frozenset[str]) -> str:
    """The ground on which the names may be shown, as far as the title says, "" for none."""
    if themes & rules().never_lawful:
        return ""
    flat = squeeze(listed.title)
    return next((each.basis for each in rules().lawful if each.title.search(flat)), "")


def _column(column: Column) -> ColumnReport:
    kind = column.kind
    if kind is None:
        return ColumnReport(column.heading, "", "", "", column.masked, column.hidden)
    return ColumnReport(column.heading, kind.key, kind.label, str(column.role), column.masked, column.hidden)


def label(column: Column) -> str:
    name = column.heading or (column.kind.label if column.kind else "")
    return f"{name}（隐藏）" if column.hidden else name


def _group(listed: PeopleList, columns: list[Column], group: Group) -> GroupReport:
    shown = tuple(
        (label(column), excerpt(column.kind, value))
        for column, value in zip(columns, group.values, strict=True)
        if column.kind
    )
    return GroupReport(len(group.rows), shown, tuple(listed.numbers[row] for row in group.rows[:_ROWS_SHOWN]))


def _repair(columns: list[Column], values: list[list[str]], rows: int, wanted: int) -> RepairReport | None:
    forms = [list(_forms(column, shown)) for column, shown in zip(columns, values, strict=True)]
    found = cheapest(forms, rows, wanted)
    if found is None:
        return None
    steps = tuple(
        (label(column), _STEPS[forms[at][level].step])
        for at, (column, level) in enumerate(zip(columns, found.chosen, strict=True))
        if level
    )
    return RepairReport(steps, found.k, found.cost, found.exact)


def _forms(column: Column, values: list[str]) -> Iterator[Form]:
    """The column as it is, then each coarser form. Each is made from the one before, so that groups only merge."""
    kind = column.kind
    assert kind is not None  # noqa: S101 (only recognised columns come here)
    yield Form("", 0, values)
    current = {value: value for value in dict.fromkeys(values)}
    for step in kind.ladder:
        made = {value: coarse(kind, step.to, value) for value in current}
        merged: dict[str, str] = {}
        for value, before in current.items():
            merged.setdefault(before, made[value])
        further = {value: merged[before] for value, before in current.items()}
        if step.to != "drop" and (further == current or not any(further.values())):
            continue  # nothing becomes coarser by it, or nothing is left
        current = further
        yield Form(step.to, step.cost, [current[value] for value in values])


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


def _named(listed: PeopleList, themes: frozenset[str], lawful: str) -> Iterator[Finding]:
    """Whole names beside something sensitive: everybody is a group of one."""
    name = listed.first("name")
    if name is None or name.masked or not themes:
        return
    said = "、".join(_THEMES[theme] for theme in sorted(themes))
    row = next((at for at, value in enumerate(name.values) if value.strip()), 0)
    shown = excerpt(rules().kinds["name"], name.values[row])
    if lawful:
        yield row_finding(
            listed, row, "aggregation-named", Severity.CONFIRM, shown,
            f"名单显示完整姓名，并表明其{said}情况；标题所示的公示依据：{lawful}",
            "请核对确属法定公示及其范围（村、社区张贴不等于上网），公示期满及时撤下",
        )  # fmt: skip
    else:
        yield row_finding(
            listed, row, "aggregation-named", Severity.BLOCK, shown,
            f"名单显示完整姓名，并表明其{said}情况，未见须公布姓名的依据", "姓名改为姓氏加**，或不公布敏感列",
        )  # fmt: skip


def _crowd(
    listed: PeopleList,
    quasi: list[Column],
    told: Anonymity,
    wanted: int,
    themes: frozenset[str],
    lawful: str,
    repair: RepairReport | None,
) -> Iterator[Finding]:
    """A warning; a block when a group of one stands beside something sensitive, without a ground for names."""
    if told.k >= wanted:
        return
    severity = Severity.BLOCK if told.k == 1 and themes and not lawful else Severity.CONFIRM
    group = _group(listed, quasi, told.smallest[0])
    shown = "，".join(f"{name}={value}" for name, value in group.values if value)
    headings = "、".join(label(column) for column in quasi)
    yield row_finding(
        listed, told.smallest[0].rows[0], "aggregation-k", severity, shown,
        f"凭{headings}可把人缩小到{told.k}人（应不少于{wanted}人），共{told.exposed}人处在过小的组内",
        advice(repair, wanted),
    )  # fmt: skip


def advice(repair: RepairReport | None, wanted: int) -> str:
    """What to do, in words."""
    if repair is None:
        return f"名单不足{wanted}人，任何列都会暴露个人；请不公布名单或只公布汇总数"
    steps = "，".join(f"“{column}”{step}" for column, step in repair.steps)
    return f"{steps}（最小组可达{repair.k}人" + ("，损失最小）" if repair.exact else "）")


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
