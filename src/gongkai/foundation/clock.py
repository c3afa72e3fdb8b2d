"""The one place time comes from, so that a day can be replayed.

`GONGKAI_NOW` makes every process stand still at that moment (never in production; settings refuse it).
"""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django.utils.translation import gettext as _


def now() -> datetime:
    """This moment, aware, in Asia/Shanghai."""
    if not settings.GONGKAI_NOW:
        return timezone.localtime()
    try:
        moment = datetime.fromisoformat(settings.GONGKAI_NOW)
    except ValueError:
        raise ImproperlyConfigured(
            _("GONGKAI_NOW 应为 2023-09-20T09:00:00+08:00 的形式，现为“%s”") % settings.GONGKAI_NOW
        ) from None
    return timezone.localtime(moment if moment.tzinfo else timezone.make_aware(moment))


def today() -> date:
    """This day in Asia/Shanghai."""
    return now().date()
