"""Checking one link: fetched, judged, the verdict written on the evidence."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from gongkai.channels.selectors import hosts_of
from gongkai.foundation import clock
from gongkai.foundation.events.services import change
from gongkai.foundation.snapshots import FetchError, fetch
from gongkai.foundation.snapshots.models import Snapshot
from gongkai.foundation.snapshots.reading import read_page
from gongkai.foundation.snapshots.services import keep
from gongkai.ledger.checking.judge import Claim, Duty, Finding, Seen, is_doubtful, judge
from gongkai.ledger.models import Assignment, Evidence, EvidenceKind, LinkState
from gongkai.ledger.services.telling import CHANGED, Message, tell_body

SIZE = 20 * 1024 * 1024  # bytes of a page or file, unpacked
SECONDS = 20.0  # for one link


def check(evidence: Evidence) -> Evidence:
    """Fetch the link and write down what was seen. Fetching may take half a minute: not inside a transaction."""
    seen, snapshot = look(evidence.url)
    with transaction.atomic():
        fresh = Evidence.objects.select_for_update(of=("self",), no_key=True).select_related("body").get(pk=evidence.pk)
        if fresh.removed or fresh.kind != EvidenceKind.LINK:
            return fresh
        findings = judge(seen, _claim(fresh))
        return _write(fresh, seen, snapshot, findings)


def look(url: str) -> tuple[Seen, Snapshot | None]:
    """What stands at the address now, and its snapshot."""
    try:
        fetched = fetch(url, size=SIZE, seconds=SECONDS)
    except FetchError as error:
        return Seen(url, error=str(error)), None
    page = read_page(fetched.body, fetched.content_type)
    return Seen(url, fetched.final_url, fetched.status, page), keep(fetched)


def _write(fresh: Evidence, seen: Seen, snapshot: Snapshot | None, findings: list[Finding]) -> Evidence:
    before, doubtful = fresh.link_state, is_doubtful(findings)
    if doubtful and fresh.overruled_reason and _codes(findings) <= _codes(fresh.findings):
        doubtful = False  # a person has set just these doubts aside
    state = LinkState.FLAGGED if doubtful else LinkState.VERIFIED
    fresh.checked_at, fresh.page_title, fresh.published_on = clock.now(), seen.page.title[:300], seen.published_on
    fresh.snapshot_id = snapshot.pk if snapshot else fresh.snapshot_id
    if (state, findings) == (before, fresh.findings):
        fresh.save()  # the same verdict as last time: no event, only the time of looking
        return fresh
    with change(fresh, "ledger.check_link", actor=None, details={"snapshot": snapshot.pk if snapshot else None}):
        fresh.link_state, fresh.findings = state, findings
        if fresh.title == fresh.url[:200] and seen.page.title and seen.status < 400:  # not that of an error page
            fresh.title = seen.page.title[:200]
        if doubtful:
            fresh.overruled_by, fresh.overruled_reason = None, ""
    if before == LinkState.VERIFIED and doubtful:
        _warn(fresh)
    return fresh


def _warn(evidence: Evidence) -> None:
    """A link that held before holds no longer."""
    assignments = list(evidence.assignments.live().in_open_plans().select_related("body", "handler", "obligation"))
    what = "；".join(finding["message"] for finding in evidence.findings)
    todo = gettext("请恢复该网页，或更换佐证材料")
    message = Message(CHANGED, gettext("佐证链接“%s”有疑点") % evidence.title, what, todo)
    tell_body(assignments, message)


def _claim(evidence: Evidence) -> Claim:
    used = evidence.assignments.live().select_related("plan", "obligation")
    duties = [duty_of(assignment) for assignment in used]
    title = "" if evidence.title == evidence.url[:200] else evidence.title
    return Claim(title, duties, hosts_of(evidence.body.root), _other_uses(evidence, {duty.key for duty in duties}))


def duty_of(assignment: Assignment) -> Duty:
    """What a link must show for the assignment: published in the plan's year and, when a day is set, by that day.

    The year begins the period because the notice itself may bear no date.
    """
    year = assignment.plan.year
    obligation = assignment.obligation
    return Duty(obligation.key, obligation.text, date(year, 1, 1), assignment.due or date(year, 12, 31))


def _other_uses(evidence: Evidence, keys: set[str]) -> list[str]:
    """Other duties, in the same county, for which the same address was handed in."""
    same = Assignment.objects.live().filter(
        evidence__url=evidence.url, evidence__removed=False, plan__county=evidence.body.root
    )
    rows = same.exclude(evidence=evidence.pk).exclude(obligation__key__in=keys).order_by("item__order", "pk")
    return list(dict.fromkeys(f"{body}（{key}）" for body, key in rows.values_list("body__name", "obligation__key")))


def _codes(findings: list[Finding]) -> set[str]:
    return {finding["code"] for finding in findings if finding["severity"] == "warning"}
