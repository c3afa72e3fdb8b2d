"""Words with their look: what of a source's formatting an article keeps, and white space as a reader sees it."""

from __future__ import annotations

import re
from dataclasses import replace

from selectolax.lexbor import LexborNode

from gongkai.core.pasting.model import Run

_BOLD = re.compile(r"font-weight:\s*(bold|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"font-weight:\s*(normal|[1-4]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style:\s*(italic|oblique)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_CJK = r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
_BROKEN_LINE = re.compile(rf"(?<={_CJK})[ \t\r\f]*\n[ \t\n\r\f]*(?={_CJK})")  # a line break in the source only
_SPACE = re.compile(r"[ \t\n\r\f\xa0]+")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


def look_of(node: LexborNode, tag: str, look: Run) -> Run:
    """The look of what stands inside an element."""
    style = node.attributes.get("style") or ""
    if tag in ("b", "strong") or _BOLD.search(style):
        look = replace(look, bold=True)
    if _NOT_BOLD.search(style):
        look = replace(look, bold=False)
    if tag in ("i", "em") or _ITALIC.search(style):
        look = replace(look, italic=True)
    if tag == "a" and _ADDRESS.match(node.attributes.get("href") or ""):
        look = replace(look, href=(node.attributes["href"] or "").strip())
    if tag in ("sup", "sub"):
        _shift(node, _RAISED if tag == "sup" else _LOWERED)
    return look


def _shift(node: LexborNode, figures: dict[int, int]) -> None:
    """m² must not become m2: figures that stand high or low are written with the characters that do."""
    text = node.text(deep=True)
    if text and text.translate(figures) != text and not text.strip("0123456789+-"):
        for child in list(node.iter(include_text=True)):
            child.remove()
        node.insert_child(text.translate(figures))


def tidy(runs: list[Run], *, plain: bool = False) -> list[Run]:
    """Runs of one look joined, without the white space of the source, indents and blank ends. plain: as a heading."""
    joined: list[Run] = []
    for run in runs:
        run = replace(run, bold=False, italic=False) if plain else run
        if joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        elif run.text:
            joined.append(run)
    kept: list[Run] = []
    for run in joined:
        text = _SPACE.sub(" ", _BROKEN_LINE.sub("", run.text))
        text = re.sub(r" ?\0 ?", "\n", text)
        text = text.lstrip(" \n\u3000") if not kept else text.lstrip(" ") if kept[-1].text[-1] in " \n" else text
        if text:
            kept.append(replace(run, text=text))
    while kept and not kept[-1].text.rstrip(" \n\u3000"):
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" \n\u3000"))
    return kept
