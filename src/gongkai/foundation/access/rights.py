"""What one person may do today: the roles held, each with the bodies it reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.contrib.auth.models import AnonymousUser

from gongkai.foundation import clock
from gongkai.foundation.access.roles import Audience, Role
from gongkai.foundation.access.table import verbs
from gongkai.foundation.accounts.models import User


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held in a body. `covers`: the bodies it reaches, None for all of the installation."""

    role: Role
    body_id: int | None
    covers: frozenset[int] | None
    deputy_for: int | None = None  # the user whose place is taken for a time


class Directory(Protocol):
    """Who holds which role; answered by `bodies`, a floor above."""

    def grants(self, user: User, on: date) -> Iterable[Grant]: ...


_directory: list[Directory] = []


def use_directory(directory: Directory) -> None:
    """Called once at start by the room that knows people's roles."""
    _directory[:] = [directory]


@dataclass(frozen=True, slots=True)
class Rights:
    """The grants of one person on one day; ask for them once and keep them while answering one request."""

    user: User | AnonymousUser
    grants: tuple[Grant, ...]

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    def holds(self, roles: Iterable[Role | Audience], body_id: int | None = None) -> bool:
        """Whether one of `roles` is held, and reaches `body_id` when one is given."""
        wanted = frozenset(roles)
        if Audience.PUBLIC in wanted or (Audience.SIGNED_IN in wanted and self.user.is_authenticated):
            return True
        return any(
            grant.role in wanted and (body_id is None or grant.covers is None or body_id in grant.covers)
            for grant in self.grants
        )

    def may(self, verb: str, body_id: int | None = None) -> bool:
        """Whether the verb may be used on a record of `body_id`."""
        return self.holds(verbs.get(verb).roles, body_id)

    def bodies(self, *roles: Role) -> frozenset[int] | None:
        """The bodies reached by any of `roles` (by any role at all when none is named); None means every body."""
        reached = [grant.covers for grant in self.grants if not roles or grant.role in roles]
        if any(covers is None for covers in reached):
            return None
        return frozenset().union(*(covers for covers in reached if covers is not None))


_remembered: ContextVar[dict[int, Rights] | None] = ContextVar("rights of this request", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Inside the block everybody's rights are looked up once: while one request is answered they stand still."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def rights_of(user: User | AnonymousUser) -> Rights:
    """The rights of `user` today.

    A superuser is a system administrator and nothing else: reviews bind superusers too.
    """
    if not isinstance(user, User) or not user.is_active:
        return Rights(user, ())
    remembered = _remembered.get()
    if remembered is None:
        return _look_up(user)
    if user.pk not in remembered:
        remembered[user.pk] = _look_up(user)
    return remembered[user.pk]


def _look_up(user: User) -> Rights:
    grants = [grant for directory in _directory for grant in directory.grants(user, clock.today())]
    if user.is_superuser:
        grants.append(Grant(Role.SYSADMIN, None, None))
    return Rights(user, tuple(grants))
