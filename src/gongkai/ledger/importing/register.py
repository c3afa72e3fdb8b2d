"""The county's register as an import needs it: bodies by every name, selectors with the bodies they stand for."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from gongkai.bodies.models import Body, FormerName, Kind
from gongkai.bodies.naming import current_names, place_of, rank
from gongkai.bodies.selectors import resolve
from gongkai.channels.models import Account, Site
from gongkai.core.notices.names import spelling

_ACCOUNTS = re.compile(r"新媒体.{0,6}(?:主办|主管|开办|运营|运维)(?:单位|部门)")
_SITES = re.compile(r"网站.{0,6}(?:主办|主管|开办|运营|运维)(?:单位|部门)")
_SECRECY = re.compile(r"^(?:.?级)?保密(?:行政)?(?:管理|主管)部门$")
_COUNTY_LEVEL = re.compile(r"^[县区市][级直]")
_TOWNS = frozenset({Kind.TOWNSHIP, Kind.SUBDISTRICT})


@dataclass
class Register:
    """Bodies of `county` on a day, loaded once for a whole draft."""

    county: Body
    on: date
    _expressions: dict[str, list[Body]] = field(default_factory=dict)

    @cached_property
    def bodies(self) -> dict[int, Body]:
        """Those that can be given tasks, by id, in the register's order."""
        found = Body.objects.of_county(self.county).working().active(self.on).prefetch_related("former_names")
        return {body.pk: body for body in found}

    @cached_property
    def _place(self) -> str:
        return place_of(self.county)

    @cached_property
    def _named(self) -> dict[str, list[tuple[Body, list[FormerName]]]]:
        """Spelling -> bodies that answer to it, now or formerly."""
        index = defaultdict(list)
        for body in self.bodies.values():
            former = list(body.former_names.all())
            names = [*current_names(body, self._place), *(name.name for name in former)]
            for key in {spelling(name) for name in names}:
                index[key].append((body, former))
        return index

    def find(self, name: str) -> Body | None:
        """The body that the name means, as `bodies.selectors.find`; None when none or several answer to it."""
        key = spelling(name)
        ranked = [
            (found, body)
            for body, former in self._named.get(key, [])
            if (found := rank(body, former, key, self._place, self.on)) is not None
        ]
        best = min((found for found, _ in ranked), default=None)
        bodies = [body for found, body in ranked if found == best]
        return bodies[0] if len(bodies) == 1 else None

    def resolve(self, expression: str) -> list[Body]:
        """The bodies that a selector stands for; empty when it stands for none here."""
        if expression not in self._expressions:
            self._expressions[expression] = self._resolve(expression)
        return self._expressions[expression]

    def _resolve(self, expression: str) -> list[Body]:
        owners: set[int] = set()
        if _ACCOUNTS.search(expression):
            owners |= set(Account.objects.filter(active=True).values_list("owner_id", flat=True))
        if _SITES.search(expression):
            owners |= set(Site.objects.filter(active=True).values_list("owner_id", flat=True))
        if owners:
            towns_too = not _COUNTY_LEVEL.match(expression)
            return [
                body for body in self.bodies.values() if body.pk in owners and (towns_too or body.kind not in _TOWNS)
            ]
        if body := self.find(expression):
            return [body]
        if _SECRECY.match(expression):
            return [body for body in self.bodies.values() if "保密局" in body.name]
        return [self.bodies[body.pk] for body in resolve(expression, self.county, self.on) if body.pk in self.bodies]
