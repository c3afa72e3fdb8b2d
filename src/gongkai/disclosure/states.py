"""How a record stands to its clock: the word, icon and colour in lists."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.disclosure.models import RecordPage
from gongkai.foundation.looks import AMBER, BLUE, GREEN, GREY, OVERDUE, RED, Look

IN_TIME = Look("in-time", _("已公开"), "tick", "green", GREEN)
LATE = Look("published-late", _("逾期公开"), "triangle", "amber", AMBER)
PENDING = Look("pending", _("未公开"), "half", "blue", BLUE)
CLOSED = Look("taken-down", _("已撤下"), "slash", "grey", GREY)

# A duty or key field, and a problem that asks for an answer.
COVERED = Look("covered", _("已公开"), "tick", "green", GREEN)
BARE = Look("bare", _("没有内容"), "triangle", "amber", AMBER)
DROPPED = Look("dropped", _("不适用"), "slash", "grey", GREY)
COMPLETE = Look("complete", _("无缺口"), "tick", "green", GREEN)
GAP = Look("gap", _("有缺口"), "triangle", "amber", AMBER)
ANSWERED = Look("answered", _("已公布"), "tick", "green", GREEN)
UNANSWERED = Look("unanswered", _("尚未公布"), "half", "amber", AMBER)
UNANSWERED_LATE = Look("unanswered-late", _("逾期未公布"), "clock", "red", RED)

ALL = (OVERDUE, PENDING, IN_TIME, LATE, CLOSED)


def look_of(record: RecordPage, today: date) -> Look:
    """已逾期 for what is not public and past its day; what was public once stands by the day on which it became so."""
    if record.first_published_at is None:
        return OVERDUE if record.due_on is not None and record.due_on < today else PENDING
    if not record.live:
        return CLOSED
    late = record.due_on is not None and timezone.localdate(record.first_published_at) > record.due_on
    return LATE if late else IN_TIME
