"""A value as people write it, and back: one way for forms, imported files and interfaces.

What is stored is plain JSON: a date `2026-03-01`, a moment `2026-03-01 08:30` (local time), a number as a decimal
string, a flag true or false, several choices a list, a table a list of rows by column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
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


class Unreadable(ValueError):
    """Why a value cannot be read; of a table also in which row and column."""


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
    return [_row(field, number, row) for number, row in enumerate(rows, 1)]


def _pasted(field: Field, text: str) -> Iterator[dict[str, str]]:
    labels = [column.label for column in field.columns]
    for line in text.replace("\r\n", "\n").split("\n"):
        parts = [part.strip() for part in line.split("\t")]
        if not any(parts) or parts == labels:
            continue
        if len(parts) > len(labels) and any(parts[len(labels) :]):
            words = {"count": len(labels), "labels": "、".join(labels), "line": line[:40]}
            raise Unreadable(_("应为 %(count)d 列（%(labels)s），“%(line)s”多出了列") % words)
        yield dict(zip((column.key for column in field.columns), parts, strict=False))


def _row(field: Field, number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    done: dict[str, Any] = {}
    for column in field.columns:
        place = {"row": number, "column": column.label}
        try:
            value = read(column, row.get(column.key))
        except Unreadable as error:
            raise Unreadable(_("第 %(row)d 行“%(column)s”：%(why)s") % (place | {"why": error})) from error
        if value is None and column.required:
            raise Unreadable(_("第 %(row)d 行“%(column)s”没有填写") % place)
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
