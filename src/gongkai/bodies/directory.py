"""Who holds which role today, for `foundation.access`: holdings and deputies of bodies that exist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from gongkai.bodies.models import Body, Kind, RoleHolding
from gongkai.foundation.access import BODY_ROLES, Grant, Role
from gongkai.foundation.accounts.models import User


class BodyDirectory:
    """Answers `access.Directory` in one query, two when a county role is among the answers."""

    def grants(self, user: User, on: date) -> list[Grant]:
        """The roles of `user` on the day, own and deputised, first and last day included.

        A body role reaches its body alone; a county role reaches the county and every body below it, those dissolved
        included, so that their past stays open to the office.
        """
        deputised = Q(deputies__user=user, deputies__since__lte=on, deputies__until__gte=on)
        held = (
            RoleHolding.objects.on(on)
            .filter(Q(user=user) | deputised, body__in=Body.objects.active(on))
            .order_by()
            .values_list("role", "body_id", "body__kind", "user_id")
            .distinct()
        )
        rows = [(Role(role), body_id, kind, user_id) for role, body_id, kind, user_id in held]
        tenants = _members({body_id for role, body_id, kind, _ in rows if role not in BODY_ROLES})
        return [
            Grant(
                role,
                body_id,
                frozenset({body_id}) if role in BODY_ROLES else frozenset({body_id, *tenants[body_id]}),
                deputy_for=None if holder == user.pk else holder,
            )
            for role, body_id, kind, holder in rows
            if role in BODY_ROLES or kind == Kind.COUNTY
        ]


def _members(county_ids: Iterable[int]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = defaultdict(list)
    wanted = set(county_ids)
    if wanted:
        for county_id, body_id in Body.objects.filter(county__in=wanted).order_by().values_list("county_id", "pk"):
            members[county_id].append(body_id)
    return members
