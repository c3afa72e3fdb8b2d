"""Periods: the hours, days, weeks, months, quarters and years in which a job runs once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Every(models.TextChoices):
    """周期."""

    HOUR = "hour", _("每小时")
    DAY = "day", _("每天")
    WEEK = "week", _("每周")
    MONTH = "month", _("每月")
    QUARTER = "quarter", _("每季度")
    YEAR = "year", _("每年")

    def start(self, moment: datetime) -> datetime:
        """The first moment of the period that `moment` (local time) lies in; weeks begin on Monday."""
        hour = moment.replace(minute=0, second=0, microsecond=0)
        day = hour.replace(hour=0)
        match self:
            case Every.HOUR:
                return hour
            case Every.DAY:
                return day
            case Every.WEEK:
                return day - timedelta(days=day.weekday())
            case Every.MONTH:
                return day.replace(day=1)
            case Every.QUARTER:
                return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
            case Every.YEAR:
                return day.replace(month=1, day=1)

    def before(self, start: datetime) -> datetime:
        """The start of the period before the one that begins at `start`."""
        return self.start(start - timedelta(microseconds=1))

    def after(self, start: datetime) -> datetime:
        """The start of the period after the one that begins at `start`."""
        longest = {Every.HOUR: 1 / 24, Every.DAY: 1, Every.WEEK: 7, Every.MONTH: 31, Every.QUARTER: 92, Every.YEAR: 366}
        return self.start(start + timedelta(days=longest[self]))

    @property
    def made_up(self) -> int:
        """How many periods are run, the newest included, when some were missed; an hourly job needs only the newest."""
        return {Every.HOUR: 1, Every.DAY: 7, Every.WEEK: 4, Every.MONTH: 3, Every.QUARTER: 2, Every.YEAR: 1}[self]
