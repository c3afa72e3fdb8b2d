"""Horizontal bars, each of one or more segments, labelled directly; the base is always zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from gongkai.foundation.charts.svg import GREY, LINE, element, picture, shortened, text

WIDTH, LABEL, VALUE, ROW = 720, 210, 140, 32


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: its amount, its word and its colour."""

    amount: float
    word: str
    colour: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: label at the left, segments, and the words at the right end (such as “12/20 60%”)."""

    label: str
    segments: Sequence[Segment]
    value: str
    href: str = ""


def bars(title: str, rows: Sequence[Bar], *, scale: float | None = None) -> SafeString:
    """A bar chart; `scale` is the amount that fills the width (default: the longest bar)."""
    longest = scale or max((sum(part.amount for part in row.segments) for row in rows), default=0) or 1
    room = WIDTH - LABEL - VALUE
    parts: list[str] = []
    for index, row in enumerate(rows):
        top = index * ROW + 4
        parts.append(_row(row, top, room / longest))
    height = max(len(rows), 1) * ROW + 8
    parts.append(element("line", x1=LABEL, y1=0, x2=LABEL, y2=height, stroke=LINE))
    description = "；".join(f"{row.label} {row.value}" for row in rows)
    return picture(WIDTH, height, title, description, parts, links=any(row.href for row in rows))


def _row(row: Bar, top: float, pixels: float) -> SafeString:
    label = text(LABEL - 10, top + 17, shortened(row.label, 14), anchor="end")
    parts: list[str] = [element("a", label, href=row.href) if row.href else label]
    left = float(LABEL)
    for segment in row.segments:
        width = segment.amount * pixels
        if width > 0:
            name = element("title", escape(f"{shortened(segment.word, 30)} {segment.amount:g}"))
            box = {"x": left, "y": top, "width": max(width, 1.0), "height": ROW - 10}
            parts.append(element("rect", name, fill=segment.colour, **box))
        left += width
    parts.append(text(WIDTH - VALUE + 8, top + 17, row.value, fill=GREY))
    return element("g", "".join(parts))
