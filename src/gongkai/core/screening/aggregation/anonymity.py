"""k-anonymity and l-diversity of one list, by counting: near-linear in rows (why no library: docs/adr/0006)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

Values = Sequence[Sequence[str]]  # columns of equal length


@dataclass(frozen=True, slots=True)
class Group:
    """People that the quasi-identifiers do not tell apart; `rows` count from 0."""

    values: tuple[str, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Anonymity:
    """k: size of the smallest group; exposed: people in groups below the wanted size; smallest: some of those."""

    k: int
    exposed: int
    smallest: tuple[Group, ...]


def anonymity(columns: Values, rows: int, wanted: int, show: int = 5) -> Anonymity:
    """How well people hide among each other when these columns are shown."""
    sizes = Counter(_keys(columns, rows))
    small = {key: size for key, size in sizes.items() if size < wanted}
    chosen = sorted(small, key=small.__getitem__)[:show]
    members: dict[tuple[str, ...], list[int]] = {key: [] for key in chosen}
    if members:
        for row, key in enumerate(_keys(columns, rows)):
            if key in members:
                members[key].append(row)
    return Anonymity(
        k=min(sizes.values(), default=0),
        exposed=sum(small.values()),
        smallest=tuple(Group(key, tuple(members[key])) for key in chosen),
    )


def smallest_group(columns: Values, rows: int) -> int:
    """Only the size of the smallest group."""
    return min(Counter(_keys(columns, rows)).values(), default=0)


@dataclass(frozen=True, slots=True)
class Diversity:
    """alike: groups of two and more whose members all share one value; people in them; the value of the first."""

    alike: int
    people: int
    first: Group | None
    shared: str


def diversity(columns: Values, sensitive: Sequence[str], rows: int) -> Diversity:
    """Groups that give away what their members have in common. Blank values tell nothing; nor do groups of one here."""
    told: dict[tuple[str, ...], str] = {}
    mixed: set[tuple[str, ...]] = set()
    sizes: Counter[tuple[str, ...]] = Counter()
    for key, value in zip(_keys(columns, rows), sensitive, strict=True):
        sizes[key] += 1
        if told.setdefault(key, value) != value:
            mixed.add(key)
    alike = [key for key, size in sizes.items() if size > 1 and key not in mixed and told[key].strip()]
    if not alike:
        return Diversity(0, 0, None, "")
    members = tuple(row for row, key in enumerate(_keys(columns, rows)) if key == alike[0])
    return Diversity(len(alike), sum(sizes[key] for key in alike), Group(alike[0], members), told[alike[0]])


def _keys(columns: Values, rows: int) -> list[tuple[str, ...]]:
    return list(zip(*columns, strict=True)) if columns else [()] * rows
