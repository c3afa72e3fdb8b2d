"""The table family: the plan's tables found among a document's, their header rows, and their columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement

from gongkai.core.documents.model import Cell, Table
from gongkai.core.notices import carry, enumerators, headings, numbering
from gongkai.core.notices.align import align
from gongkai.core.notices.carry import Row, Section
from gongkai.core.notices.cells import fit, is_number
from gongkai.core.notices.enumerators import Style
from gongkai.core.notices.folding import join_lines
from gongkai.core.notices.headings import Column, Kind
from gongkai.core.notices.model import Role
from gongkai.core.notices.rows import RawPlan

_ROLE = re.compile("(?:牵头|主办|责任|配合|协办|参与|协同|支持)")  # below 责任单位, in a header's second line
_NOTE = re.compile(r"(?:注|备注|说明)\s*[：:]")
_HEADER_WITHIN = 15  # rows: a sheet has its title and its text above the header
_ITEM_STYLES = (Style.ARABIC, Style.ARABIC_BRACKET, Style.HAN_BRACKET)
Grid = list[list[Cell | None]]


def header_row(table: Table) -> int | None:
    """Which row of a table is the header of a plan, None when none is."""
    for at, row in enumerate(table.grid()[:_HEADER_WITHIN]):
        if headings.is_header(_distinct(row)):
            return at
    return None


def above_header(table: Table, header: int) -> list[str]:
    """The lines of a sheet above its header: title, number, text."""
    end = header - 1 if _section_above(table, header) else header
    return [text for row in table.grid()[:end] for text in _distinct(row) if text.strip()]


def read_tables(tables: Sequence[Table], sections: Sequence[str] = ()) -> RawPlan | None:
    """The plan of one or several tables; one without a header of its own goes on with the one before it.

    `sections` names the part that each table stands under ("" for none), used where a table has no such column.
    """
    parts: list[tuple[list[Column], list[Row]]] = []
    for table, section in zip(tables, sections or [""] * len(tables), strict=True):
        header = header_row(table)
        body = _body(table, header)
        if header is not None:
            found = _columns(table.grid(), header, body)
            if not parts or _kinds(parts[-1][0]) != _kinds(found):
                parts.append((found, []))
        if not parts or (header is None and table.columns != len(parts[-1][0])):
            continue
        columns, rows = parts[-1]
        section = section or _section_above(table, header)
        if section and not any(column.kind is Kind.GROUP for column in columns):
            rows.append(Section(section))
        rows += _rows(body, columns)
    return _joined([carry.items_of(rows, columns) for columns, rows in parts if rows])


def _section_above(table: Table, header: int | None) -> str:
    """The part that a single cell right above the header names, where others like it stand between the rows."""
    grid = table.grid()
    if not header or not _is_banner(grid[header - 1]):
        return ""
    above = enumerators.parse(_distinct(grid[header - 1])[0].strip())
    below = [enumerators.parse(_distinct(row)[0].strip()) for row in grid[header + 1 :] if _is_banner(row)]
    goes_on = above and any(each and each.style is above.style and each.number > above.number for each in below)
    return join_lines(_distinct(grid[header - 1])[0]) if goes_on else ""


def _is_banner(row: Sequence[Cell | None]) -> bool:
    """One cell with a text over the whole row."""
    cells = list(dict.fromkeys(cell for cell in row if cell))
    return len(cells) == 1 and cells[0].column_span > 1 and bool(cells[0].text.strip())


def _kinds(columns: Sequence[Column]) -> list[tuple[Kind, Role]]:
    return [(column.kind, column.role) for column in columns]


def _joined(plans: Sequence[RawPlan]) -> RawPlan | None:
    """One plan of tables whose columns differ; numbers that start anew in each become positions."""
    if len(plans) < 2:
        return plans[0] if plans else None
    items = [item for plan in plans for item in plan.items]
    numbers, findings = numbering.settle([item.number for item in items])
    return RawPlan(
        tuple(replace(item, number=number) for item, number in zip(items, numbers, strict=True)),
        tuple(findings),
        max(plan.body_columns for plan in plans),
    )


def _distinct(row: Iterable[Cell | None]) -> list[str]:
    """A row's texts, a merged cell once."""
    return [cell.text for cell in dict.fromkeys(cell for cell in row if cell)]


def _body(table: Table, header: int | None) -> Grid:
    """The rows under the header, without its second line and its repetitions."""
    grid = table.grid()
    if header is None:
        return grid
    end = _header_end(grid, header)
    labels = set().union(*map(_spellings, grid[header:end]))
    return [row for row in grid[end:] if len(_spellings(row)) < 2 or not _spellings(row) <= labels]


def _header_end(grid: Grid, header: int) -> int:
    """The first row under the header."""
    end = header + 1
    while end < len(grid) and _is_heading(grid[end], grid[header]):
        end += 1
    return end


def _spellings(row: Sequence[Cell | None]) -> set[str]:
    return {headings.spelling(text) for text in _distinct(row)} - {""}


def _is_heading(row: Sequence[Cell | None], above: Sequence[Cell | None]) -> bool:
    """Whether a row is the second line of a header: merged with the line above, or headings itself."""
    own = [
        cell.text for cell, upper in zip(row, above, strict=True) if cell and cell is not upper and cell.text.strip()
    ]
    shared = any(cell and cell is upper for cell, upper in zip(row, above, strict=True))
    return all(headings.classify(text) or _is_role(text) for text in own) and (shared or len(own) > 1)


def _is_role(text: str) -> bool:
    return _ROLE.fullmatch(headings.spelling(text)) is not None


def _columns(grid: Grid, header: int, body: Grid) -> list[Column]:
    """The columns of a table; headings fewer than columns are stretched to fit what the cells hold."""
    width = _usual_width(body)
    labels = _labels(grid, header)[:width]
    if all(labels) and len(labels) == width:
        return headings.columns_of(labels, [_amount(body, at) for at in range(width)])
    samples = [[cell.text for row in body if (cell := row[at]) and cell.text.strip()] for at in range(width)]
    numeric = [at for at in range(width) if samples[at] and all(map(is_number, samples[at]))]
    rest = [at for at in range(width) if at not in numeric]
    words = [label for label in labels if label and headings.classify(label) != "number"]
    return _stretch(words, rest, samples, width) if words and rest else headings.columns_of(labels)


def _amount(body: Grid, at: int) -> int:
    """How much a column says: its characters, merged cells once."""
    cells = dict.fromkeys(cell for row in body if len(row) > at and (cell := row[at]))
    return sum(len(cell.text.strip()) for cell in cells)


def _labels(grid: Grid, header: int) -> list[str]:
    """Each column's heading: the lowest line of the header that has one, "" where none has."""
    labels = []
    body = _header_end(grid, header)
    for column in range(len(grid[0])):
        lines = [label for row in grid[header:body] if (cell := row[column]) and (label := _label(cell.text))]
        plain = [cell.text for row in grid[header : header + 1] if (cell := row[column])]
        labels.append(join_lines((lines or plain or [""])[-1]))
    return labels


def _label(text: str) -> str:
    """A heading, a role alone as that of its bodies; "" for what is none."""
    return text if headings.classify(text) else f"{headings.spelling(text)}单位" if _is_role(text) else ""


def _usual_width(body: Grid) -> int:
    """How many columns most rows have; texts without a grid leave rows short or long."""
    widths = Counter(_width(row) for row in body)
    return widths.most_common(1)[0][0] if widths else 0


def _width(row: Sequence[Cell | None]) -> int:
    return max((at + 1 for at, cell in enumerate(row) if cell), default=0)


def _stretch(words: Sequence[str], at: Sequence[int], samples: Sequence[Sequence[str]], width: int) -> list[Column]:
    """The way of laying headings over columns, in order, that suits the cells best; the columns left are numbers."""
    best: list[Column] = []
    score = -1.0
    for extra in combinations_with_replacement(range(len(words)), max(len(at) - len(words), 0)):
        laid = sorted([*range(len(words)), *extra])[: len(at)]
        columns = headings.columns_of([words[word] for word in laid])
        worth = sum(_suits(column, samples[place]) for column, place in zip(columns, at, strict=True))
        if worth > score:
            best, score = columns, worth
    result = [Column(Kind.NUMBER)] * width
    for column, place in zip(best, at, strict=True):
        result[place] = column
    return result


def _suits(column: Column, cells: Sequence[str]) -> float:
    return sum(fit(column, cell) for cell in cells) / len(cells) if cells else 0.3


def _rows(body: Grid, columns: list[Column]) -> list[Row]:
    rows: list[Row] = []
    at = next(at for at, column in enumerate(columns) if column.kind is Kind.TEXT)
    items_numbered = any(_style(row, at) in _ITEM_STYLES for row in body)
    for row in body:
        texts = [cell.text if cell else "" for cell in row]
        filled = _distinct(row)
        if not any(text.strip() for text in texts) or _is_note(row):
            continue
        if _is_section(row, columns) or (items_numbered and _style(row, at) is Style.HAN and _is_lone(row)):
            whole = _is_banner(row) and len(set(row)) == 1
            rows.append(Section(join_lines(next(text for text in filled if text.strip())), whole=whole))
        elif _width(row) > len(columns):
            rows.append(align(texts[: _width(row)], columns))
        else:
            rows.append((texts + [""] * len(columns))[: len(columns)])
    return rows


def _is_note(row: Sequence[Cell | None]) -> bool:
    return _is_lone(row) and any(_NOTE.match(text.strip()) for text in _distinct(row))


def notes_of(table: Table) -> list[str]:
    """The notes that stand in rows of the table."""
    return [text.strip() for row in table.grid() if _is_note(row) for text in _distinct(row) if text.strip()]


def _style(row: Sequence[Cell | None], at: int) -> Style | None:
    """The style of the number that the text in a column begins with."""
    found = enumerators.parse(cell.text.strip()) if at < len(row) and (cell := row[at]) else None
    return found.style if found else None


def _is_lone(row: Sequence[Cell | None]) -> bool:
    """Whether a row has one text only: 一、深化政策公开 above 1.公开重大政策."""
    return sum(bool(cell.text.strip()) for cell in dict.fromkeys(cell for cell in row if cell)) == 1


def _is_section(row: Sequence[Cell | None], columns: Sequence[Column]) -> bool:
    """One cell across the table, or the text column blank beside a lone heading without bodies."""
    written = [cell for cell in dict.fromkeys(cell for cell in row if cell) if cell.text.strip()]
    if len(written) != 1 or len(columns) < 2:
        return False
    cell = written[0]
    if cell.column_span > 1:
        return cell.column_span >= len(columns) - 1
    return columns[min(cell.column, len(columns) - 1)].kind is Kind.NUMBER and not is_number(cell.text)
