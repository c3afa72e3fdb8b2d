"""Bodies that a notice names and the register does not have: what they probably are, ready to be created in bulk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.bodies.models import Body, Kind
from gongkai.bodies.naming import place_of
from gongkai.bodies.services import create
from gongkai.foundation.accounts.models import User

# The first pattern that a name matches says its kind.
_KINDS = (
    (Kind.TOWNSHIP, re.compile(r"(?:镇|乡)(?:人民)?政府$|(?:镇|乡)$")),
    (Kind.SUBDISTRICT, re.compile(r"街道(?:办事处|办)?$")),
    (
        Kind.VERTICAL,
        re.compile(r"税务局|生态环境局|气象局|海关|海事|烟草|邮政管理|消防救援|人民银行|供电"),
    ),
    (Kind.UTILITY, re.compile(r"公司$|集团$|银行$")),
    (Kind.INSTITUTION, re.compile(r"中心$|医院$|学校$|学院$|馆$|大队$|研究[院所]$|服务站$")),
)


@dataclass(frozen=True, slots=True)
class Missing:
    """An unknown name as printed, the rows that use it, and what would be created for it."""

    name: str
    items: tuple[str, ...]
    kind: Kind
    full_name: str

    @property
    def short_names(self) -> list[str]:
        """The printed name, so that the next notice finds the body by it."""
        return [self.name] if self.name != self.full_name else []


GOVERNMENT = "人民政府"


def propose(name: str, items: list[str], county: Body) -> Missing:
    """What an unknown name probably is: its kind from its ending, 县 at its head written out as the county."""
    kind = next((kind for kind, pattern in _KINDS if pattern.search(name)), Kind.DEPARTMENT)
    return Missing(name, tuple(items), kind, _full_name(name, county))


def _full_name(name: str, county: Body) -> str:
    place = place_of(county)
    if name.startswith(place) or place[-1:] not in "县区市旗" or name[:1] != place[-1:]:
        return name
    return place + re.sub("^政府", GOVERNMENT, name[1:])


def register(actor: User | None, county: Body, missing: Iterable[Missing], kinds: Mapping[str, Kind]) -> list[Body]:
    """Create all of them or none, each of the kind chosen for its name, else of the proposed one.

    The codes are provisional numbers (qinghe.n12); login names follow from them.
    """
    codes = set(Body.objects.of_county(county).values_list("code", flat=True))
    number, created = 0, []
    with transaction.atomic():
        for each in missing:
            while (code := f"{county.code}.n{number}") in codes or not number:
                number += 1
            codes.add(code)
            try:
                kind = kinds.get(each.name, each.kind)
                created.append(create(actor, county, code, each.full_name, kind, short_names=each.short_names))
            except ValidationError as error:
                message = _("登记“%(name)s”时：%(error)s") % {"name": each.name, "error": "；".join(error.messages)}
                raise ValidationError(message) from error
    return created
