"""A value as people write it, and back: one way for forms, imported files and interfaces.

What is stored is plain JSON: a date `2026-03-01`, a moment `2026-03-01 08:30` (local time), a number as a decimal
string, a flag true or false, several choices a list, a table a list of rows by column.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from gongkai.disclosure.declaring.model import Column, Field, Type

MOST_ROWS = 5000  # of one table
YES, NO = ("是", "有", "√", "true", "1"), ("否", "无", "×", "false", "0")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TIME = re.compile(r"[T\s]*(\d{1,2})\s*[:时]\s*(\d{1,2})?(?:\s*[:分]\s*(?:\d{1,2}秒?)?)?")
_APART = re.compile(r"[、;；\n]+")


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with one cell of a table: its row from 1, the key and label of its column, and why, in words."""

    row: int
    key: str
    label: str
    why: str

    def __str__(self) -> str:
        place = {"row": self.row, "column": self.label}
        return _("第 %(row)d 行“%(column)s”：%(why)s") % (place | {"why": self.why})


class Unreadable(ValueError):
    """Why a value cannot be read; of a table one sentence for each cell that cannot."""

    def __init__(self, *said: str, cells: Sequence[CellProblem] = ()) -> None:
        self.cells = tuple(cells)
        self.said = [*said, *map(str, self.cells)]
        super().__init__("；".join(self.said))


def read(field: Column, raw: Any) -> Any:
    """What `raw` means, as it is stored; None for nothing. Unreadable says what is wrong, in words."""
    if raw is None or raw == "" or raw == []:
        return None
    if field.type is Type.TABLE and isinstance(field, Field):
        return _table(field, raw) or None
    if field.type is Type.CHOICES:
        return _choices(field, raw) or None
    text = unicodedata.normalize("NFC", str(raw)).strip()
    return _READERS[field.type](field, text) if text else None


def show(field: Column, value: Any) -> str:
    """A stored value in words; of a table one line a row."""
    if value is None or value == "":
        return ""
    if field.type is Type.FLAG:
        return _("是") if value else _("否")
    if field.type is Type.CHOICES:
        return "、".join(value)
    if field.type is Type.TABLE and isinstance(field, Field):
        return "\n".join("，".join(_named(field, row)) for row in value)
    if field.type is Type.MONEY:
        return f"{Decimal(value):,f}"
    return str(value)


def headed(field: Column) -> str:
    """The heading of a field or column, with its unit."""
    return field.label + (f"（{field.unit}）" if field.unit else "")


def cells(field: Field, value: Sequence[Mapping[str, Any]] | None) -> list[list[str]]:
    """A stored table as rows of words, in the order of its columns."""
    return [[show(column, row.get(column.key)) for column in field.columns] for row in value or ()]


def _named(field: Field, row: Mapping[str, Any]) -> Iterator[str]:
    for column in field.columns:
        if said := show(column, row.get(column.key)):
            yield f"{column.label}：{said}"


def _text(field: Column, text: str) -> str:
    if len(text) > field.most:
        raise Unreadable(_("超过 %(most)d 个字") % {"most": field.most})
    return text


def _long(field: Column, text: str) -> str:
    return text.replace("\r\n", "\n")


def _number(field: Column, text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    if field.unit:
        plain = plain.removesuffix(field.unit)
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Unreadable(_("“%(text)s”不是数字") % {"text": text})
    if field.type is Type.INTEGER and number != number.to_integral_value():
        raise Unreadable(_("“%(text)s”不是整数") % {"text": text})
    if field.type is Type.INTEGER:
        return f"{number:.0f}"
    return f"{number:f}"


def _date(field: Column, text: str) -> str:
    return _moment_of(text, _DATE.fullmatch(unicodedata.normalize("NFKC", text).split(" 00:00")[0]), None)[:10]


def _moment(field: Column, text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    day = _DATE.match(plain)
    time = _TIME.fullmatch(plain[day.end() :]) if day else None
    if time is None:
        raise Unreadable(_("“%(text)s”不是时间，请写作 2026-03-01 08:30") % {"text": text})
    return _moment_of(text, day, time)


def _moment_of(text: str, day: re.Match[str] | None, time: re.Match[str] | None) -> str:
    try:
        if day is None:
            raise ValueError(text)
        clock = (int(time[1]), int(time[2] or 0)) if time else (0, 0)
        return f"{datetime(int(day[1]), int(day[2]), int(day[3]), *clock):%Y-%m-%d %H:%M}"
    except ValueError:
        raise Unreadable(_("“%(text)s”不是日期，请写作 2026-03-01") % {"text": text}) from None


def _choice(field: Column, text: str) -> str:
    if text not in field.options:
        known = "、".join(field.options)
        raise Unreadable(_("“%(text)s”不在可选范围：%(known)s") % {"text": text, "known": known})
    return text


def _choices(field: Column, raw: Any) -> list[str]:
    parts = raw if isinstance(raw, list) else _APART.split(str(raw))
    chosen = {_choice(field, str(part).strip()) for part in parts if str(part).strip()}
    return [option for option in field.options if option in chosen]


def _flag(field: Column, text: str) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise Unreadable(_("请填写“是”或“否”，现为“%(text)s”") % {"text": text})


def _url(field: Column, text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise Unreadable(_("“%(text)s”不是网址，应以 https:// 开头") % {"text": text})
    return text


def _table(field: Field, raw: Any) -> list[dict[str, Any]]:
    """Rows by column; of text the lines of a copied sheet, cells apart by tabs, with or without the heading."""
    rows = list(_pasted(field, raw)) if isinstance(raw, str) else list(raw)
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("超过 %(rows)d 行，请改为附件公开") % {"rows": MOST_ROWS})
    problems: list[CellProblem] = []
    stored = [_row(field, number, row, problems) for number, row in enumerate(rows, 1)]
    if problems:
        raise Unreadable(cells=problems)
    return stored


def as_lines(rows: Iterable[Sequence[str]]) -> str:
    """Rows of words as a spreadsheet copies them: cells apart by tabs, those with line breaks in quotation marks."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()


def _lines(text: str) -> list[list[str]]:
    """The other way round. Where quotation marks do not pair they are words like others."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        return [line.split("\t") for line in text.splitlines()]


def _pasted(field: Field, text: str) -> Iterator[dict[str, str]]:
    labels = [column.label for column in field.columns]
    heads = (labels, [headed(column) for column in field.columns])
    for line in _lines(text.replace("\r\n", "\n")):
        parts = [part.strip() for part in line]
        if not any(parts) or parts in heads:
            continue
        if len(parts) > len(labels) and any(parts[len(labels) :]):
            words = {"count": len(labels), "labels": "、".join(labels), "line": "\t".join(line)[:40]}
            raise Unreadable(_("应为 %(count)d 列（%(labels)s），“%(line)s”多出了列") % words)
        yield dict(zip((column.key for column in field.columns), parts, strict=False))


def _row(field: Field, number: int, row: Mapping[str, Any], problems: list[CellProblem]) -> dict[str, Any]:
    done: dict[str, Any] = {}
    for column in field.columns:
        try:
            value = read(column, row.get(column.key))
        except Unreadable as error:
            problems.append(CellProblem(number, column.key, column.label, str(error)))
            continue
        if value is None and column.required:
            problems.append(CellProblem(number, column.key, column.label, _("没有填写")))
        done |= {} if value is None else {column.key: value}
    return done


_READERS: dict[Type, Callable[[Column, str], Any]] = {
    Type.TEXT: _text,
    Type.LONG: _long,
    Type.INTEGER: _number,
    Type.DECIMAL: _number,
    Type.MONEY: _number,
    Type.DATE: _date,
    Type.MOMENT: _moment,
    Type.CHOICE: _choice,
    Type.FLAG: _flag,
    Type.URL: _url,
}
