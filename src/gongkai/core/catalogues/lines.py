"""One line of the table -> one row: 同上 and blank merges settled, marks and wordings read, what is amiss found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.core.catalogues import words
from gongkai.core.catalogues.bases import read_basis
from gongkai.core.catalogues.channels import read_channels
from gongkai.core.catalogues.headers import Column, Header
from gongkai.core.catalogues.limits import read_limit
from gongkai.core.catalogues.model import Finding, Row, Severity
from gongkai.core.catalogues.places import cell_place
from gongkai.core.documents import Cell
from gongkai.core.notices.folding import join_lines, squeeze

Line = Sequence[Cell | None]

_TEXTS = ("number", "field", "first", "second", "third", "content", "basis", "limit", "body", "channels", "note")
_INHERITED = (
    "field",
    "first",
    "basis",
    "limit",
    "body",
    "channels",
)  # a blank one is that of the row above
_NAMES = {"basis": "公开依据", "limit": "公开时限", "body": "公开主体", "channels": "公开渠道和载体"}
_NO_VALUE = frozenset({"", "—", "——", "-", "/", "╱", "无"})


@dataclass(slots=True)
class Above:
    """What the row above has, by column: that is what 同上 and blank cells stand for."""

    texts: dict[str, str] = field(default_factory=dict)
    marks: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_line(header: Header, line: Line, field_name: str, above: Above) -> tuple[Row | None, list[Finding]]:
    """The row and what was found in it; no row for a line without any matter of its own."""
    return _LineReader(header, line, field_name, above).read()


class _LineReader:
    def __init__(self, header: Header, line: Line, field_name: str, above: Above) -> None:
        self.header, self.line, self.field_name, self.above = header, line, field_name, above
        self.findings: list[Finding] = []
        filled = [cell for cell in line if cell is not None and cell.text.strip()]
        latest = max(cell.row for cell in filled)  # the others were merged down into this row
        self.where = next(cell_place(cell) for cell in filled if cell.row == latest)

    def read(self) -> tuple[Row | None, list[Finding]]:
        if not any(self._own(key) not in _NO_VALUE for key in ("first", "second", "third", "content")):
            self._find(Severity.WARNING, "这一行没有公开事项和公开内容，没有读取", self._excerpt())
            return None, self.findings
        texts = {key: self._text(key) for key in _TEXTS if self.header.has(key)}
        row = self._row(texts)
        self.above.texts = texts
        self.findings += _amiss(row, self.header)
        return row, self.findings

    def _row(self, texts: dict[str, str]) -> Row:
        audience, said = self._group("audience")
        modes, _ = self._group("mode")
        levels, _ = self._group("level")
        keys, others = self._channels(texts.get("channels", ""))
        named = texts.get("field", "")
        known = words.field_in(named)
        return Row(
            field=(known.name if known else named) or self.field_name,
            number=texts.get("number", ""),
            first=texts.get("first", ""),
            second=texts.get("second", ""),
            third=texts.get("third", ""),
            content=texts.get("content", ""),
            basis=read_basis(texts.get("basis", "")),
            limit=read_limit(texts.get("limit", "")),
            body=texts.get("body", ""),
            channels=keys,
            others=others,
            audience=audience,
            audience_text=said,
            modes=modes,
            levels=levels,
            note=texts.get("note", ""),
            where=self.where,
        )

    def _cells(self, key: str) -> Iterator[tuple[Column, Cell | None]]:
        for column, cell in zip(self.header.columns, self.line, strict=True):
            if column is not None and column.key == key:
                yield column, cell

    def _own(self, key: str) -> str:
        """The column's text as it stands; a multi-line name becomes one line, other cells keep their lines."""
        cell = next((cell for column, cell in self._cells(key) if not column.channel), None)
        if cell is None:
            return ""
        return join_lines(cell.text) if key in ("number", "field", "first", "second", "third") else cell.text.strip()

    def _text(self, key: str) -> str:
        own, before = self._own(key), self.above.texts.get(key, "")
        if words.is_same(own):
            if not before:
                self._find(Severity.ERROR, f"“{own}”上面没有可以沿用的内容", own, key)
            return before
        if own in _NO_VALUE and key in ("second", "third", "note"):
            return ""
        if own or not before or key not in _INHERITED:
            return own
        if key not in ("field", "first"):
            self._find(Severity.INFO, f"“{_NAMES[key]}”空白，按与上一行合并处理", "", key)
        return before

    def _group(self, key: str) -> tuple[tuple[str, ...], str]:
        """What the columns of 公开对象, 公开方式 or 公开层级 choose, and further words in them (whom exactly)."""
        chosen: dict[str, None] = {}
        said: list[str] = []
        for column, cell in self._cells(key):
            text = cell.text if cell is not None else ""
            if words.is_same(text):
                chosen.update(dict.fromkeys(self.above.marks.get(key, ())))
                continue
            marked = words.mark(text)
            if column.chooses:
                rest = squeeze(text).lstrip("√✓✔☑■●").strip("（）()：:")
                if marked or (marked is None and not squeeze(text).startswith(("□", "口"))):
                    chosen.update(dict.fromkeys(column.chooses))
                    said += [rest] if marked is None and rest and key == "audience" else []
            else:
                named = list(_named(key, text))
                chosen.update(dict.fromkeys(one for one in named))
                if text.strip() and not named:
                    said.append(join_lines(text))
                    if key == "audience":
                        chosen["specific"] = None
        result = tuple(chosen)
        self.above.marks[key] = result
        return result, "、".join(said)

    def _channels(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        keys, others = read_channels(text)
        for column, cell in self._cells("channels"):
            if column.channel and cell is not None and words.mark(cell.text) is not False:
                keys = (*keys, column.channel)
        return tuple(dict.fromkeys(keys)), others

    def _excerpt(self) -> str:
        return " ".join(cell.text.strip() for cell in dict.fromkeys(self.line) if cell is not None)[:60]

    def _find(self, severity: Severity, message: str, excerpt: str = "", key: str = "") -> None:
        cell = next((cell for _column, cell in self._cells(key) if cell is not None), None)
        self.findings.append(Finding(cell_place(cell) if cell else self.where, severity, message, excerpt))


def _named(key: str, text: str) -> Iterator[str]:
    """What a cell that is not divided chooses: √全社会 □特定群众, 主动公开, 县级、乡级."""
    signed = words.marked(text)
    if signed is not None:
        parts = [name for chosen, name in signed if chosen]
    else:
        parts = re.split(r"[、，,/；;和及或\s]+", text)
        parts = [text, *parts] if words.choice_of(key, text) else parts
    for part in parts:
        yield from words.choice_of(key, part)


def _amiss(row: Row, header: Header) -> Iterator[Finding]:
    """What a person must look at before the row is used."""
    for key, empty, message in (
        ("content", not row.content, "没有写明公开内容"),
        ("limit", not row.limit.text, "没有写明公开时限"),
        ("body", not row.body, "没有写明公开主体"),
        ("channels", not row.channels and not row.others, "没有选择公开渠道"),
        ("audience", not row.audience, "没有标明公开对象"),
        ("mode", not row.modes, "没有标明公开方式"),
    ):
        if empty and header.has(key):
            yield Finding(row.where, Severity.WARNING, message, row.matter)
    if row.limit.text and not row.limit.clauses:
        yield Finding(row.where, Severity.WARNING, "公开时限没有读懂，系统不能据此核对", row.limit.text)
    for other in row.others if "other" not in row.channels else ():
        yield Finding(row.where, Severity.INFO, "不在标准目录封闭清单内的渠道", other)
