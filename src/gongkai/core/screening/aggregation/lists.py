"""The lists of people in a document: tables with a heading row, columns recognised, rows put together over pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.core.documents import Cell, Document, Paragraph
from gongkai.core.screening.aggregation.kinds import (
    Kind,
    Role,
    is_masked,
    kind_of_content,
    kind_of_heading,
    owner,
    rules,
    spelling,
    squeeze,
)
from gongkai.core.screening.aggregation.unfolded import Unfolded, is_hidden, tables_of

_HEADING_WITHIN = 4  # rows from the top
_TOTALS = ("合计", "总计", "小计", "共计", "制表", "填表", "审核", "注：", "备注")
_LOOKED_AT = 200  # values that tell what a column without a heading holds
_TITLE_WITHIN = 8  # paragraphs above the table


@dataclass(slots=True)
class Column:
    """One column of a list. masked: most of its values hide something; hidden: the printed sheet does not show it."""

    heading: str
    kind: Kind | None
    values: list[str]
    masked: bool = False
    hidden: bool = False

    @property
    def role(self) -> Role | None:
        """A direct identifier that is masked only helps to point at somebody."""
        if self.kind is None:
            return None
        return Role.QUASI if self.kind.role is Role.DIRECT and self.masked else self.kind.role

    def goes_beyond(self) -> bool:
        """Tells of a person what the posting of a name does not need."""
        rule = self.kind.beyond if self.kind else None
        if rule is None or not rule.heading.search(self.heading):
            return False
        return any(rule.value.fullmatch(squeeze(value)) for value in self.values)


@dataclass(slots=True)
class PeopleList:
    """One list of people in a document; `starts`, `ends` and `numbers` say where each of its rows stands."""

    title: str
    where: str
    inside: str
    columns: list[Column]
    starts: list[int]
    ends: list[int]
    numbers: list[str]
    themes: frozenset[str] = frozenset()
    more: list[str] = field(default_factory=list)  # where else its rows stand

    @property
    def size(self) -> int:
        return len(self.starts)

    def of(self, *roles: Role) -> list[Column]:
        return [column for column in self.columns if column.role in roles]

    def whole_name(self) -> Column | None:
        """The column that shows names in full."""
        return next((one for one in self.of(Role.DIRECT) if one.kind is not None and one.kind.key == "name"), None)

    def all(self, key: str) -> list[Column]:
        return [column for column in self.columns if column.kind is not None and column.kind.key == key]

    def same(self, key: str) -> list[Column]:
        """The columns of a kind that are of the same person as the first."""
        found = self.all(key)
        return [column for column in found if owner(column.heading) == owner(found[0].heading)]

    def first(self, key: str) -> Column | None:
        return next(iter(self.all(key)), None)


def lists(document: Document, about: str = "") -> list[PeopleList]:
    """Every list of people, hidden ones and those of files inside the file too.

    Tables of one file with the same headings one after another are one list (pages, sheets by village). about: what is
    said of the file where it is published, read as part of every title.
    """
    found: list[PeopleList] = []
    for table in tables_of(document):
        read = _read(document, table, about)
        if read is None:
            continue
        if found and _goes_on(found[-1], read):
            _append(found[-1], read)
        else:
            found.append(read)
    for each in found:
        for column in each.columns:
            _settle(column)
        each.themes = _themes(each)
    return [each for each in found if _is_of_people(each)]


def _goes_on(first: PeopleList, second: PeopleList) -> bool:
    """The same headings and the same masks: with other masks it may be the same people once more."""
    headings = [[column.heading for column in one.columns] for one in (first, second)]
    forms = zip(map(_form, first.columns), map(_form, second.columns), strict=False)
    masked_alike = all(not one or not other or one == other for one, other in forms)
    return headings[0] == headings[1] and first.inside == second.inside and masked_alike


def _form(column: Column) -> str:
    """How the first masked number of a column is masked, "" for none."""
    masked = (value for value in map(squeeze, column.values) if is_masked(value) and any(map(str.isdigit, value)))
    return next((re.sub(r"\d|(?<=\d)[xX]$", "0", value) for value in masked), "")


def _read(document: Document, table: Unfolded, about: str) -> PeopleList | None:
    grid = table.rows
    at = _heading_row(grid)
    kept = [index for index in range(table.columns) if any(_text(row[index]).strip() for row in grid)]
    headings = [_line(grid[at][index]) if at >= 0 else "" for index in kept]
    span = _repeated(headings)
    sides = [kept[first : first + span] for first in range(0, len(kept), span)]
    halves = ([row[index] for index in side] for side in sides for row in grid[at + 1 :])
    rows = [row for row in halves if _is_entry(row, headings[:span])]
    if not rows:
        return None
    hidden = {index for side in sides for index, at in enumerate(side) if at in table.hidden}
    columns = [
        Column(heading, None, [_text(row[index]) for row in rows], hidden=index in hidden)
        for index, heading in enumerate(headings[:span])
    ]
    cells = [_shown(row) for row in rows]
    where = f"工作表“{table.place.sheet}”" if table.place.sheet else f"第{table.place.table}个表格"
    return PeopleList(
        title="\n".join(filter(None, (about, _title(document, table, max(at, 1))))),
        where=f"{table.place.inside}中的{where}" if table.place.inside else where,
        inside=table.place.inside,
        columns=columns,
        starts=[min(cell.start for cell in row) for row in cells],
        ends=[max(cell.start + len(cell.text) for cell in row) for row in cells],
        numbers=[_row_number(row) for row in cells],
    )


def _repeated(headings: Sequence[str]) -> int:
    """After how many columns the headings begin anew: lists are printed side by side to save paper."""
    for span in range(2, len(headings) // 2 + 1):
        if len(headings) % span == 0 and headings[span:] == headings[:-span] and any(headings):
            return span
    return max(1, len(headings))


def _shown(row: Sequence[Cell | None]) -> list[Cell]:
    """Where the row stands: its hidden cells are far behind it in the text, and count only where it has no others."""
    filled = [cell for cell in row if cell is not None]
    return [cell for cell in filled if not is_hidden(cell)] or filled


def _text(cell: Cell | None) -> str:
    return cell.text if cell is not None else ""


def _line(cell: Cell | None) -> str:
    return " ".join(_text(cell).split())


def _heading_row(grid: Sequence[Sequence[Cell | None]]) -> int:
    """The row with most known headings, the lowest of equals (headings of two levels); -1 when there is none."""
    best, at = 0, -1
    for index, row in enumerate(grid[:_HEADING_WITHIN]):
        known = sum(cell is not None and kind_of_heading(cell.text) is not None for cell in row)
        if known >= max(best, 1) and (known > 1 or _only_words(row)):
            best, at = known, index
    return at


def _only_words(row: Sequence[Cell | None]) -> bool:
    """Every column has a word over it, none a figure: headings, also where only one of them is known."""
    texts = [_text(cell).strip() for cell in row]
    return len(set(texts)) == len(row) > 2 and all(text and not any(map(str.isdigit, text)) for text in texts)


def _is_entry(row: Sequence[Cell | None], headings: Sequence[str]) -> bool:
    """Not blank, no total, no repeated heading, no line over the whole width."""
    filled = [cell for cell in row if cell is not None and cell.text.strip()]
    if len({id(cell) for cell in filled}) < 2 or squeeze(filled[0].text).startswith(_TOTALS):
        return False
    return [_line(cell) for cell in row] != headings


def _row_number(cells: Sequence[Cell]) -> str:
    first = cells[0].place
    if first.cell:
        return first.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return str(first.row)


def _title(document: Document, table: Unfolded, heading: int) -> str:
    """The first paragraphs, the nearest ones above the table, the sheet, and single lines over the heading."""
    above: list[str] = []
    for block in document.blocks:
        if block is table.table:
            break
        if isinstance(block, Paragraph) and block.place.inside == table.place.inside:
            above.append(block.text)
    return "\n".join(
        [*above[:_TITLE_WITHIN], *above[_TITLE_WITHIN:][-2:], *_single(table.rows[:heading]), table.place.sheet or ""]
    )


def _single(rows: Sequence[Sequence[Cell | None]]) -> list[str]:
    """Rows in which one text stands, over however many columns."""
    texts = [list(dict.fromkeys(cell.text for cell in row if cell is not None and cell.text.strip())) for row in rows]
    return [row[0] for row in texts if len(row) == 1]


def _append(first: PeopleList, second: PeopleList) -> None:
    for column, further in zip(first.columns, second.columns, strict=True):
        column.values += further.values
    first.starts += second.starts
    first.ends += second.ends
    first.numbers += second.numbers
    if second.where != first.where:
        first.more.append(second.where)


def _settle(column: Column) -> None:
    """What the column holds. The heading decides, unless the values are plainly something else under it."""
    named = kind_of_heading(column.heading)
    sample = column.values[:: max(1, len(column.values) // _LOOKED_AT)][:_LOOKED_AT]
    filled = [value for value in sample if value.strip()]
    if named is not None and named.unless and filled and all(named.unless.fullmatch(squeeze(one)) for one in filled):
        return
    told = kind_of_content(sample) if named is None or named.key == "serial" else None
    column.kind = told or named
    column.masked = bool(filled) and 2 * sum(map(is_masked_value, filled)) > len(filled)


def is_masked_value(value: str) -> bool:
    """Hides something; the X at the end of an ID hides nothing."""
    squeezed = squeeze(value)
    return is_masked(squeezed[:-1] if squeezed[-1:] in "xX" and squeezed[:-1].isdecimal() else squeezed)


def _themes(people: PeopleList) -> frozenset[str]:
    """What the list says of whoever stands in it: by its columns, and by the words of title and headings."""
    words = people.title + "\n" + "\n".join(column.heading for column in people.columns)
    told = {name for name, listed in rules().themes.items() if any(word in words for word in listed)}
    filled = (column.kind for column in people.columns if any(value.strip() for value in column.values))
    return frozenset(told | {kind.theme for kind in filled if kind and kind.theme})


def _is_of_people(people: PeopleList) -> bool:
    """Counts of people by sex or age are not: whoever is in them stands in no row."""
    kinds = [column.kind for column in people.columns if column.kind is not None and column.kind.person]
    if any(spelling(re.sub(r"（.*", "", spelling(column.heading))) in rules().counts for column in people.columns):
        return any(kind.role is Role.DIRECT for kind in kinds)
    return bool(kinds)


def cells_of(people: PeopleList, row: int) -> Iterator[tuple[Column, str]]:
    """The columns that were recognised, with their value in one row."""
    for column in people.columns:
        if column.kind is not None and column.kind.role is not Role.IGNORED:
            yield column, column.values[row]
