"""Appointments and deputies begin and end by date, with nobody at the keyboard."""

from __future__ import annotations

from datetime import date, time

from django.utils.translation import gettext_lazy as _

from gongkai.bodies.sections import keep_all_in_step
from gongkai.foundation.schedules import Every, job


@job("bodies.groups", _("按任职起止日期更新栏目权限"), every=Every.DAY, at=time(0, 5))
def groups(day: date) -> int:
    return keep_all_in_step()
