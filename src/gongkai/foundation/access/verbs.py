"""Declaring verbs: the service functions that change something, each declared with who may use it and on which body."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.foundation.access.rights import rights_of
from gongkai.foundation.access.roles import Audience, Role
from gongkai.foundation.access.table import Verb, verbs
from gongkai.foundation.accounts.models import User
from gongkai.foundation.registries import Label

P = ParamSpec("P")
R = TypeVar("R")


class Refused(PermissionDenied):
    """This person may not do this here; the message says what is missing."""


def verb(
    key: str,
    label: Label,
    *roles: Role | Audience,
    body: str | None = None,
    system: bool = False,
    atomic: bool = True,
) -> Callable[[Callable[Concatenate[User | None, P], R]], Callable[Concatenate[User | None, P], R]]:
    """Declare the service function below as a verb: rights are checked, then it runs in one transaction.

    key: `room.verb`; label: what it does, in the words of the interface.
    body: path to the id of the body whose role is needed; None when holding the role anywhere is enough.
    system: the product itself may use it (actor None), as periodic jobs do.
    atomic: False for a verb that works for long before it writes, and opens its transaction then: on SQLite a
    transaction keeps every other writer waiting.
    """

    def declare(function: Callable[Concatenate[User | None, P], R]) -> Callable[Concatenate[User | None, P], R]:
        signature = inspect.signature(function)

        @wraps(function)
        def perform(actor: User | None, /, *args: P.args, **kwargs: P.kwargs) -> R:
            bound = signature.bind(actor, *args, **kwargs)
            bound.apply_defaults()
            demand(actor, entry, entry.body_id(bound.arguments))
            with transaction.atomic() if atomic else nullcontext():
                return function(actor, *args, **kwargs)

        entry = verbs.register(Verb(key, label, frozenset(roles), body, system, perform))
        return perform

    return declare


def demand(actor: User | None, entry: Verb, body_id: int | None) -> None:
    """Raise `Refused` unless `actor` may use the verb on a record of `body_id`."""
    if actor is None:
        if not entry.system:
            raise Refused(_("“%s”只能由人员办理，不能由系统执行") % entry.label)
        return
    if not entry.roles:
        raise Refused(_("“%s”只能由系统执行，不能由人员办理") % entry.label)
    if not rights_of(actor).holds(entry.roles, body_id):
        needed = "、".join(str(role.label) for role in Role if role in entry.roles)
        raise Refused(_("没有权限：“%(verb)s”须由该单位的%(roles)s办理") % {"verb": entry.label, "roles": needed})
