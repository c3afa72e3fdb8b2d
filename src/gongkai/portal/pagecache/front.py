"""Stands before Django in the web server: a kept page is given without a request being made of what came.

A request costs some thirty times what giving the bytes does. Whatever goes wrong here is left to Django to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import DatabaseError, close_old_connections

from gongkai.portal.pagecache.looking import look

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]
LOOK = "gongkai.look"  # what was looked up already, for the middleware


def in_front_of(application: Application) -> Application:
    """The same application, with kept pages given first."""

    def answer(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        close_old_connections()  # as at the beginning of every request
        try:
            looked = look(environ)
        except DatabaseError:
            return application(environ, start_response)
        if looked is None or looked.answer is None:
            environ[LOOK] = looked
            return application(environ, start_response)
        start_response("200 OK", list(looked.answer.headers))
        return [looked.answer.content]

    return answer
