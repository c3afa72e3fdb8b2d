"""Forgetting counts and used questions."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.publicforms.models import Attempt, SpentChallenge
from gongkai.foundation.publicforms.moments import moment
from gongkai.foundation.schedules import Every, job


@job("publicforms.forget", _("清理公众表单的提交次数记录"), every=Every.DAY, at=time(3, 40))
def forget(day: date) -> int:
    counts, _rows = Attempt.objects.filter(window__lt=moment() - timedelta(days=2)).delete()
    spent, _rows = SpentChallenge.objects.filter(expires_at__lt=moment()).delete()
    return counts + spent
