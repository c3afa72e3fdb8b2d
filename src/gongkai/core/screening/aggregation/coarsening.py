"""What to drop or coarsen, in words: the cheapest forms of the columns that point at people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.core.screening.aggregation.kinds import squeeze
from gongkai.core.screening.aggregation.lists import Column
from gongkai.core.screening.aggregation.model import RepairReport
from gongkai.core.screening.aggregation.repair import Form, cheapest
from gongkai.core.screening.aggregation.telling import label
from gongkai.core.screening.aggregation.values import coarse

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


def proposal(columns: Sequence[Column], rows: int, wanted: int, *, every: bool = False) -> RepairReport | None:
    """The cheapest way to groups of `wanted`; None where there is none. every: no column may stay as it is."""
    forms = [list(_forms(column))[every:] for column in columns]
    found = cheapest(forms, rows, wanted)
    if found is None:
        return None
    chosen = ((column, forms[at][level]) for at, (column, level) in enumerate(zip(columns, found.chosen, strict=True)))
    steps = tuple((label(column), _STEPS[form.step]) for column, form in chosen if form.step)
    return RepairReport(steps, found.k, found.cost, found.exact)


def _forms(column: Column) -> Iterator[Form]:
    """The column as it is, then each coarser form. Each is made from the one before, so that groups only merge."""
    kind = column.kind
    assert kind is not None  # noqa: S101 (only recognised columns come here)
    values = [squeeze(value) for value in column.values]
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


def advice(repair: RepairReport | None, wanted: int) -> str:
    """What to do, in words."""
    if repair is None:
        return f"名单不足{wanted}人，任何列都会暴露个人；请不公布名单或只公布汇总数"
    steps = "，".join(f"“{column}”{step}" for column, step in repair.steps)
    return f"{steps}（最小组可达{repair.k}人" + ("，损失最小）" if repair.exact else "）")
