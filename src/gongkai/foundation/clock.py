"""The one place time comes from, so that a day can be replayed.

`GONGKAI_NOW` makes every process stand still at that moment (never in production; settings refuse it).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from gongkai.foundation.moment import moment

_replayed: ContextVar[datetime | None] = ContextVar("the moment that is replayed", default=None)


@contextmanager
def replaying(at: datetime) -> Iterator[None]:
    """Inside the block it is `at`: the example county is made day by day."""
    token = _replayed.set(at)
    try:
        yield
    finally:
        _replayed.reset(token)


def now() -> datetime:
    """This moment, aware, in Asia/Shanghai."""
    replayed = _replayed.get()
    if replayed is not None:
        return replayed
    try:
        return moment(settings.GONGKAI_NOW)
    except ValueError:
        raise ImproperlyConfigured(
            _("GONGKAI_NOW 应为 2023-09-20T09:00:00+08:00 的形式，现为“%s”") % settings.GONGKAI_NOW
        ) from None


def today() -> date:
    """This day in Asia/Shanghai."""
    return now().date()
