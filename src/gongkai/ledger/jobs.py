"""What the ledger does by the clock: urging, reminding of reports, looking at links again."""

from __future__ import annotations

from datetime import date, time

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.schedules import Every, job
from gongkai.ledger.checking.tasks import check_link
from gongkai.ledger.models import Evidence, EvidenceKind, PlanState
from gongkai.ledger.services import urge_due, urge_reports


@job("ledger.urge", _("任务到期催办"), every=Every.DAY, at=time(8, 30))
def urge(day: date) -> int:
    return urge_due(None, day)


@job("ledger.urge_reports", _("进展填报催办"), every=Every.DAY, at=time(8, 40))
def remind(day: date) -> int:
    return urge_reports(None, day)


@job("ledger.recheck_links", _("佐证链接复查"), every=Every.WEEK, at=time(2, 0), day=6)
def recheck_links(day: date) -> int:
    """Every link in use in an open plan is looked at again, on Saturday night."""
    links = Evidence.objects.filter(kind=EvidenceKind.LINK, removed=False, assignments__plan__state=PlanState.OPEN)
    found = list(links.order_by("pk").values_list("pk", flat=True).distinct())
    for pk in found:
        check_link.enqueue(pk)
    return len(found)
