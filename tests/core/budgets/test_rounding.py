"""Sums of rounded numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.core.budgets import is_sum


@pytest.mark.parametrize(
    ("whole", "parts", "good"),
    [
        ("3", ["1", "2"], True),
        ("3", ["1", "1"], False),
        ("10.00", ["3.33", "3.33", "3.33"], True),
        ("10.01", ["3.33", "3.33", "3.30"], False),
        ("900.01", ["900.00"], False),
        ("-1.5", ["1.5", "-3.0"], True),
    ],
)
def test_each_may_be_off_by_half_of_its_last_place(whole, parts, good):
    assert is_sum(Decimal(whole), [Decimal(part) for part in parts]) is good
