"""Whether six digits are the code of a place in which residents were registered (GB/T 2260)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml


@cache
def prefectures() -> frozenset[str]:
    """Every four digits of province and prefecture, past ones too."""
    text = files(__package__).joinpath("regions.yaml").read_text("utf-8")
    found = set()
    for province, ranges in yaml.safe_load(text).items():
        for written in str(ranges).split():
            first, _, last = written.partition("-")
            found |= {f"{province}{number:02}" for number in range(int(first), int(last or first) + 1)}
    return frozenset(found)


def is_region(code: str) -> bool:
    """A prefecture that was, and a county within it; whole prefectures (…00) register nobody."""
    return code[:4] in prefectures() and code[4:] != "00"
