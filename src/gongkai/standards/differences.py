"""新旧版本差异: what one version of a catalogue adds to another, leaves out, and changes, cell by cell."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from gongkai.core.catalogues import Row
from gongkai.core.catalogues.words import channel_name
from gongkai.core.notices.folding import bare
from gongkai.foundation.registries import Label

COMPARED: tuple[tuple[str, Label], ...] = (
    ("content", _("公开内容")),
    ("basis", _("公开依据")),
    ("limit", _("公开时限")),
    ("body", _("公开主体")),
    ("channels", _("公开渠道")),
    ("audience", _("公开对象")),
    ("modes", _("公开方式")),
    ("levels", _("公开层级")),
)
WORDS: dict[str, Label] = {
    "all": _("全社会"),
    "specific": _("特定群众"),
    "proactive": _("主动"),
    "on-request": _("依申请"),
    "province": _("省级"),
    "city": _("市级"),
    "county": _("县级"),
    "township": _("乡级"),
    "village": _("村级"),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One cell of a row that both versions have."""

    row: Row
    label: Label
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    changed: tuple[Changed, ...]
    same: int

    @property
    def is_none(self) -> bool:
        return not (self.added or self.removed or self.changed)

    @property
    def changed_rows(self) -> int:
        return len({identity(one.row) for one in self.changed})


def identity(row: Row) -> str:
    """What makes two rows of two versions the same matter: the names of it, as they are spelled at all."""
    return hashlib.sha256("\n".join(bare(part) for part in (row.first, row.second, row.third)).encode()).hexdigest()


def identities(rows: Iterable[Row]) -> list[str]:
    """One for each row; the second of two that are called the same gets one of its own."""
    seen: dict[str, int] = {}
    found = []
    for row in rows:
        key = identity(row)
        seen[key] = seen.get(key, 0) + 1
        found.append(key if seen[key] == 1 else hashlib.sha256(f"{key}{seen[key]}".encode()).hexdigest())
    return found


def difference(before: Sequence[Row], after: Sequence[Row]) -> Difference:
    """What `after` has made of `before`."""
    old = dict(zip(identities(before), before, strict=True))
    new = dict(zip(identities(after), after, strict=True))
    changed = [one for key, row in new.items() if key in old for one in _cells(old[key], row)]
    touched = {identity(one.row) for one in changed}
    return Difference(
        tuple(row for key, row in new.items() if key not in old),
        tuple(row for key, row in old.items() if key not in new),
        tuple(changed),
        sum(key in old and key not in touched for key in new),
    )


def _cells(before: Row, after: Row) -> Iterable[Changed]:
    for name, label in COMPARED:
        old, new = shown(before, name), shown(after, name)
        if bare(old) != bare(new):
            yield Changed(after, label, old, new)


def shown(row: Row, name: str) -> str:
    """A cell in words."""
    if name == "limit":
        return row.limit.text
    if name == "channels":
        return "、".join([*map(channel_name, sorted(row.channels)), *row.others])
    if name == "audience" and row.audience_text:
        return "、".join([*(str(WORDS[key]) for key in row.audience), row.audience_text])
    value = getattr(row, name)
    return value if isinstance(value, str) else "、".join(str(WORDS.get(part, part)) for part in value)
