"""Every address and every verb is declared, and nobody who is not named gets in."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from gongkai.foundation.access import Audience, Role, verbs
from gongkai.foundation.access.addresses import row_for


def views(resolver=None, namespaces=()):
    """(name by which it is declared, pattern) of every view of the product."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from views(entry, (*namespaces, entry.namespace) if entry.namespace else namespaces)
        elif isinstance(entry, URLPattern):
            callback = entry.callback
            plain = getattr(callback, "view_class", None)
            named = plain or (callback if hasattr(callback, "__qualname__") else type(callback))  # a feed is an object
            dotted = f"{callback.__module__}.{named.__qualname__}"
            yield ":".join((*namespaces, entry.name or dotted)) if entry.name else dotted, str(entry.pattern)


def test_every_address_is_declared():
    undeclared = sorted({f"{name}  ({pattern})" for name, pattern in views() if row_for(name) is None})
    assert undeclared == []


def test_no_address_is_public_by_a_pattern():
    """A pattern opens what nobody has thought of; what is public is named one by one."""
    from gongkai.foundation.access import addresses

    assert [row.key for row in addresses if Audience.PUBLIC in row.audience and "*" in row.key] == []


def test_every_verb_names_its_roles_and_is_called_after_its_room():
    for verb in verbs:
        assert verb.roles or verb.system, verb.key
        room, _, name = verb.key.partition(".")
        assert name and f".{room}" in inspect_module(verb), verb.key
        assert verb.label, verb.key


def inspect_module(verb):
    return verb.function.__module__


def test_no_verb_is_open_to_everybody():
    assert [verb.key for verb in verbs if Audience.PUBLIC in verb.roles] == []


@pytest.mark.parametrize("superuser", [False, True])
def test_no_verb_runs_for_somebody_without_a_role(db, django_user_model, superuser):
    """Superusers are system administrators and nothing else."""
    user = django_user_model.objects.create_user("nobody", is_superuser=superuser)
    from gongkai.foundation.access.rights import rights_of

    mine = rights_of(user)
    for verb in verbs:
        assert mine.may(verb.key) == (superuser and Role.SYSADMIN in verb.roles) or Audience.SIGNED_IN in verb.roles


def test_an_undeclared_address_is_refused(settings):
    from gongkai.foundation.access.middleware import AccessMiddleware

    request = RequestFactory().get("/x/")
    request.user = AnonymousUser()
    request.resolver_match = type("Match", (), {"view_name": "nobody:declared-this"})()
    with pytest.raises(PermissionDenied):
        AccessMiddleware(lambda r: None).process_view(request, None, (), {})
