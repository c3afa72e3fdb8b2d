"""Styles: what a paragraph or run takes from them — hidden, heading level, numbering."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.core.documents.docx.package import W, number, switched, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = 20  # of a chain of styles based on each other; a circle ends here


@dataclass(frozen=True, slots=True)
class Style:
    """What one style says, and what it inherits where it is silent."""

    hidden: bool | None = None
    outline: int | None = None  # heading level 1–9
    num_id: str | None = None
    num_level: int | None = None

    def over(self, base: Style) -> Style:
        return Style(
            base.hidden if self.hidden is None else self.hidden,
            base.outline if self.outline is None else self.outline,
            base.num_id if self.num_id is None else self.num_id,
            base.num_level if self.num_level is None else self.num_level,
        )


class Styles:
    """The style sheet, resolved along `basedOn`."""

    def __init__(self, root: _Element | None) -> None:
        self._own: dict[str, Style] = {}
        self._base: dict[str, str] = {}
        self._default = ""
        self._defaults = Style()
        for style in [] if root is None else root.iterfind(f"{W}style"):
            key = str(style.get(f"{W}styleId", ""))
            self._own[key] = read_properties(style.find(f"{W}pPr"), style.find(f"{W}rPr"))
            self._base[key] = value(style, f"{W}basedOn")
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                self._default = key
        if root is not None:
            self._defaults = read_properties(None, root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))

    def paragraph(self, key: str) -> Style:
        """The effective style of a paragraph that names `key` ("" = the default style)."""
        return self.character(key or self._default).over(self._defaults)

    def character(self, key: str) -> Style:
        style = Style()
        for _ in range(_DEEPEST):
            if key not in self._own:
                break
            style = style.over(self._own[key])
            key = self._base[key]
        return style


def read_properties(paragraph: _Element | None, run: _Element | None) -> Style:
    """What a pPr and an rPr say themselves."""
    outline = value(paragraph, f"{W}outlineLvl") if paragraph is not None else ""
    numbering = paragraph.find(f"{W}numPr") if paragraph is not None else None
    level = number(outline, 9, 9) + 1 if outline else None
    return Style(
        hidden=switched(run.find(f"{W}vanish")) if run is not None else None,
        outline=level if level is None or level <= 9 else 0,  # 9 in the file means running text
        num_id=value(numbering, f"{W}numId") or None,
        num_level=number(value(numbering, f"{W}ilvl"), 0, 8) if value(numbering, f"{W}ilvl") else None,
    )
