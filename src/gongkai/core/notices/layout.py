"""A plan laid out as its notice prints it: lines, then a table with merged cells. What `read_plan` reads back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from gongkai.core.notices import enumerators, headings
from gongkai.core.notices.enumerators import Style
from gongkai.core.notices.model import Item, Plan
from gongkai.core.notices.targets import read_targets

NONE = "—"  # says that there is none, where a blank would mean "as above"
_NUMBER_STYLES = (Style.ARABIC_BRACKET, Style.ARABIC, Style.HAN_BRACKET, Style.CIRCLED)
_LABELLED = re.compile(r"(?P<label>[^：\s]{2,16})：(?P<text>[^\n：]+)")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in front of the table; `style` is number, title, heading, text or signature."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Area:
    """A cell of the table from row and column 0, the header being row 0."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole: lines, the table's cells and size, and how wide its columns are to each other."""

    lines: tuple[Line, ...]
    areas: tuple[Area, ...]
    rows: int
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: heading ("" goes on with the one before it), width, each item's text, and what keeps rows together."""

    heading: str
    width: int
    text: Callable[[Item], str]
    key: Callable[[Item], object] | None = None


def lay_out(plan: Plan) -> Sheet:
    """The plan in the layout of a breakdown notice."""
    columns = _columns(plan.items)
    areas = _header(columns)
    for at, column in enumerate(columns):
        areas += _column(column, at, plan.items)
    return Sheet(tuple(_lines(plan)), tuple(areas), len(plan.items) + 1, tuple(column.width for column in columns))


def _lines(plan: Plan) -> list[Line]:
    lines = [Line(plan.document_number, "number")] if plan.document_number else []
    if plan.title:
        lines.append(Line(plan.title, "title"))
    if plan.year and not re.search(rf"{plan.year}", f"{plan.title}{plan.document_number or ''}"):
        lines.append(Line(f"（{plan.year}年）", "signature"))
    for each in plan.requirements:
        lines.append(Line(f"{enumerators.render(Style.HAN, each.number)}{each.heading}", "heading"))
        lines += [Line(text, "text") for text in each.text.split("\n") if text]
    if plan.issuer and not plan.title.startswith(plan.issuer):
        lines.append(Line(plan.issuer, "signature"))
    return lines


def _columns(items: Sequence[Item]) -> list[_Column]:
    columns: list[_Column] = []
    tasks = any(item.task for item in items)
    if any(item.task_number for item in items):
        columns.append(_Column("序号", 6, lambda item: str(item.task_number or ""), _task_key))
    if tasks or any(item.group for item in items):
        columns.append(_Column("任务名称", 12, lambda item: _named(item.group_number, item.group), _group_key))
    if tasks:
        columns.append(_Column("", 16, lambda item: item.task, _task_key))
    style = _number_style(items)
    columns.append(_Column("具体内容", 44, lambda item: f"{enumerators.render(style, item.number)}{item.text}"))
    if any(_goal(item) for item in items):
        columns.append(_Column("预期目标", 16, _goal))
    columns += _body_columns(items)
    if any(item.deadline.text for item in items):
        columns.append(_Column("完成时限", 12, lambda item: item.deadline.text or NONE))
    return columns


def _goal(item: Item) -> str:
    """The targets that stand in no text, each in words that say the same again."""
    phrases = []
    for target in item.targets:
        if target not in read_targets(item.text):
            choices = (f"{target.subject}{target.text}", f"{target.text}{target.subject}", target.text)
            phrases.append(next((each for each in choices if read_targets(each) == (target,)), choices[0]))
    return "；".join(phrases)


def _group_key(item: Item) -> object:
    return item.group_number, item.group


def _task_key(item: Item) -> object:
    return item.group_number, item.group, item.task_number, item.task


def _named(number: int | None, name: str) -> str:
    return f"{enumerators.render(Style.HAN, number)}{name}" if number and name else name


def _number_style(items: Sequence[Item]) -> Style:
    """A style of number that no text uses for points of its own."""
    used = {found.style for item in items for line in item.text.split("\n") if (found := enumerators.parse(line))}
    return next((style for style in _NUMBER_STYLES if style not in used), Style.ARABIC_BRACKET)


def _body_columns(items: Sequence[Item]) -> list[_Column]:
    """One column for the bodies, or one for each label when every item names them line by line under labels."""
    labels = _labels(items)
    if not labels:
        return [_Column("责任单位", 36, lambda item: item.assignees_text or NONE)]
    return [_Column(label, 24, _under(label, last=label == labels[-1])) for label in labels]


def _under(label: str, *, last: bool) -> Callable[[Item], str]:
    def text(item: Item) -> str:
        found = {
            match["label"]: match["text"]
            for match in map(_LABELLED.fullmatch, item.assignees_text.split("\n"))
            if match
        }
        return found.get(label, NONE if last and not found else "")

    return text


def _labels(items: Sequence[Item]) -> list[str]:
    """The labels of the body columns in their order; none unless every line of every item has one."""
    order: list[str] = []
    for item in items:
        matches = [_LABELLED.fullmatch(line) for line in item.assignees_text.split("\n") if line]
        labels = [match["label"] for match in matches if match and headings.classify(match["label"]) == "bodies"]
        if len(labels) < len(matches) or len(set(labels)) < len(labels):
            return []
        order += [label for label in labels if label not in order]
    in_order = all(
        [label for label in order if f"{label}：" in item.assignees_text]
        == [line.partition("：")[0] for line in item.assignees_text.split("\n") if line]
        for item in items
    )
    return order if len(order) > 1 and in_order else []


def _header(columns: Sequence[_Column]) -> list[Area]:
    areas = []
    for at, column in enumerate(columns):
        span = 2 if columns[at + 1 : at + 2] and not columns[at + 1].heading else 1
        if column.heading:
            areas.append(Area(0, at, column.heading, columns=span))
    return areas


def _column(column: _Column, at: int, items: Sequence[Item]) -> list[Area]:
    """A column's cells: items with the same key share one; an empty one under a filled one says so."""
    areas: list[Area] = []
    row, above = 1, ""
    key = column.key
    runs = [list(run) for _, run in groupby(items, key=key)] if key else [[item] for item in items]
    for run in runs:
        text = column.text(run[0])
        named = column.heading != "序号" and column.key is not None
        shown = NONE if named and above and not text else text
        areas.append(Area(row, at, shown, rows=len(run)))
        row += len(run)
        above = text
    return areas
