"""What the room does by the clock."""

from __future__ import annotations

from datetime import date, time

from django.utils.translation import gettext_lazy as _

from gongkai.disclosure.services import recount, remind, resume_broken
from gongkai.foundation.schedules import Every, job


@job("disclosure.recount", _("重新计算公开时限"), every=Every.DAY, at=time(1, 10))
def count_again(day: date) -> int:
    return recount()


@job("disclosure.remind", _("公开时限提醒"), every=Every.DAY, at=time(8, 20))
def tell(day: date) -> int:
    return remind(day)


@job("disclosure.import_resume", _("继续中断的批量导入"), every=Every.HOUR, at=time(0, 50))
def resume(day: date) -> int:
    return resume_broken()
