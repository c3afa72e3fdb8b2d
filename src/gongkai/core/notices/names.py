"""The lexicon of names: the register of bodies when there is one, and the names that the notice itself teaches."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from gongkai.core.notices.bodynames import belongs, ends_strongly, is_body, opens_name
from gongkai.core.notices.folding import fold, squeeze

_COLUMNS = ("name", "short_names", "former_names", "kind", "groups")
_LONGEST_RUN = 200  # characters; what is longer is no run of names


class RegisterError(Exception):
    """The register of bodies cannot be read: `str()` is one line in Chinese."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body of the register (机构) with the names it goes or went by."""

    name: str
    short_names: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    kind: str = ""
    groups: tuple[str, ...] = ()


def spelling(name: str) -> str:
    """The key under which a name is compared: folded, without white space."""
    return squeeze(fold(name))


@dataclass(frozen=True)
class Lexicon:
    """Names that are known. `taught` are those of the notice, spelled by `spelling`."""

    bodies: tuple[Body, ...] = ()
    taught: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def from_csv(cls, path: Path | str) -> Lexicon:
        """Read a register: CSV with the header name,short_names,former_names,kind,groups; several values by `;`."""
        path = Path(path)
        try:
            rows = list(csv.DictReader(io.StringIO(_decode(path.read_bytes()), newline="")))
        except (OSError, csv.Error, ValueError) as error:
            raise RegisterError(f"{path.name}：机构名册读不出来，请用 UTF-8 编码的 CSV 文件") from error
        if not rows or "name" not in rows[0]:
            raise RegisterError(f"{path.name}：机构名册缺少表头或没有内容，第一行应为 {','.join(_COLUMNS)}")
        return cls(tuple(_body(row) for row in rows if (row["name"] or "").strip()))

    def teach(self, names: Iterable[str]) -> Lexicon:
        """This lexicon and the names that a notice shows standing alone."""
        return Lexicon(self.bodies, self.taught | {spelling(name) for name in names})

    @cached_property
    def _register(self) -> dict[str, tuple[Body, bool]]:
        """Every registered spelling -> the body, and whether it is a former name."""
        found: dict[str, tuple[Body, bool]] = {}
        for body in self.bodies:
            for name in (body.name, *body.short_names):
                found.setdefault(spelling(name), (body, False))
        for body in self.bodies:
            for name in body.former_names:
                found.setdefault(spelling(name), (body, True))
        return found

    @cached_property
    def groups(self) -> frozenset[str]:
        """The names of groups that the register forms."""
        return frozenset(spelling(group) for body in self.bodies for group in body.groups)

    def resolve(self, name: str) -> tuple[Body, bool] | None:
        """The registered body of a name, and whether the name is a former one."""
        return self._register.get(spelling(name))

    def registered(self, name: str) -> bool:
        return spelling(name) in self._register

    def knows(self, name: str) -> bool:
        """Whether the register or the notice has this very name."""
        key = spelling(name)
        return key in self._register or key in self.taught

    def split(self, fragment: str) -> list[str]:
        """A fragment without separators cut into the names that run together in it; itself when it is one name.

        Known names win, the longest first; an unknown part must look like a name and open one (县…局|县…局).
        """
        if len(fragment) > _LONGEST_RUN or self.registered(fragment):
            return [fragment]
        return self._split(fragment) or [fragment]

    @cached_property
    def _splits(self) -> dict[str, list[str] | None]:
        return {}

    def _split(self, fragment: str) -> list[str] | None:
        """Two or more names, None when the fragment is no such run."""
        if fragment not in self._splits:
            self._splits[fragment] = None
            self._splits[fragment] = next(
                (
                    [fragment[:end], *(self._split(fragment[end:]) or [fragment[end:]])]
                    for end in self._ends(fragment)
                    if self._split(fragment[end:]) or self._whole(fragment[end:], fragment[:end])
                ),
                None,
            )
        return self._splits[fragment]

    def _ends(self, fragment: str) -> list[int]:
        """Where a first name may end: known names, the longest first, then unknown ones, the shortest first."""
        ends = [end for end in range(2, len(fragment) - 1) if self._closes(fragment[:end], fragment[end:])]
        known = [end for end in ends if self.knows(fragment[:end]) and not self._split(fragment[:end])]
        return known[::-1] + [end for end in ends if end not in known]

    def _closes(self, left: str, right: str) -> bool:
        if not (self.knows(left) or (is_body(left) and ends_strongly(left))):
            return False
        if self.registered(left) and self.registered(right):
            return True
        return not belongs(right, left) and (opens_name(right, left) or self._starts_known(right))

    def _starts_known(self, text: str) -> bool:
        return any(self.knows(text[:end]) for end in range(2, len(text) + 1))

    def _whole(self, text: str, before: str) -> bool:
        return self.knows(text) or (is_body(text) and opens_name(text, before))


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _body(row: dict[str, str]) -> Body:
    def several(column: str) -> tuple[str, ...]:
        return tuple(value.strip() for value in (row.get(column) or "").replace("；", ";").split(";") if value.strip())

    return Body(
        row["name"].strip(),
        several("short_names"),
        several("former_names"),
        (row.get("kind") or "").strip(),
        several("groups"),
    )
