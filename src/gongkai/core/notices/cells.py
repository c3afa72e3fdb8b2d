"""How well a cell's text suits a kind of column: what tells columns apart where positions do not."""

from __future__ import annotations

import re

from gongkai.core.notices import enumerators, roles
from gongkai.core.notices.bodynames import is_body, is_selector
from gongkai.core.notices.deadlines import is_deadline
from gongkai.core.notices.enumerators import Style
from gongkai.core.notices.folding import fold, squeeze
from gongkai.core.notices.headings import Column, Kind
from gongkai.core.notices.model import Role
from gongkai.core.notices.splitting import split_top

_ITEM_STYLES = (Style.ARABIC, Style.ARABIC_BRACKET, Style.CIRCLED)
_BLANK = 0.3


def is_number(text: str) -> bool:
    """Whether a cell holds a number only: 1, 12., （3）."""
    return bool(re.fullmatch(r"[（]?\d{1,3}[）]?[.、]?", squeeze(fold(text))))


def number_in(text: str) -> int | None:
    """The number of a cell that holds one only."""
    return int(re.sub(r"\D", "", fold(text))) if is_number(text) else None


def share_of_bodies(text: str) -> float:
    """The share of a text's fragments that read as names of bodies, 0 to 1."""
    fragments = []
    for stretch in roles.labelled(text.strip()):
        if stretch.role is None:
            continue
        for _, part in split_top(stretch.text, "、，；\n"):
            name, _ = roles.trailing_role(roles.without_start(part.strip(" 。;；.")))
            name = re.split("(?<![高中])等", fold(name))[0]
            if name:
                fragments.append(name)
    return sum(map(is_body, fragments)) / len(fragments) if fragments else 0.0


def fit(column: Column, text: str) -> float:
    """How well a cell suits a column, 0 to 1; a blank one suits any a little."""
    if not text.strip():
        return _BLANK
    if column.kind is Kind.NUMBER:
        return float(is_number(text))
    if column.kind is Kind.DEADLINE:
        return float(is_deadline(text))
    if column.kind is Kind.BODIES:
        return share_of_bodies(text) + _leaning(column, text)
    if is_number(text) or is_deadline(text):
        return 0.0
    if column.kind in (Kind.GOAL, Kind.OTHER):
        return _BLANK
    return _wording(column.kind, text) * (
        0.3 if share_of_bodies(text) > 0.6 and not text.rstrip().endswith("。") else 1.0
    )


def _leaning(column: Column, text: str) -> float:
    """Who leads is few and named; who shares the work is often many."""
    many = any(is_selector(part) for _, part in split_top(text, "、，；\n"))
    return 0.05 if many is not (column.role is Role.LEAD) else 0.0


def _wording(kind: Kind, text: str) -> float:
    found = enumerators.parse(text.strip())
    sentence = len(squeeze(text)) > 40 or "。" in text.strip()[:-1] or text.rstrip().endswith(("。", "；"))
    if kind is Kind.TEXT:
        if found and found.style in _ITEM_STYLES:
            return 1.0
        return 0.3 if found else 0.95 if sentence else 0.6
    if found and found.style is (Style.HAN if kind is Kind.GROUP else Style.HAN_BRACKET):
        return 1.0
    if found and found.style in _ITEM_STYLES:
        return 0.3
    if sentence:
        return 0.1
    return 0.4 if found else 0.5 if kind is Kind.GROUP else 0.6
