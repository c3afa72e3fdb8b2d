"""公开主体: the one body of the register that a row names, or the several (各乡镇, 相关审批部门)."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from gongkai.bodies.models import Body
from gongkai.bodies.selectors import find, resolve
from gongkai.standards.models import Row

_LISTED = re.compile(r"[、，,；;/／\n]")
_JOINED = re.compile(r"以及|及|和|与")  # also within names: 发展和改革局
# Departments by what they do (负责审批的部门): which ones the words do not say, so any of them may publish.
_ANY = re.compile(r"(?:部门|单位|机构|机关)$")
_ALL_DEPARTMENTS = "各部门单位"


class Owners:
    """公开主体 -> the body of the register that it names; each name is looked up once."""

    def __init__(self, body: Body, on: date) -> None:
        self._body, self._on = body, on
        self._known: dict[str, Body | None] = {}

    def of(self, name: str) -> Body | None:
        """None for a name that means several (相关审批部门), nobody, or the body of the catalogue itself."""
        if name not in self._known:
            found = find(self._body.root, name, self._on) if name.strip() else None
            self._known[name] = None if found == self._body else found
        return self._known[name]


class Named:
    """公开主体 -> the bodies that a name of several means on a day; each is looked up once for its county."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._roots: dict[int, Body] = {}
        self._known: dict[tuple[int, str], tuple[Body, ...]] = {}

    def several(self, row: Row) -> Collection[int]:
        """The ids of the bodies, none where one alone is named, or nobody."""
        return [body.pk for body in self.bodies(row)]

    def bodies(self, row: Row) -> tuple[Body, ...]:
        """The bodies themselves, in the register's order for an expression, as listed for a list."""
        name = row.body_text.strip()
        if row.owner_id is not None or not name:
            return ()
        root = self._root(row.catalogue.body_id)
        key = (root.pk, name)
        if key not in self._known:
            self._known[key] = tuple(_meant(name, root, self._on))
        return self._known[key]

    def _root(self, body: int) -> Body:
        if body not in self._roots:
            self._roots[body] = Body.objects.select_related("county").get(pk=body).root
        return self._roots[body]


def _meant(name: str, county: Body, on: date) -> list[Body]:
    """An expression as a whole, else the parts of a list one by one; a part that is nobody's name adds nothing."""
    whole = resolve(name, county, on)
    if whole:
        return whole
    found = [body for part in _LISTED.split(name) if part.strip() for body in _part(part.strip(), county, on)]
    return list({body.pk: body for body in found}.values())


def _part(part: str, county: Body, on: date) -> list[Body]:
    one = find(county, part, on)
    if one is not None:
        return [one]
    smaller = [piece for piece in _JOINED.split(part) if piece.strip()]
    if len(smaller) > 1:
        joined = [body for piece in smaller for body in _part(piece.strip(), county, on)]
        if joined:
            return joined
    return resolve(part, county, on) or _any(part, county, on)


def _any(name: str, county: Body, on: date) -> list[Body]:
    return resolve(_ALL_DEPARTMENTS, county, on) if _ANY.search(name) else []
