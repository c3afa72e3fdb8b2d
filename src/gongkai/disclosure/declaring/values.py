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
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongkai.bodies.credit_code import validate_credit_code
from gongkai.disclosure.declaring.choosing import option, options
from gongkai.disclosure.declaring.model import NUMBERS, Column, Field, Type
from gongkai.disclosure.declaring.numbers import number
from gongkai.disclosure.declaring.unreadable import CellProblem, Unreadable
from gongkai.foundation.written import read_day, read_moment

__all__ = [
    "COLUMN_MARK",
    "CellProblem",
    "Unreadable",
    "as_lines",
    "cells",
    "headed",
    "in_a_cell",
    "lines_of",
    "read",
    "says_nothing",
    "show",
]
_CLOCK = re.compile("[:：时点]")
COLUMN_MARK = "|"  # parts the columns of a table inside one cell, whose lines are its rows
MOST_ROWS = 5000  # of one table
YES, NO = ("是", "有", "√", "true", "1"), ("否", "无", "×", "false", "0")
STROKES = ("-", "--", "—", "——", "－", "/", "／")  # how tables say that there is nothing


def read(field: Column, raw: Any) -> Any:
    """What `raw` means, as it is stored; None for nothing. Unreadable says what is wrong, in words."""
    if raw is None or raw == "" or raw == [] or (isinstance(raw, str) and says_nothing(field, raw)):
        return None
    if field.type is Type.TABLE and isinstance(field, Field):
        return _table(field, raw) or None
    if field.type is Type.CHOICES:
        return _choices(field, raw) or None
    text = unicodedata.normalize("NFC", str(raw)).strip()
    return _READERS[field.type](field, text) if text else None


def says_nothing(field: Column, text: str) -> bool:
    """Of what may be missing a stroke; where no words are asked for also 无, which otherwise may be what is said."""
    said = text.strip()
    return not field.required and (said in STROKES or (said == "无" and field.type in _WORDLESS))


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


def in_a_cell(field: Column, value: Any) -> str:
    """A stored value as one cell of a file holds it, to be read again."""
    if field.type is not Type.TABLE or not isinstance(field, Field):
        return show(field, value)
    return as_lines(cells(field, value), COLUMN_MARK).rstrip("\n")


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


def _date(field: Column, text: str) -> str:
    if (day := read_day(text)) is None:
        raise Unreadable(_("“%(text)s”不是日期，请写作 2026-03-01") % {"text": text})
    return f"{day:%Y-%m-%d}"


def _moment(field: Column, text: str) -> str:
    moment = read_moment(text)
    if moment is None and read_day(text) is not None and not _CLOCK.search(text):
        raise Unreadable(_("“%(text)s”没有写明几时几分，请写作 2026-03-01 08:30") % {"text": text})
    if moment is None:
        raise Unreadable(_("“%(text)s”不是时间，请写作 2026-03-01 08:30") % {"text": text})
    return f"{moment:%Y-%m-%d %H:%M}"


def _choices(field: Column, raw: Any) -> list[str]:
    chosen = {option(field, str(one)) for one in raw if one} if isinstance(raw, list) else options(field, str(raw))
    return [one for one in field.options if one in chosen]


def _credit_code(field: Column, text: str) -> str:
    code = unicodedata.normalize("NFKC", text).replace(" ", "").upper()
    try:
        validate_credit_code(code)
    except ValidationError as error:
        raise Unreadable(*error.messages) from error
    return code


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


def as_lines(rows: Iterable[Sequence[str]], delimiter: str = "\t") -> str:
    """Rows of words as a spreadsheet copies them: cells apart by tabs, those with line breaks in quotation marks."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def lines_of(text: str, delimiter: str = "\t") -> list[list[str]]:
    """The other way round. Where quotation marks do not pair they are words like others."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return [line.split(delimiter) for line in text.splitlines()]


def _pasted(field: Field, text: str) -> Iterator[dict[str, str]]:
    labels = [column.label for column in field.columns]
    heads = (labels, [headed(column) for column in field.columns])
    for line in lines_of(text.replace("\r\n", "\n")):
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
    Type.INTEGER: number,
    Type.DECIMAL: number,
    Type.MONEY: number,
    Type.DATE: _date,
    Type.MOMENT: _moment,
    Type.CHOICE: option,
    Type.FLAG: _flag,
    Type.URL: _url,
    Type.CREDIT_CODE: _credit_code,
}
_WORDLESS = NUMBERS | {Type.DATE, Type.MOMENT, Type.CHOICE, Type.CHOICES, Type.URL, Type.CREDIT_CODE, Type.TABLE}
