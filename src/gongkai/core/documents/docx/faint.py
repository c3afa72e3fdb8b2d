"""Text that is printed but that nobody sees: white on white, or in the smallest type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.core.documents.docx.package import W, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_TINY = 4  # half points
_PALEST = 0xF0  # of each colour
_CLEAR = ("", "auto", "FFFFFF")


def is_faint(run: _Element) -> bool:
    """By the run's own properties; white on a coloured ground is how table heads are set."""
    properties = run.find(f"{W}rPr")
    if properties is None:
        return False
    size = value(properties, f"{W}sz")
    if size and number(size, _TINY + 1, 10_000) <= _TINY:
        return True
    colour = properties.find(f"{W}color")
    if colour is None:
        return False
    white = _is_pale(value(colour)) or colour.get(f"{W}themeColor") == "background1"
    return white and not _has_ground(run, properties)


def _is_pale(colour: str) -> bool:
    try:
        return len(colour) == 6 and min(bytes.fromhex(colour)) >= _PALEST
    except ValueError:
        return False


def _has_ground(run: _Element, properties: _Element) -> bool:
    """A colour behind the text: its own, the paragraph's, the cell's or the shape's."""
    if properties.find(f"{W}highlight") is not None or _is_shaded(properties):
        return True
    for parent in run.iterancestors(f"{W}p", f"{W}tc", f"{W}tbl", f"{W}txbxContent"):
        if parent.tag == f"{W}txbxContent":
            return True  # shapes have their own ground
        its = parent.find(f"{parent.tag}Pr")
        if its is not None and (_is_shaded(its) or (parent.tag == f"{W}tbl" and its.find(f"{W}tblStyle") is not None)):
            return True
    return False


def _is_shaded(properties: _Element) -> bool:
    shade = properties.find(f"{W}shd")
    return shade is not None and str(shade.get(f"{W}fill", "")).upper() not in _CLEAR
