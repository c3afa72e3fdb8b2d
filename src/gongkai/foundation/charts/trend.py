"""A line over time, with its first, last and highest point labelled; the base is always zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from gongkai.foundation.charts.svg import GREY, LINE, element, picture, text

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 220, 48, 24, 24, 32


@dataclass(frozen=True, slots=True)
class Point:
    day: date
    value: float


def trend(title: str, points: Sequence[Point], *, unit: str, colour: str = "#0b4a8f") -> SafeString:
    """One series, oldest first; the vertical axis starts at zero."""
    top = max((point.value for point in points), default=0) or 1
    across = (WIDTH - LEFT - RIGHT) / max(len(points) - 1, 1)
    places = [
        (LEFT + index * across, TOP + (HEIGHT - TOP - BOTTOM) * (1 - point.value / top))
        for index, point in enumerate(points)
    ]
    base = HEIGHT - BOTTOM
    parts: list[str] = [
        element("line", x1=LEFT, y1=base, x2=WIDTH - RIGHT, y2=base, stroke=LINE),
        text(LEFT - 8, base, "0", anchor="end", fill=GREY, size=12),
        text(LEFT - 8, TOP + 4, f"{top:g}", anchor="end", fill=GREY, size=12),
    ]
    if places:
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(element("polyline", points=line, fill="none", stroke=colour, stroke_width=2))
        parts += [element("circle", cx=x, cy=y, r=3, fill=colour) for x, y in places]
        parts += _labels(points, places, unit)
    description = "；".join(f"{point.day:%Y-%m-%d} {point.value:g}{unit}" for point in points)
    return picture(WIDTH, HEIGHT, title, description, parts)


def _labels(points: Sequence[Point], places: Sequence[tuple[float, float]], unit: str) -> list[str]:
    last_x, last_y = places[-1]
    labels: list[str] = [
        text(last_x, max(last_y - 10, 12), f"{points[-1].value:g}{unit}", anchor="end"),
        text(places[0][0], HEIGHT - 10, f"{points[0].day:%m-%d}", fill=GREY, size=12),
    ]
    if len(points) > 1:
        labels.append(text(last_x, HEIGHT - 10, f"{points[-1].day:%m-%d}", anchor="end", fill=GREY, size=12))
    return labels
