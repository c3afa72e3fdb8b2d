"""What going over the chain says."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from gongkai.review.register.links import START

SHOWN = 1000  # problems kept; of more there is the count


class Kind(StrEnum):
    CHANGED = "changed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    MISSING = "missing"
    TAIL_DELETED = "tail-deleted"

    @property
    def words(self) -> str:
        return {
            Kind.CHANGED: _("被改动"),
            Kind.INSERTED: _("为后来插入"),
            Kind.REORDERED: _("次序被调换"),
            Kind.MISSING: _("缺失"),
            Kind.TAIL_DELETED: _("（末尾）被删除"),
        }[self]


@dataclass(frozen=True, slots=True, order=True)
class Break:
    """One place where the chain does not hold: entries `number` to `last`, as numbered now; when gone, as written."""

    number: int
    last: int
    kind: Kind

    def __str__(self) -> str:
        named = {"number": self.number, "last": self.last, "what": self.kind.words}
        one = self.number == self.last
        return (_("第 %(number)d 条%(what)s") if one else _("第 %(number)d 至 %(last)d 条%(what)s")) % named


@dataclass(slots=True)
class Verdict:
    """count: rows seen; number, digest: the last of them; total: problems; breaks: the first thousand, in order."""

    count: int = 0
    number: int = 0
    digest: str = START
    total: int = 0
    breaks: list[Break] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        return self.total == 0

    def say(self, kind: Kind, first: int, last: int) -> None:
        self.total += 1
        if len(self.breaks) < SHOWN:
            self.breaks.append(Break(first, last, kind))
