"""What a pasted text consists of before it is written as HTML again."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one look. `text` keeps a forced line break as ``\\n``."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(slots=True)
class Line:
    """A paragraph.

    tag: p, h2, h3 or hr; li once it is settled that it stands in a list.
    label: the number or bullet that the word processor prints before it.
    level: depth of the list it stands in, from 1; 0 when it is in none.
    """

    runs: list[Run] = field(default_factory=list)
    tag: str = "p"
    label: str = ""
    level: int = 0
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with the columns and rows it covers; its text keeps line breaks."""

    text: str
    head: bool = False
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    rows: list[list[Cell]]
    caption: str = ""


Piece = Line | Table


@dataclass(frozen=True, slots=True)
class Pasted:
    """html: holds nothing but p, h2, h3, b, i, a, ol, ul, li, hr, br and tables. notes: what was left out, in words."""

    html: str
    notes: tuple[str, ...] = ()
