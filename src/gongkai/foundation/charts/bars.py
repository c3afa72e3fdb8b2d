"""Horizontal bars, each of one or more segments, labelled directly; the base is always zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from gongkai.foundation.charts.svg import GREY, LINE, Place, element, picture, shortened, text


@dataclass(frozen=True, slots=True)
class Frame:
    """The width of the image, the height of a row and where in it things stand: left and right edge of the bars, their
    top and height; label and value as (x, y, anchor)."""

    width: int
    row: int
    left: int
    right: int
    top: int
    thick: int
    label: tuple[int, int, str]
    value: tuple[int, int, str]


FRAMES: dict[Place, Frame] = {
    "desk": Frame(720, 32, 210, 580, 0, 22, (200, 17, "end"), (588, 17, "start")),
    "phone": Frame(340, 50, 1, 340, 20, 18, (0, 14, "start"), (340, 14, "end")),  # the words above their bar
}


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


def bars(title: str, rows: Sequence[Bar], *, scale: float | None = None, place: Place = "desk") -> SafeString:
    """A bar chart; `scale` is the amount that fills the width (default: the longest bar)."""
    frame = FRAMES[place]
    longest = scale or max((sum(part.amount for part in row.segments) for row in rows), default=0) or 1
    pixels = (frame.right - frame.left) / longest
    parts: list[str] = [_row(row, index * frame.row + 4, pixels, frame) for index, row in enumerate(rows)]
    height = max(len(rows), 1) * frame.row + 8
    parts.append(element("line", x1=frame.left, y1=0, x2=frame.left, y2=height, stroke=LINE))
    description = "；".join(f"{row.label} {row.value}" for row in rows)
    return picture(frame.width, height, title, description, parts, place=place, links=any(row.href for row in rows))


def _row(row: Bar, top: float, pixels: float, frame: Frame) -> SafeString:
    x, y, anchor = frame.label
    label = text(x, top + y, shortened(row.label, 14), anchor=anchor)
    parts: list[str] = [element("a", label, href=row.href) if row.href else label]
    left = float(frame.left)
    for segment in row.segments:
        width = segment.amount * pixels
        if width > 0:
            name = element("title", escape(f"{shortened(segment.word, 30)} {segment.amount:g}"))
            box = {"x": left, "y": top + frame.top, "width": max(width, 1.0), "height": frame.thick}
            parts.append(element("rect", name, fill=segment.colour, **box))
        left += width
    x, y, anchor = frame.value
    parts.append(text(x, top + y, row.value, anchor=anchor, fill=GREY))
    return element("g", "".join(parts))
