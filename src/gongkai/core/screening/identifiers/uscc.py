"""统一社会信用代码: GB 32100-2015. Public; the code of a sole trader (92) is tied to a person."""

from __future__ import annotations

from operator import mul

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_CHARACTERS = frozenset(_ALPHABET)
_WEIGHTS = tuple(pow(3, index, 31) for index in range(17))
SOLE_TRADER = "92"


def check_character(first: str) -> str:
    """The 18th character that belongs to seventeen; KeyError for a character that the standard leaves out."""
    return _ALPHABET[-sum(map(mul, _WEIGHTS, map(_VALUES.__getitem__, first))) % 31]


def is_uscc(code: str) -> bool:
    """Eighteen characters of the alphabet with the right check character and a region of six digits."""
    if len(code) != 18 or not code[2:8].isdigit() or not _CHARACTERS.issuperset(code):
        return False
    return check_character(code[:17]) == code[17]


def is_sole_trader(code: str) -> bool:
    """个体工商户: registered by 市场监管 (9) as kind 2."""
    return code.startswith(SOLE_TRADER) and is_uscc(code)
