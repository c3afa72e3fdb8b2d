"""Selectors: expressions of a notice that stand for many bodies (各乡镇人民政府, 县直各有关单位) and whom they mean."""

from __future__ import annotations

import re
from datetime import date

from django.db.models import Q

from gongkai.bodies.models import Body, BodyGroup, Kind
from gongkai.core.notices.names import spelling

TOWNS = frozenset({Kind.TOWNSHIP})
STREETS = frozenset({Kind.SUBDISTRICT})
# Vertically managed branches (生态环境, 税务, 气象) count as 县级部门 in every notice; institutions as 单位.
DEPARTMENTS = frozenset({Kind.DEPARTMENT, Kind.VERTICAL})
UNITS = DEPARTMENTS | {Kind.INSTITUTION}
# 公共企事业单位 disclose under rules of their own (条例 Art. 55) and are meant only where named.
ALL = UNITS | TOWNS | STREETS

_LEVEL = "(?:全?[县区市])?(?:人民)?(?:政府|直属|[级直属])?"
_TOWN = "(?:乡镇|镇乡|镇|乡)(?:人民)?(?:政府)?"
_STREET = "街道?(?:办事处|办)?"
# Longest meaning first: at each place the first row that matches is taken.
_GRAMMAR: list[tuple[str, frozenset[Kind]]] = [
    (f"{_TOWN}（{_STREET}）|{_STREET}（{_TOWN}）|(?:乡镇|镇|乡)街道?(?:办事处|办)?", TOWNS | STREETS),
    (_TOWN, TOWNS),
    ("街道(?:办事处|办)?", STREETS),
    ("(?:垂直管理|垂管)(?:部门|单位|机构)|(?:中央)?中?省?市?驻[县区市](?:部门|单位|机构)", frozenset({Kind.VERTICAL})),
    ("(?:公共|公用)企?事业单位|(?:公共|公用)企业", frozenset({Kind.UTILITY})),
    (f"{_LEVEL}事业单位", frozenset({Kind.INSTITUTION})),
    (f"{_LEVEL}(?:部门（单位）|部门和单位|部门单位)", UNITS),
    (f"{_LEVEL}(?:工作|组成|主管)?部门", DEPARTMENTS),
    ("[县区市](?:[级直属]|直属)(?:机关)?单位|[县区市][级直]机关", UNITS),
    ("全?[县区市]?单位|部门", ALL),
]
_RULES = [(re.compile(pattern), kinds) for pattern, kinds in _GRAMMAR]
_SEPARATOR = re.compile(r"[、，；,;和及]|以及")
_MODIFIER = re.compile("各级|各|有关|相关|责任|所有|全部|全体|等")


def kinds_of(expression: str) -> frozenset[Kind]:
    """The kinds of body that an expression stands for; empty when it is none, or a part of it is not understood."""
    found: set[Kind] = set()
    for part in _parts(expression):
        rest = _MODIFIER.sub("", part)
        while rest:
            match, kinds = next(((m, k) for rule, k in _RULES if (m := rule.match(rest))), (None, None))
            if match is None or kinds is None:
                return frozenset()
            found |= kinds
            rest = rest[match.end() :]
    return frozenset(found)


def _parts(expression: str) -> list[str]:
    """The listed parts, folded; 部门和单位 is not cut at 和."""
    return _SEPARATOR.split(re.sub("部门[和及、]单位", "部门单位", spelling(expression)))


def resolve(expression: str, county: Body, on: date) -> list[Body]:
    """The bodies of the county that an expression means on the day, in the register's order; none when not understood.

    A group of the register wins over the grammar: where a county has a group 县级部门, its members are meant.
    """
    groups = {spelling(group.name): group for group in BodyGroup.objects.filter(county=county)}
    whole = groups.get(spelling(expression))
    wanted = Q(groups=whole) if whole else Q()
    for part in [] if whole else _parts(expression):
        group = groups.get(part) or groups.get(_MODIFIER.sub("", part))
        kinds = kinds_of(part)
        if not (group or kinds):
            return []
        wanted |= Q(groups=group) if group else Q(kind__in=kinds)
    meant = Body.objects.filter(wanted).order_by().values("pk")
    return list(Body.objects.of_county(county).working().active(on).filter(pk__in=meant))
