"""Pieces written as the HTML that an article's body holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from gongkai.core.pasting.carried import place_of
from gongkai.core.pasting.model import Cell, Line, Picture, Piece, Run, Table


def write(pieces: Iterable[Piece]) -> str:
    out: list[str] = []
    lists: list[str] = []  # the open lists, outermost first
    for piece in pieces:
        if isinstance(piece, Line) and piece.tag == "li":
            out += _open_item(piece, lists)
            continue
        out += _close(lists, 0)
        if isinstance(piece, Table):
            out.append(_table(piece))
        elif isinstance(piece, Picture):
            out.append(place_of(piece.number))
        else:
            out.append("<hr/>" if piece.tag == "hr" else f"<{piece.tag}>{_words(piece.runs)}</{piece.tag}>")
    return "".join([*out, *_close(lists, 0)])


def _open_item(item: Line, lists: list[str]) -> Iterator[str]:
    """The item, left open: a deeper list stands inside the item above it."""
    kind, level = ("ul" if item.bullet else "ol"), min(item.level, len(lists) + 1)
    yield from _close(lists, level)
    if len(lists) == level and lists[-1] != kind:
        yield from _close(lists, level - 1)
    if len(lists) == level:
        yield "</li>"
    else:
        lists.append(kind)
        yield f"<{kind}>"
    yield f"<li>{_words(item.runs)}"


def _close(lists: list[str], level: int) -> Iterator[str]:
    while len(lists) > level:
        yield f"</li></{lists.pop()}>"


def _words(runs: list[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    html = lines(run.text)
    html = f"<i>{html}</i>" if run.italic else html
    html = f"<b>{html}</b>" if run.bold else html
    return f'<a href="{escape(run.href)}">{html}</a>' if run.href else html


def lines(text: str) -> str:
    """Escaped, with forced line breaks."""
    return escape(text, quote=False).replace("\n", "<br/>")


def _table(table: Table) -> str:
    caption = f"<caption>{lines(table.caption)}</caption>" if table.caption else ""
    rows = ("".join(map(_cell, row)) for row in table.rows)
    return f"<table>{caption}{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _cell(cell: Cell) -> str:
    tag, attributes = ("th", ' scope="col"') if cell.head else ("td", "")
    attributes += f' colspan="{cell.across}"' if cell.across > 1 else ""
    attributes += f' rowspan="{cell.down}"' if cell.down > 1 else ""
    return f"<{tag}{attributes}>{lines(cell.text)}</{tag}>"
