"""From a file to the JSON of a reading. What takes long is told apart beforehand, so that nobody waits for a page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from gongkai.bodies.models import Body
from gongkai.bodies.selectors import lexicon
from gongkai.core.documents import DocumentError, read_bytes
from gongkai.core.notices import NoPlan, read_plan
from gongkai.core.notices.deadlines import read_cell, read_sentence

FIRST_YEAR, LAST_YEAR = 2000, 2100
QUICK_BYTES = 1_000_000
# Compound files need LibreOffice, and ruled lines of a PDF are slow to follow.
_SLOW = (bytes.fromhex("d0cf11e0a1b11ae1"), b"%PDF-", b"{\\rtf")


def is_slow(file: File[Any]) -> bool:
    """Whether reading may take more than two seconds."""
    head = file.read(1024)
    file.seek(0)
    return (file.size or 0) > QUICK_BYTES or any(mark in head for mark in _SLOW)


def read_notice(data: bytes, name: str, county: Body, year: int | None) -> tuple[dict[str, Any], str]:
    """The reading of a file and the text it was read from. ValidationError, one line, when it holds no plan.

    year: used for deadlines (9月底前) when the notice itself names no year.
    """
    try:
        document = read_bytes(data, name)
        plan = read_plan(document, lexicon(county))
    except (DocumentError, NoPlan) as error:
        raise ValidationError(str(error)) from error
    reading = plan.to_dict()
    if year and not plan.year:
        for item in reading["items"]:
            item["deadline"] = _dated(item, year)
    return reading, document.text


def _dated(item: dict[str, Any], year: int) -> dict[str, Any]:
    """The deadline of an item in `year`; a stricter day in its text wins, as in every reading."""
    deadline, _mentions = read_cell(item["deadline"]["text"], year)
    promised = [mention.due for mention in read_sentence(item["text"], year) if mention.due]
    due = min([day for day in (deadline.due, *promised) if day], default=None)
    return {**deadline.to_dict(), "due": due.isoformat() if due else None}


def year_of(reading: dict[str, Any], year: int | None) -> int:
    """The year given, else the one the notice names. ValidationError when neither, or when it is no year."""
    found = year or reading["year"]
    if not found:
        raise ValidationError(_("通知中没有写明年份，请填写台账的年度后重新上传"))
    if not FIRST_YEAR <= found <= LAST_YEAR:
        raise ValidationError(_("年度“%(year)s”不正确，请填写四位年份") % {"year": found})
    return int(found)
