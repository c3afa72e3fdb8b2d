"""Holding a workbook against the sample tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongkai.core.budgets.rounding import is_sum
from gongkai.core.budgets.samples import Sample, samples
from gongkai.core.budgets.sheets import Number, Sheet, number, plain, sheets
from gongkai.core.documents import Cell, Document

LEVELS = (3, 5, 7)  # digits of 类, 款, 项 (政府收支分类科目)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and in which cell; of a missing table both are ""."""

    sheet: str
    cell: str
    message: str

    def __str__(self) -> str:
        return f"工作表“{self.sheet}”{self.cell}：{self.message}" if self.sheet else self.message


Tables = Mapping[str, Sheet]


def verify(documents: Sequence[Document], kind: str) -> list[Problem]:
    """The problems of a `budget` or `accounts` in its workbooks: missing tables first, then wrong sums."""
    found = _found(documents)
    missing = [one for one in samples() if kind in one.required and one.name not in found]
    problems = [Problem("", "", f"缺少样表“{one.name}”，没有数据的也应列出空表并说明") for one in missing]
    for sample in samples():
        if sample.name in found:
            problems += _wrong(sample, found[sample.name], found)
    return problems


def stated(documents: Sequence[Document]) -> dict[str, tuple[str, Number]]:
    """The main figures of the tables by their name: the table that says each, and its number."""
    found = _found(documents)
    return {
        fact: (sample.name, number)
        for sample in samples()
        for fact, label in sample.facts.items()
        if sample.name in found and (number := found[sample.name].beside(label)) is not None
    }


def _found(documents: Sequence[Document]) -> dict[str, Sheet]:
    """The sample tables that there are by their names; one that holds numbers goes before one that does not."""
    found: dict[str, Sheet] = {}
    for sheet in sorted((one for document in documents for one in sheets(document)), key=Sheet.is_blank):
        sample = next((one for one in samples() if one.is_called(sheet.titles)), None)
        if sample is not None:
            found.setdefault(sample.name, sheet)
    return found


def _wrong(sample: Sample, sheet: Sheet, tables: Tables) -> Iterator[Problem]:
    if sheet.is_blank() and not sheet.says_none():
        yield Problem(sheet.name, "", f"样表“{sample.name}”没有数据，应在表中写明（如“本单位无此项，此表为空”）")
    for rule in sample.rules:
        for name, arguments in rule.items():
            yield from _RULES[name](sheet, arguments, tables)


def _labels(sheet: Sheet, rule: Mapping[str, Any], tables: Tables) -> Iterator[Problem]:
    parts = {label: found for label in rule["parts"] if (found := sheet.beside(label)) is not None}
    total = sheet.beside(rule["total"])
    if total is not None and parts:
        yield from _compare(sheet, rule["total"], total, "、".join(parts), list(parts.values()))


def _equal(sheet: Sheet, labels: Sequence[str], tables: Tables) -> Iterator[Problem]:
    first = sheet.beside(labels[0])
    for label in labels[1:]:
        table, _, name = label.rpartition(":")
        other = tables[table].beside(name) if table in tables else (None if table else sheet.beside(name))
        if first is not None and other is not None and first.value != other.value:
            place = f"“{table}”中的“{name}”" if table else f"“{name}”"
            told = f"“{labels[0]}”为{first.value:,}，{place}（{other.address}）为{other.value:,}，两者应相等"
            yield Problem(sheet.name, first.address, told)


def _columns(sheet: Sheet, rule: Mapping[str, Any], tables: Tables) -> Iterator[Problem]:
    columns = sheet.columns()
    parts = [label for label in rule["parts"] if label in columns]
    if rule["total"] not in columns or not parts:
        return
    for row in sheet.rows:
        total = number(row[columns[rule["total"]]])
        values = [found for label in parts if (found := number(row[columns[label]])) is not None]
        if total is not None and values:
            yield from _compare(sheet, rule["total"], total, "、".join(parts), values)


def _codes(sheet: Sheet, rule: Mapping[str, Any], tables: Tables) -> Iterator[Problem]:
    """Level by level: 合计 of 类, 类 of 款, 款 of 项; where a level is not broken down further, nothing is asked."""
    columns = sheet.columns()
    first = columns.get(rule["code"])
    if first is None:
        return
    at = first + 2 if {"类", "款", "项"} <= columns.keys() else first  # the last column of the code
    coded = {code: row for row in sheet.rows if len(code := "".join(map(_code, row[first : at + 1]))) in LEVELS}
    whole = next((row for row in sheet.rows if _is_total(row[: at + 2]) and any(map(number, row))), None)
    above = [("合计", whole, [row for code, row in coded.items() if len(code) == LEVELS[0]])] if whole else []
    for code, row in coded.items():
        below = [other for key, other in coded.items() if key.startswith(code) and len(key) == _next(len(code))]
        above.append((code, row, below))
    for label, row, below in above:
        for column in range(at + 1, len(row) if below else 0):
            total = number(row[column])
            values = [found for one in below if (found := number(one[column])) is not None]
            if total is not None and values:
                yield from _compare(sheet, label, total, "其下各科目", values)


def _is_total(cells: Sequence[Cell | None]) -> bool:
    return any(cell is not None and plain(cell.text) == "合计" for cell in cells)


def _code(cell: Cell | None) -> str:
    text = cell.text.strip() if cell is not None else ""
    return text if text.isascii() and text.isdecimal() else ""


def _next(length: int) -> int:
    return LEVELS[LEVELS.index(length) + 1] if length != LEVELS[-1] else 0


def _compare(sheet: Sheet, label: str, total: Number, parts: str, values: Sequence[Number]) -> Iterator[Problem]:
    if not is_sum(total.value, [one.value for one in values]):
        added = sum((one.value for one in values), Decimal(0))
        told = f"“{label}”为{total.value:,}，{parts}相加为{added:,}，相差{total.value - added:,}"
        yield Problem(sheet.name, total.address, told)


_RULES: dict[str, Callable[[Sheet, Any, Tables], Iterator[Problem]]] = {
    "labels": _labels,
    "equal": _equal,
    "columns": _columns,
    "codes": _codes,
}
