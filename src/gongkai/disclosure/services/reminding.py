"""到期提醒: a body's clerks are told what must be public soon, and every week what is late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.bodies.selectors import holders
from gongkai.core.workdays import national
from gongkai.disclosure.models import RecordPage
from gongkai.foundation import clock
from gongkai.foundation.access import Role
from gongkai.foundation.notifications import Kind, kinds
from gongkai.foundation.notifications.services import notify
from gongkai.review.machine import masked

DUE = kinds.register(Kind("disclosure.due", _("公开时限提醒")))
AHEAD = 5  # working days before the last one; the product's own, no rule sets it
SHOWN = 20  # titles in one notice


def remind(on: date) -> int:
    """Tell the clerks of every body with records that are due within `AHEAD` working days or late; bodies told."""
    unpublished = RecordPage.objects.filter(first_published_at__isnull=True, due_on__isnull=False)
    soon = unpublished.filter(due_on__lte=_working_day_after(on, AHEAD)).order_by("due_on", "pk")
    by_body: dict[Body, list[RecordPage]] = defaultdict(list)
    for record in soon.select_related("body"):
        by_body[record.body].append(record)
    return sum(_tell(body, records, on) for body, records in by_body.items())


def _working_day_after(on: date, days: int) -> date:
    return national().add_workdays(on, days)


def _tell(body: Body, records: list[RecordPage], on: date) -> bool:
    """One notice a person and day for what becomes due or late; the same records are told of again after a week."""
    late = [one for one in records if one.due_on is not None and one.due_on < on]
    title = gettext("%(body)s有%(count)d条信息即将到公开时限，其中%(late)d条已逾期")
    week = on.isocalendar().week
    notices = notify(
        holders(body, Role.CLERK, on=clock.today()),
        DUE,
        title % {"body": body, "count": len(records), "late": len(late)},
        meaning=_listing(records),
        todo=gettext("请补充完整后报送审查；不应公开的，请删除草稿"),
        link=f"{reverse('disclosure_records')}?body={body.pk}&state=" + ("overdue" if late else "pending"),
        once=f"disclosure.due:{body.pk}:{on.year}-{week}:{len(records)}:{len(late)}",
    )
    return bool(notices)


def _listing(records: Iterable[RecordPage]) -> str:
    lines = [f"{one.due_on:%Y-%m-%d} {masked(one.title)}" for one in records]
    more = [gettext("另有 %d 条") % (len(lines) - SHOWN)] if len(lines) > SHOWN else []
    return "\n".join([*lines[:SHOWN], *more])
