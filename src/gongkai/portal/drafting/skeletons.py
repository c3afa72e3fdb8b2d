"""The skeletons that come with the product, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Skeleton:
    """What is to be filled in stands as 〔填写：…〕. days: shown so long from the day it is begun, 0 without end."""

    key: str
    name: str
    title: str
    body: str
    summary: str = ""
    days: int = 0


@cache
def skeletons() -> tuple[Skeleton, ...]:
    rows = yaml.safe_load((Path(__file__).parent / "skeletons.yaml").read_text())
    return tuple(Skeleton(**row | {"body": "".join(row["body"].splitlines())}) for row in rows)
