"""What comes with a request, before anything is asked of the database with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponseBase, QueryDict

DIGITS = 18  # of a number that every database holds
NUL = "\0"


class PlainTextMiddleware:
    """Refuses requests (400) with a NUL character: no form sends one, and PostgreSQL cannot hold it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        _demand_plain([request.path, *_texts(request.GET), *_texts(request.COOKIES)])
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        _demand_plain(_texts(request.POST))


def number(text: str | None) -> int | None:
    """A number such as an id or a year from an address or a form; None when it is none that a record could have."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= DIGITS else None


def numbers(texts: Iterable[str]) -> list[int]:
    """Those of `texts` that are numbers."""
    return [found for text in texts if (found := number(text)) is not None]


def _texts(values: Mapping[str, str]) -> list[str]:
    if isinstance(values, QueryDict):
        return [text for name, given in values.lists() for text in (name, *map(str, given))]
    return [text for pair in values.items() for text in pair]


def _demand_plain(texts: Iterable[str]) -> None:
    if any(NUL in text for text in texts):
        raise SuspiciousOperation("a NUL character in the request")
