"""A named collection that rooms add to at start and engines read afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, Protocol, TypeAlias, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Label: TypeAlias = str | Promise  # words of the interface, translated when shown


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=Keyed)


class Duplicate(Exception):
    """Two entries under one key: one would silently hide the other."""


class Unknown(LookupError):
    """No entry under this key; the message lists those there are."""


class Registry(Generic[T]):
    """Entries by key, in the order of their keys."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: dict[str, T] = {}

    def register(self, entry: T) -> T:
        """Add `entry`; the same entry twice is one, another under its key raises `Duplicate`."""
        known = self._entries.setdefault(entry.key, entry)
        if known is not entry and known != entry:
            raise Duplicate(f"{self.name}: {entry.key} is registered twice")
        return known

    def unregister(self, key: str) -> None:
        self._entries.pop(key, None)

    def get(self, key: str) -> T:
        try:
            return self._entries[key]
        except KeyError:
            known = "、".join(sorted(self._entries))
            raise Unknown(
                _("%(registry)s：没有“%(key)s”，现有：%(known)s") % {"registry": self.name, "key": key, "known": known}
            ) from None

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[T]:
        return iter([self._entries[key] for key in sorted(self._entries)])

    def __len__(self) -> int:
        return len(self._entries)
