"""A line over time, with its first, last and highest point labelled; the base is always zero."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from gongkai.foundation.charts.svg import GREY, LINE, Place, element, picture, text

RED = "#b3261e"
FAR = 3  # times the highest point: a mark beyond is not drawn
WIDTHS: dict[Place, int] = {"desk": 720, "phone": 340}
HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 220, 48, 24, 24, 32


@dataclass(frozen=True, slots=True)
class Point:
    day: date
    value: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across at a value, with its word (限值); `wrong` says of a value that it is on its wrong side."""

    value: float
    word: str
    wrong: Callable[[float], bool]


def trend(
    title: str,
    points: Sequence[Point],
    *,
    unit: str,
    colour: str = "#0b4a8f",
    marks: Sequence[Mark] = (),
    place: Place = "desk",
) -> SafeString:
    """One series, oldest first; the vertical axis starts at zero.

    Points on the wrong side of a mark are red diamonds with their value. A mark far above every point is named at the
    upper edge instead of drawn, so that the line stays readable.
    """
    highest = max((point.value for point in points), default=0) or 1
    drawn = [mark for mark in marks if mark.value <= highest * FAR]
    top = max([highest, *(mark.value for mark in drawn)])
    right = WIDTHS[place] - RIGHT
    across = (right - LEFT) / max(len(points) - 1, 1)
    places = [
        (LEFT + index * across, TOP + (HEIGHT - TOP - BOTTOM) * (1 - point.value / top))
        for index, point in enumerate(points)
    ]
    base = HEIGHT - BOTTOM
    parts: list[str] = [
        element("line", x1=LEFT, y1=base, x2=right, y2=base, stroke=LINE),
        text(LEFT - 8, base, "0", anchor="end", fill=GREY, size=12),
        text(LEFT - 8, TOP + 4, f"{top:g}", anchor="end", fill=GREY, size=12),
    ]
    if places:
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(element("polyline", points=line, fill="none", stroke=colour, stroke_width=2))
        for point, (x, y) in zip(points, places, strict=True):
            wrong = any(mark.wrong(point.value) for mark in marks)
            parts += _dot(point, x, y, RED if wrong else colour, wrong, point is not points[-1])
        parts += _labels(points, places, unit)
    parts += [_line(mark, right, TOP + (base - TOP) * (1 - mark.value / top)) for mark in drawn]
    parts += [text(LEFT, 12, mark.word, fill=RED, size=12) for mark in marks if mark not in drawn]
    description = "；".join(f"{point.day:%Y-%m-%d} {point.value:g}{unit}" for point in points)
    return picture(WIDTHS[place], HEIGHT, title, description, parts, place=place)


def _dot(point: Point, x: float, y: float, colour: str, wrong: bool, labelled: bool) -> list[str]:
    """labelled: with its value, where it is wrong; the last point has its label anyway."""
    if not wrong:
        return [element("circle", cx=x, cy=y, r=3, fill=colour)]
    diamond = f"{x:.1f},{y - 6:.1f} {x + 6:.1f},{y:.1f} {x:.1f},{y + 6:.1f} {x - 6:.1f},{y:.1f}"
    value = [text(x, y - 10, f"{point.value:g}", anchor="middle", fill=colour)] if labelled else []
    return [element("polygon", points=diamond, fill=colour), *value]


def _line(mark: Mark, right: int, y: float) -> str:
    drawn = element("line", x1=LEFT, y1=y, x2=right, y2=y, stroke=RED, stroke_dasharray="6 4")
    return drawn + text(LEFT + 4, y - 5, mark.word, fill=RED, size=12)


def _labels(points: Sequence[Point], places: Sequence[tuple[float, float]], unit: str) -> list[str]:
    last_x, last_y = places[-1]
    labels: list[str] = [
        text(last_x, max(last_y - 10, 12), f"{points[-1].value:g}{unit}", anchor="end"),
        text(places[0][0], HEIGHT - 10, f"{points[0].day:%m-%d}", fill=GREY, size=12),
    ]
    if len(points) > 1:
        labels.append(text(last_x, HEIGHT - 10, f"{points[-1].day:%m-%d}", anchor="end", fill=GREY, size=12))
    return labels
