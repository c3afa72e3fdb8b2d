"""What only a table tells: the heading of a column says what its numbers are, digits stand in cells of their own, and a
list with names beside aid and amounts, diseases or schools is about people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gongkai.core.screening.labels import has_label_of_other
from gongkai.core.screening.model import Finding
from gongkai.core.screening.offices import of_an_office

if TYPE_CHECKING:
    from gongkai.core.documents import Cell, Table
    from gongkai.core.screening.engine import Screener

_TELLING = re.compile(
    r"电话|手机|联系方式|身份证|证件|护照|通行证|台胞证|回乡证|居住证|居留|卡号|账号|帐号|账户|住址|地址|出生|病历|住院号|残疾证|学籍号|户号|社保"
)
_TELEPHONE = re.compile(r"电话|联系方式")
_NAME = re.compile(r"姓\s*名|户\s*主|领取人|受益人|救助对象|申请人|学生|患者|持卡人|人员名称")
SENSITIVE = {
    "aid-recipient": (
        re.compile(r"低保|特困|救助|补助|补贴|津贴|救济|慰问|资助|抚恤|保障金|生活费|助学"),
        re.compile(r"金\s*额|标准|元|补助|补贴|补差|津贴|金$"),
    ),
    "health": (re.compile(r"病|诊断|残疾(?:类|等|级)|医疗费"), None),
    "minor": (re.compile(r"学籍|年级|班级|幼儿园|监护人|就读|(?:学生|幼儿|儿童)姓名"), None),
}
BELOW = ("aid-status", "minor-list", "minor-named")  # rules that look at the lines below a heading
# Said over a list of names, by rule; not over who teaches.
_OVER = {
    "minor": re.compile(
        r"(?:学生|幼儿|儿童|新生|孤儿|[小中大]班)(?!.*(?:教师|老师|职工|招聘|聘用|教练|志愿者|大学|高中|高校))"
    ),
    "health": re.compile(r"(?:患者|病人|病例|残疾人|精神障碍|慢性病|慢病)(?:服务)?(?:人员)?(?:花)?名[单册]"),
}
_LINES = ("landline", "local-line")
_SERIALS = ("mobile", *_LINES, "bank-card", "resident-id-old")  # without a place and a day to tell them from others
_BODY = re.compile(r"单位|部门|机构|科室|窗口|学校|医院|网点|名称")
_DIGITS = re.compile(r"[0-9０-９XxＸｘ]{1,8}")
_LONGEST = 20
_MASKED = re.compile(r"[*＊某×○]")


def table_findings(screener: Screener, text: str, tables: Iterable[Table]) -> Iterator[Finding]:
    """Findings that the running text of the cells does not give; offsets index `text`."""
    for table in tables:
        grid = table.grid()
        headings = _headings(grid)
        yield from _by_heading(screener, table, headings)
        yield from _split(screener, grid, headings)
        yield from _lists(screener, text, table, grid, headings)


def harmless(table: Table) -> Iterator[tuple[str, int, int]]:
    """What the headings excuse, as rule, start and end: telephones of offices, numbers of something else (准考证号)."""
    headings = _headings(table.grid())
    of_bodies = any(map(_BODY.search, headings)) and not any(map(_NAME.search, headings))
    for at, heading in enumerate(headings):
        label = f"{heading}："
        if has_label_of_other(label, len(label)):
            rules: tuple[str, ...] = _SERIALS
        elif (of_bodies and _TELEPHONE.search(heading)) or of_an_office(label, len(label), len(label)):
            rules = _LINES
        else:
            continue
        for cell in table.cells:
            if cell.row and cell.column == at:
                yield from ((rule, cell.start, cell.start + len(cell.text)) for rule in rules)


def _headings(grid: list[list[Cell | None]]) -> list[str]:
    """What stands over each column: the texts of the first row with two filled cells, and of those above it."""
    for number, row in enumerate(grid[:5]):
        filled = [cell for cell in row if cell is not None and cell.text.strip()]
        if len({id(cell) for cell in filled}) >= 2:
            return [_over(grid[: number + 1], at) for at in range(len(row))]
    return [""] * (len(grid[0]) if grid else 0)


def _over(rows: list[list[Cell | None]], column: int) -> str:
    """The words over a column; a heading merged downwards counts once."""
    words: list[str] = []
    for row in rows:
        cell = row[column]
        if cell is not None and cell.text.strip() and cell.text not in words:
            words.append(cell.text)
    return " ".join(words)


def _by_heading(screener: Screener, table: Table, headings: Sequence[str]) -> Iterator[Finding]:
    """Each cell under a telling heading, read as “heading：cell”."""
    for cell in table.cells:
        heading = headings[cell.column] if cell.column < len(headings) else ""
        if cell.row == 0 or not cell.text.strip() or not _TELLING.search(heading):
            continue
        label = f"{heading.split()[-1]}："
        for finding in screener.screen(label + cell.text):
            if finding.start >= len(label):
                shift = cell.start - len(label)
                yield replace(finding, start=finding.start + shift, end=finding.end + shift)
            elif finding.end > len(label):  # the heading belongs to the phrase: what is in the cell counts
                yield replace(finding, start=cell.start, end=finding.end + cell.start - len(label), replacement=None)


def _split(screener: Screener, grid: list[list[Cell | None]], headings: Sequence[str]) -> Iterator[Finding]:
    """Digits in neighbouring cells that are one number together."""
    for row in grid:
        run: list[tuple[int, Cell]] = []
        for column, cell in enumerate(row):
            if cell is not None and run and cell is run[-1][1]:
                continue
            if cell is not None and _DIGITS.fullmatch(cell.text.strip()):
                run.append((column, cell))
                continue
            yield from _joined(screener, run, row, headings)
            run = []
        yield from _joined(screener, run, row, headings)


def _joined(
    screener: Screener, run: Sequence[tuple[int, Cell]], row: Sequence[Cell | None], headings: Sequence[str]
) -> Iterator[Finding]:
    """The longest number from each cell on; without a label only single digits or a number with a check digit."""
    first = 0
    while first < len(run) - 1:
        label = _label(run[first][0], row, headings)
        taken = 1
        for last in range(min(len(run), first + _LONGEST), first + 1, -1):
            cells = [cell for _, cell in run[first:last]]
            number = "".join(cell.text.strip() for cell in cells)
            if len(number) > _LONGEST:
                continue
            single = all(len(cell.text.strip()) == 1 for cell in cells)
            found = [
                finding
                for finding in screener.screen(label + number)
                if finding.start <= len(label) and finding.end == len(label) + len(number)
            ]
            if found and (single or label or found[0].rule.startswith("resident-id")):
                yield replace(
                    found[0], start=cells[0].start, end=cells[-1].start + len(cells[-1].text), replacement=None
                )
                taken = last - first
                break
        first += taken


def _label(column: int, row: Sequence[Cell | None], headings: Sequence[str]) -> str:
    """What the heading, or the cell left of the number, says it is."""
    left = row[column - 1] if column else None
    for words in (headings[column] if column < len(headings) else "", left.text if left else ""):
        if match := _TELLING.search(words):
            return f"{match[0]}："
    return ""


def _lists(
    screener: Screener,
    text: str,
    table: Table,
    grid: list[list[Cell | None]],
    headings: Sequence[str],
) -> Iterator[Finding]:
    """One finding for a whole list of people with what must not stand beside their names."""
    column = next((at for at, heading in enumerate(headings) if _NAME.search(heading)), None)
    if column is None:
        return
    title = text[max(0, (table.cells[0].start if table.cells else 0) - 80) : table.cells[0].start]
    names = [row[column] for row in grid if row[column] is not None]
    named = [cell for cell in names if cell and _is_name(cell.text)]
    if not named:
        return
    words = " ".join(headings)
    last_row = " ".join(cell.text for cell in grid[-1] if cell is not None)
    over = title.rstrip().rpartition("\n")[2]
    for rule in screener.rules:
        if rule.id not in SENSITIVE:
            continue
        subject, amount = SENSITIVE[rule.id]
        about = words if amount is None else f"{title} {words} {last_row}"
        titled = rule.id in _OVER and _OVER[rule.id].search(over)
        if titled or (subject.search(about) and (amount is None or amount.search(words))):
            last = max(cell.start + len(cell.text) for cell in table.cells)
            yield Finding(
                rule.id,
                rule.category,
                rule.severity,
                named[0].start,
                last,
                f"名单{len(named)}行",
                f"{rule.message}（名单，{len(named)}行）",
                rule.suggestion,
            )


def _is_name(text: str) -> bool:
    bare = re.sub(r"\s", "", text)
    return (
        2 <= len(bare) <= 4
        and re.fullmatch(r"[\u4e00-\u9fff·]+", bare) is not None
        and not _MASKED.search(bare)
        and not _NAME.search(bare)
    )
