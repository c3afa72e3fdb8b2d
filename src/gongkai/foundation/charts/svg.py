"""The few SVG elements that the charts are made of, escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

INK, GREY, LINE = "#1f2328", "#57606a", "#d0d7de"
Place = Literal["desk", "phone"]  # where a chart is looked at
FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif'


def element(name: str, content: str = "", **attributes: object) -> SafeString:
    """One element; `_` in attribute names stands for `-`, numbers are rounded to a tenth of a pixel."""
    pairs = [(key.rstrip("_").replace("_", "-"), _number(value)) for key, value in attributes.items()]
    opened = format_html_join("", ' {}="{}"', pairs)
    # `content` is made of elements or was escaped by `text`; names are ours.
    return mark_safe(f"<{name}{opened}>{content}</{name}>")  # noqa: S308


def _number(value: object) -> object:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else value


def text(x: float, y: float, words: object, *, anchor: str = "start", fill: str = INK, size: int = 14) -> SafeString:
    return element("text", escape(words), x=float(x), y=float(y), text_anchor=anchor, fill=fill, font_size=size)


def picture(
    width: int, height: int, title: str, description: str, parts: Iterable[str], *, place: Place, links: bool = False
) -> SafeString:
    """The whole image, scaling with its column, named and described for those who do not see it.

    links: there are links in it; an image may hide them from screen readers, a group does not.
    """
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart chart--{}" viewBox="0 0 {} {}" role="{}" aria-label="{}" '
        'width="100%" '
        "font-family='{}' style=\"max-width:{}px\"><title>{}</title><desc>{}</desc>{}</svg>",
        place,
        width,
        height,
        "group" if links else "img",
        title,
        FONT,
        width,
        title,
        description,
        mark_safe("".join(parts)),  # noqa: S308 - elements made above
    )


def on_screens(chart: Callable[..., SafeString], *args: Any, **options: Any) -> SafeString:
    """The chart for a desk and for a phone, of which the style sheet shows the one that fits (on paper: for a desk)."""
    places: tuple[Place, ...] = ("desk", "phone")
    return mark_safe("".join(chart(*args, place=place, **options) for place in places))  # noqa: S308 - elements made above


def shortened(words: str, limit: int) -> str:
    return words if len(words) <= limit else words[: limit - 1] + "…"
