"""Two doors: the address before anything else looks at it, the content once it is known that the person may be here."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponseBase

from gongkai.foundation.access.addresses import name_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.guard import SecretSuspected, Unexamined
from gongkai.foundation.guard.reporting import Refusal, report
from gongkai.review.guard.answers import refused, unexamined
from gongkai.review.guard.carried import in_address, in_content
from gongkai.review.models import Way


class AddressGuard:
    """Judges path, query and the headers that others write down, right behind the session: redirects repeat them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        rule = in_address(request)
        if rule is None:
            return self.get_response(request)
        _note(request, Way.ADDRESS, rule)
        return refused(request, rule)


class ContentGuard:
    """Judges fields, bodies and files before the view; and answers for the nets behind it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponseBase | None:
        found = in_content(request)
        if found is None:
            return None
        way, rule = found
        _note(request, way, rule)
        return refused(request, rule)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """What a net refused has been rolled back by now."""
        if isinstance(exception, SecretSuspected):
            _note(request, Way.FORM, exception.rule)
            return refused(request, exception.rule)
        if isinstance(exception, Unexamined):
            return unexamined(request, exception)
        return None


def _note(request: HttpRequest, way: Way, rule: str) -> None:
    """The view by its name; before an address is resolved there is none, and what was typed is not kept."""
    user = getattr(request, "user", None) or get_user(request)
    address = name_of(request.resolver_match) if request.resolver_match else ""
    report(Refusal(way.value, address, rule, user if isinstance(user, User) else None))
