"""The names under which a body is found: registered ones, and those that follow from them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.bodies.models import Body, FormerName, Kind
from gongkai.core.notices.names import spelling

SEATS = {Kind.TOWNSHIP: ("人民政府", "政府"), Kind.SUBDISTRICT: ("办事处",)}
LEVELS = "县区市旗"


def place_of(county: Body) -> str:
    """The place that a county governs: 清河县人民政府 → 清河县."""
    return county.name.removesuffix("人民政府")


def derived(name: str, kind: str, place: str) -> Iterator[str]:
    """What officials write for `name` without its being registered.

    清河县财政局 → 县财政局; 清河县柳林镇人民政府 → 柳林镇人民政府, 柳林镇.
    """
    seats = SEATS.get(Kind(kind), ())
    names = [name]
    if name.startswith(place) and len(name) > len(place) and place[-1:] in LEVELS:
        rest = name.removeprefix(place)
        names.append(rest if seats else place[-1] + rest)
        yield names[-1]
    for full in names:
        for seat in seats:
            if full.endswith(seat) and len(full) > len(seat) + 2:
                yield full.removesuffix(seat)
                break


def current_names(body: Body, place: str) -> list[str]:
    """Full name, short names, and what follows from the full name, in this order, each once."""
    return list(dict.fromkeys([body.name, *body.short_names, *derived(body.name, body.kind, place)]))


def rank(body: Body, former: list[FormerName], key: str, place: str, on: date) -> tuple[int, int] | None:
    """How well `key` (a spelling) names the body on the day, lower is better; None when it does not.

    A former name still borne on the day outranks the present one; one given up before it comes last, the latest first.
    """
    for name in former:
        if name.until is not None and name.until >= on and spelling(name.name) == key:
            return 0, (name.until - on).days
    for position, current in enumerate(current_names(body, place)):
        if spelling(current) == key:
            return 1 + min(position, 1), 0
    passed = [name.until for name in former if spelling(name.name) == key]
    return (3, min((on - until).days if until else 0 for until in passed)) if passed else None
