"""Sums of rounded numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def is_sum(whole: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether `whole` is the sum of `parts`, each of them rounded to the places it is written with.

    Rounded numbers may miss their rounded sum by half of the last place each. A single part is rounded as the whole is.
    """
    places = max(_places(one) for one in (whole, *parts))
    slack = Decimal(5).scaleb(-places - 1) * (len(parts) + 1) if places and len(parts) > 1 else Decimal(0)
    return abs(whole - sum(parts, Decimal(0))) <= slack


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
