"""Rows under known columns become items: a blank cell means "as above", per column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gongkai.core.notices import enumerators, numbering
from gongkai.core.notices.cells import number_in
from gongkai.core.notices.enumerators import Enumerator, Style
from gongkai.core.notices.folding import fold, join_lines
from gongkai.core.notices.headings import Column, Kind
from gongkai.core.notices.model import Finding, Severity
from gongkai.core.notices.rows import Naming, RawItem, RawPlan

_ITEM_STYLES = (Style.ARABIC, Style.ARABIC_BRACKET, Style.CIRCLED, Style.HAN_BRACKET)
_DASH = re.compile(r"[—－\-/／\\]+|无")
_FULL = 0.7  # of the longest line: a shorter one ends its paragraph
_SENTENCE_END = re.compile(r"[。；！？：:;]$")


@dataclass(frozen=True, slots=True)
class Section:
    """A row that only names the part that follows: its text. whole: over all columns, that of groups too."""

    text: str
    whole: bool = False


Row = list[str] | Section


@dataclass(slots=True)
class _State:
    """What the cells above say."""

    group: str = ""
    task: str = ""
    task_mark: int | None = None  # the 序号 that stands beside the task
    namings: tuple[Naming, ...] = ()
    deadline: str | None = None


@dataclass(slots=True)
class _Line:
    """A row with its blanks filled."""

    mark: int | None  # its own 序号, not carried
    number: int | None  # of a number column beside the text
    state: _State
    text: str
    blank: tuple[str, ...]
    goal: str
    extra: list[Naming] = field(default_factory=list)


def items_of(rows: Sequence[Row], columns: Sequence[Column]) -> RawPlan:
    """The items of a table's rows, in order."""
    columns = _below_bands(rows, columns)
    lines = _lines(rows, columns)
    found = [_enumerator(line.text) for line in lines]
    enumerated = 2 * sum(each is not None for each in found) >= max(len(lines), 1)
    marks_are_items = not enumerated and 5 * sum(line.mark is not None for line in lines) >= 4 * len(lines)
    printed = [_printed(line, each, enumerated, marks_are_items) for line, each in zip(lines, found, strict=True)]
    numbers, findings = numbering.settle(printed)
    items = []
    for line, each, number in zip(lines, found, numbers, strict=True):
        text = line.text[each.length :] if each and enumerated else line.text
        items.append(_item(line, number, text, None if marks_are_items else line.state.task_mark))
    findings += _unread(rows, columns)
    return RawPlan(tuple(items), tuple(findings), sum(column.kind is Kind.BODIES for column in columns))


def _below_bands(rows: Sequence[Row], columns: Sequence[Column]) -> Sequence[Column]:
    """Where rows over the whole table name the groups, a lone column of names holds the tasks."""
    bands = any(isinstance(row, Section) and row.whole for row in rows[:-1])
    if not bands or any(column.kind is Kind.TASK for column in columns):
        return columns
    return [replace(column, kind=Kind.TASK) if column.kind is Kind.GROUP else column for column in columns]


def _unread(rows: Sequence[Row], columns: Sequence[Column]) -> list[Finding]:
    """The columns with something in them for which a plan has no place (备注)."""
    filled = [row for row in rows if not isinstance(row, Section)]
    unread = [
        column.heading
        for at, column in enumerate(columns)
        if column.kind is Kind.OTHER and column.heading and any(row[at].strip() for row in filled)
    ]
    message = "这一栏不属于任务、单位和时限，内容未读入"
    return [Finding("unread-column", Severity.INFO, "plan", join_lines(heading), message) for heading in unread]


def _printed(line: _Line, found: Enumerator | None, enumerated: bool, marks_are_items: bool) -> int | None:
    if line.number is not None:
        return line.number
    if enumerated:
        return found.number if found else None
    return line.mark if marks_are_items else None


def _lines(rows: Sequence[Row], columns: Sequence[Column]) -> list[_Line]:
    state = _State()
    lines: list[_Line] = []
    own = _own_number_column(columns)
    has_group = any(column.kind is Kind.GROUP for column in columns)
    for row in rows:
        if isinstance(row, Section):
            state = _State(group=state.group if has_group else row.text, task=row.text if has_group else "")
            continue
        line = _line(row, columns, own, state)
        if not line.text and line.mark is not None and lines and lines[-1].text:
            line.text, line.blank = lines[-1].text, (*line.blank, "text")
        if line.text or not lines:
            lines.append(line)
        else:
            lines[-1].extra += [each for each in line.state.namings if each.text not in ("", *_texts(lines[-1]))]
        state = line.state
    return [line for line in lines if line.text]


def _texts(line: _Line) -> list[str]:
    return [each.text for each in (*line.state.namings, *line.extra)]


def _own_number_column(columns: Sequence[Column]) -> int | None:
    """The column of item numbers that stands right before the text, behind the group or task."""
    text = next(at for at, column in enumerate(columns) if column.kind is Kind.TEXT)
    names_before = any(column.kind in (Kind.GROUP, Kind.TASK) for column in columns[: max(text - 1, 0)])
    return text - 1 if names_before and columns[text - 1].kind is Kind.NUMBER else None


def _line(row: list[str], columns: Sequence[Column], own: int | None, above: _State) -> _Line:
    def value(kind: Kind) -> str:
        return next((cell for cell, column in zip(row, columns, strict=True) if column.kind is kind), "")

    marks = [at for at, column in enumerate(columns) if column.kind is Kind.NUMBER and at != own]
    mark = number_in(row[marks[0]]) if marks else None
    group, task = _name(value(Kind.GROUP), above.group), _name(value(Kind.TASK), above.task)
    if group != above.group and not value(Kind.TASK).strip():
        task = ""
    named_anew = bool(value(Kind.TASK).strip() or value(Kind.GROUP).strip()) and (group, task) != (
        above.group,
        above.task,
    )
    task_mark = mark if mark is not None or named_anew else above.task_mark
    text = text_of(value(Kind.TEXT))
    namings, no_bodies = _namings(row, columns, above)
    deadline, no_deadline = _deadline(value(Kind.DEADLINE), columns, above)
    blank = (("responsible bodies",) if no_bodies else ()) + (("deadline",) if no_deadline else ())
    number = number_in(row[own]) if own is not None else None
    goal = join_lines(value(Kind.GOAL))
    return _Line(mark, number, _State(group, task, task_mark, namings, deadline), text, blank, goal)


def _name(cell: str, above: str) -> str:
    """A group or task: as above when blank, none when a dash."""
    name = join_lines(cell)
    if not name:
        return above
    return "" if _DASH.fullmatch(name) else name


def _namings(row: list[str], columns: Sequence[Column], above: _State) -> tuple[tuple[Naming, ...], bool]:
    """The texts that name bodies; as above, and True, when every such cell is blank."""
    pairs = [(column, cell) for column, cell in zip(columns, row, strict=True) if column.kind is Kind.BODIES]
    if pairs and not any(cell.strip() for _, cell in pairs):
        return above.namings, True
    found = (Naming(column.heading, column.role, cell.strip()) for column, cell in pairs)
    return tuple(each for each in found if each.text and not _DASH.fullmatch(each.text)), False


def _deadline(cell: str, columns: Sequence[Column], above: _State) -> tuple[str | None, bool]:
    if not any(column.kind is Kind.DEADLINE for column in columns):
        return None, False
    text = join_lines(cell)
    if not text:
        return above.deadline if above.deadline is not None else "", True
    return "" if _DASH.fullmatch(text) else text, False


def text_of(cell: str) -> str:
    """An item's text: lines that a cell's width broke are joined, paragraphs stay apart."""
    paragraphs: list[list[str]] = []
    printed = [line.strip() for line in cell.split("\n")]
    full = _FULL * max(map(len, printed))
    for before, line in zip(["", *printed], printed, strict=False):
        broken = len(before) >= full and not _SENTENCE_END.search(before) and not enumerators.parse(line)
        if paragraphs and line and broken:
            paragraphs[-1].append(line)
        elif line:
            paragraphs.append([line])
    return "\n".join(join_lines("\n".join(lines)) for lines in paragraphs)


def _enumerator(text: str) -> Enumerator | None:
    """The item's own enumerator: none when the text lists several points of the same style."""
    found = enumerators.parse(text)
    if found is None or found.style not in _ITEM_STYLES:
        return None
    others = [enumerators.parse(line) for line in text.split("\n")[1:]]
    return None if any(other and other.style is found.style for other in others) else found


def heading(text: str) -> tuple[int | None, str]:
    """A group's or task's number and its name without enumerator and final punctuation."""
    found, name = enumerators.strip(text)
    return (found.number if found else None), fold_end(name)


def fold_end(name: str) -> str:
    return name.rstrip("。.；;：: ") if fold(name[-1:]) in "。；：." else name


def _item(line: _Line, number: int, text: str, mark: int | None) -> RawItem:
    group_number, group = heading(line.state.group)
    task_number, task = heading(line.state.task)
    if mark is not None and (task or not group):
        task_number = mark
    elif mark is not None and group_number is None:
        group_number = mark
    namings = (*line.state.namings, *line.extra)
    return RawItem(
        number, group_number, group, task_number, task, text, namings, line.state.deadline, line.blank, line.goal
    )
