"""公示期: until when something is shown. What says so itself says it alone; the sheet says it for everything else.

Records with drafts have a 公示截止 of their own, to the minute (Wagtail's `expire_at`), and it belongs to what is
signed. The release then keeps the day of it, for the gate and the register.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin

from gongkai.foundation import clock
from gongkai.review.choke import has_ended
from gongkai.review.models import Release


def says_itself(model: type[Model]) -> bool:
    """Whether records of this kind say themselves until when they are shown."""
    return issubclass(model, DraftStateMixin)


def last_day(candidate: Any, given: date | None) -> date | None:
    """The last day on which what is put forward is shown; None: for good. `given`: what the sheet says."""
    if not says_itself(type(candidate)):
        _refuse_past(given, clock.today())
        return given
    own: datetime | None = candidate.expire_at
    if given is not None and (own is None or given != localtime(own).date()):
        raise ValidationError(_("公示截止由稿件写明，请在稿件的“公示截止”中填写"))
    _refuse_past(own, clock.now())
    return localtime(own).date() if own is not None else None


def _refuse_past(end: Any, now: Any) -> None:
    if end is not None and end < now:
        raise ValidationError(_("公示截止日期已经过去，请改为今天或以后的日期"))


def is_over(release: Release, record: Any) -> bool:
    """公示期满: to the minute for what says so itself, else when its last day is over. `record`: what is public."""
    if record is not None and says_itself(type(record)) and record.expire_at is not None:
        return has_ended(record)
    return release.show_until is not None and release.show_until < clock.today()
