"""机动车号牌: GA 36-2018 (recalled): province, office, five characters with at most two letters, six for new energy."""

from __future__ import annotations

import re

_FIVE = re.compile(r"(?=(?:[A-Z]*\d){3})[A-HJ-NP-Z0-9]{5}")
_ENERGY = re.compile(r"[A-HJK][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-HJK]")
_DOTTED = re.compile(r"(?=[A-Z]*\d)[A-HJ-NP-Z0-9]{5}")  # with the dot nothing else is written so
_SPECIAL = re.compile(r"[A-HJ-NP-Z0-9]{4}[挂学警港澳领试超]")


def is_plate(written: str) -> bool:
    """A whole plate, with or without the dot after the office."""
    serial = written[2:].lstrip("·•.- ")
    kinds = (_FIVE, _ENERGY, _SPECIAL, *((_DOTTED,) if written[2] in "·•" else ()))
    return any(kind.fullmatch(serial) for kind in kinds)
