"""Queries about bodies and people worth naming."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.bodies.expressions import resolve
from gongkai.bodies.models import Body, BodyQuerySet, Deputy, Kind, RoleHolding
from gongkai.bodies.naming import current_names, place_of, rank
from gongkai.core.notices import names as register
from gongkai.foundation.access import COUNTY_ROLES, Rights, Role
from gongkai.foundation.accounts.models import User

__all__ = ["bodies_for", "counties", "descendants", "find", "holders", "lexicon", "people_for", "resolve", "search"]


def counties() -> BodyQuerySet:
    """The counties of this installation: the roots of its trees."""
    return Body.objects.filter(kind=Kind.COUNTY)


def bodies_for(rights: Rights, *roles: Role) -> BodyQuerySet:
    """The bodies that a person reaches by any of `roles` (by any role when none is named)."""
    return Body.objects.reached(rights.bodies(*roles))


def lexicon(county: Body) -> register.Lexicon:
    """The register of a county as `core.notices` reads names: all its bodies, dissolved ones too, for old notices."""
    place = place_of(county)
    bodies = Body.objects.of_county(county).prefetch_related("former_names", "groups")
    return register.Lexicon(
        tuple(
            register.Body(
                body.name,
                tuple(current_names(body, place)[1:]),
                tuple(former.name for former in body.former_names.all()),
                body.kind,
                tuple(group.name for group in body.groups.all()),
            )
            for body in bodies
        )
    )


def find(county: Body, name: str, on: date) -> Body | None:
    """The body that `name` means on the day: full, short or former name, also without the county's own (县财政局).

    A name that another body bore on that day wins over one who bears it now; None when no body, or more than one,
    answers to it.
    """
    key, place = register.spelling(name), place_of(county)
    ranked: list[tuple[tuple[int, int], Body]] = []
    for body in Body.objects.of_county(county).active(on).prefetch_related("former_names"):
        found = rank(body, list(body.former_names.all()), key, place, on)
        if found is not None:
            ranked.append((found, body))
    if not ranked:
        return None
    best = min(found for found, _ in ranked)
    bodies = [body for found, body in ranked if found == best]
    return bodies[0] if len(bodies) == 1 else None


def holders(body: Body, *roles: Role, on: date) -> QuerySet[User]:
    """Who holds one of `roles` in the body on the day, deputies included; county roles are looked up in its county."""
    inside = Q(role__in=[role for role in roles if role not in COUNTY_ROLES], body=body)
    above = Q(role__in=[role for role in roles if role in COUNTY_ROLES], body=body.root)
    held = RoleHolding.objects.on(on).filter(inside | above, body__in=Body.objects.active(on))
    own = held.filter(user=OuterRef("pk"))
    deputised = Deputy.objects.filter(user=OuterRef("pk"), holding__in=held, since__lte=on, until__gte=on)
    return User.objects.filter(Exists(own) | Exists(deputised), is_active=True).order_by("pk")


def people_for(rights: Rights, *roles: Role) -> QuerySet[User]:
    """The people who hold, held or will hold something in a body that is reached by `roles`; everybody for None."""
    reached = rights.bodies(*roles)
    if reached is None:
        return User.objects.all()
    return User.objects.filter(Exists(RoleHolding.objects.filter(user=OuterRef("pk"), body__in=reached)))


def descendants(body: Body) -> list[Body]:
    """Every body below, each after its parent, siblings in the register's order; one query."""
    below: dict[int | None, list[Body]] = {}
    for member in Body.objects.of_county(body.root).exclude(parent=None):
        below.setdefault(member.parent_id, []).append(member)
    found: list[Body] = []
    waiting = list(reversed(below.get(body.pk, [])))
    while waiting:
        found.append(waiting.pop())
        waiting.extend(reversed(below.get(found[-1].pk, [])))
    return found


def search(bodies: BodyQuerySet, text: str) -> BodyQuerySet:
    """Those among `bodies` whose code, or any present or former name, contains the text."""
    text = text.strip()
    if not text:
        return bodies
    # JSON keeps Chinese escaped on SQLite, so short names are compared after loading; a register has hundreds of rows.
    by_short = [
        pk
        for pk, short_names in bodies.exclude(short_names=[]).order_by().values_list("pk", "short_names")
        if any(text in name for name in short_names)
    ]
    return bodies.filter(
        Q(name__icontains=text) | Q(code__icontains=text) | Q(former_names__name__icontains=text) | Q(pk__in=by_short)
    ).distinct()
