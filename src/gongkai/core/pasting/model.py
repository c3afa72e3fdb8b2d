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


@dataclass(frozen=True, slots=True)
class Picture:
    """Where the picture with this number stands."""

    number: int


Piece = Line | Table | Picture


@dataclass(frozen=True, slots=True)
class Carried:
    """A picture that came with a text: its content, or where that may be found. alt: as its author wrote it."""

    data: bytes = b""
    address: str = ""
    alt: str = ""
    decorative: bool = False


@dataclass(frozen=True, slots=True)
class Pasted:
    """html: holds nothing but p, h2, h3, b, i, a, ol, ul, li, hr, br, tables and places of pictures (`carried`).

    notes: what was left out, in words. pictures: in the order of their numbers.
    """

    html: str
    notes: tuple[str, ...] = ()
    pictures: tuple[Carried, ...] = ()
