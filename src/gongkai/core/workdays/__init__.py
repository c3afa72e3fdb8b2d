"""Statutory working days (法定工作日) and the deadlines counted in them.

`Calendar` answers which days are worked and shows which notice says so; `Clock` computes a deadline from a `Term`, a
start, pauses, restarts and extensions, and explains itself.
"""

from gongkai.core.workdays.calendar import Calendar, Count, Day, DayKind, Override, national
from gongkai.core.workdays.clock import Clock, Extension, Pause, Restart, Standing
from gongkai.core.workdays.explain import explain_count
from gongkai.core.workdays.terms import Term, Unit, add_months, chinese
from gongkai.core.workdays.yearfile import CalendarError, Mark, Notice, official_years

__all__ = [
    "Calendar",
    "CalendarError",
    "Clock",
    "Count",
    "Day",
    "DayKind",
    "Extension",
    "Mark",
    "Notice",
    "Override",
    "Pause",
    "Restart",
    "Standing",
    "Term",
    "Unit",
    "add_months",
    "chinese",
    "explain_count",
    "national",
    "official_years",
]
