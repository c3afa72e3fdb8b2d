"""The one place time comes from, so that a day can be replayed.

`GONGKAI_NOW` makes every process stand still at that moment (never in production; settings refuse it).
"""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from gongkai.foundation.moment import moment


def now() -> datetime:
    """This moment, aware, in Asia/Shanghai."""
    try:
        return moment(settings.GONGKAI_NOW)
    except ValueError:
        raise ImproperlyConfigured(
            _("GONGKAI_NOW 应为 2023-09-20T09:00:00+08:00 的形式，现为“%s”") % settings.GONGKAI_NOW
        ) from None


def today() -> date:
    """This day in Asia/Shanghai."""
    return now().date()
