"""Addresses: which audience may open which view. A view that nobody declared is closed to everybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from django.urls import ResolverMatch

from gongkai.foundation.access.roles import Audience, Role
from gongkai.foundation.registries import Registry


@dataclass(frozen=True, slots=True)
class Address:
    """One row of the table: a view's name, or a pattern (`wagtailimages:*`) for views of a library."""

    key: str
    audience: frozenset[Role | Audience]

    def matches(self, name: str) -> bool:
        return fnmatchcase(name, self.key)


addresses: Registry[Address] = Registry("addresses")


def declare(audience: Iterable[Role | Audience], *names: str) -> None:
    """Open the views called `names` to `audience`."""
    for name in names:
        addresses.register(Address(name, frozenset(audience)))


def name_of(match: ResolverMatch) -> str:
    """The name by which a view is declared: its URL name, else the dotted path of the view."""
    return match.view_name or f"{match.func.__module__}.{match.func.__qualname__}"


def row_for(name: str) -> Address | None:
    """The row that governs a view: its own name, else the longest pattern that matches."""
    if name in addresses:
        return addresses.get(name)
    matching = [row for row in addresses if "*" in row.key and row.matches(name)]
    return max(matching, key=lambda row: len(row.key), default=None)
