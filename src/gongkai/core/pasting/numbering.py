"""Numbers and bullets: a list where the page can count like the original did, else the number stays as it was typed.

Numbers such as 一、 and （一） are part of an official text, are quoted and must not change, so only 1. 2. 3. in
unbroken order becomes a list. It is one decision for the whole text: half counted, half typed, nobody could edit.
"""

from __future__ import annotations

import re

from gongkai.core.pasting.model import Line, Piece, Run

BULLETS = frozenset("·•●○◦■□▪◆◇►➢➤✓ØüØo§–-*")
_COUNTED = re.compile(r"(\d{1,3})[.．]")


def settle(pieces: list[Piece]) -> list[Piece]:
    """Turn labelled paragraphs into items of lists, or write their labels before their words."""
    for piece in pieces:
        if isinstance(piece, Line) and piece.label in BULLETS:
            piece.bullet, piece.level = True, max(piece.level, 1)
    counted = _all_in_order(pieces)
    for piece in pieces:
        if not isinstance(piece, Line) or not piece.label:
            continue
        if piece.bullet or (counted and _COUNTED.fullmatch(piece.label)):
            piece.tag, piece.level = "li", max(piece.level, 1)
        else:
            gap = " " if piece.label[-1].isascii() and piece.label[-1] != ")" else ""
            piece.runs, piece.level = [Run(piece.label + gap), *piece.runs], 0
    return pieces


def _all_in_order(pieces: list[Piece]) -> bool:
    """Whether every arabic number is the one that a list of the page would show in its place."""
    reached: list[int] = []  # the last number of each open level
    for piece in pieces:
        found = _COUNTED.fullmatch(piece.label) if isinstance(piece, Line) else None
        if found is None or not isinstance(piece, Line):
            reached = []  # bullets as well: behind them the editor begins a new list
            continue
        level = max(piece.level, 1)
        reached = (reached + [0] * level)[:level]
        reached[-1] += 1
        if reached[-1] != int(found[1]):
            return False
    return True
