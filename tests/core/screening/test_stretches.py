"""Stretches that cover another, by their key."""

import random

from gongkai.core.screening.stretches import Stretches


def test_it_answers_as_looking_at_each_would():
    rng = random.Random(3)
    held = [(rng.choice("ab"), at := rng.randrange(60), at + rng.randrange(12)) for _ in range(40)]
    stretches = Stretches(held)
    for start in range(70):
        for end in range(start, start + 14):
            for key in "abc":
                plain = any(name == key and low <= start and end <= high for name, low, high in held)
                assert stretches.cover(key, start, end) is plain
