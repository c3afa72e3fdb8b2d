"""The machine's step: what it found is written down, what it stops is stopped, what is to be confirmed waits."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongkai.core.screening import Severity
from gongkai.foundation import clock
from gongkai.foundation.events.services import change
from gongkai.review.machine import Found, Look
from gongkai.review.models import Disposal, Finding, Outcome, Release, State, Step, StepKind
from gongkai.review.services.stepping import open_next, take
from gongkai.review.stepping import steps_for
from gongkai.review.telling import tell_requester

KEPT = (Disposal.KEEP, Disposal.NOT_APPLICABLE)


def begin(release: Release, seen: Look) -> None:
    """Write the findings and the steps; stop, wait for decisions about findings, or go on to the first person."""
    findings = [_row(release, one) for one in seen.found]
    _remember(release, findings)
    Finding.objects.bulk_create(findings)
    steps = steps_for(release.body, release.kind, urgent=release.urgent)
    for step in steps:
        step.release = release
    Step.objects.bulk_create(steps)
    machine = release.steps.get(kind=StepKind.MACHINE)
    machine.opened_at = clock.now()
    if seen.stops:
        take(machine, Outcome.RETURNED, None, "review.request", _("有必须处理的机器发现"))
        with change(release, "review.request", actor=None):
            release.state = State.STOPPED
        tell_requester(release)
    else:
        machine.save(update_fields=["opened_at"])
        settle(release)


def settle(release: Release) -> None:
    """Pass the machine's step once nothing is left to be confirmed, and open what follows."""
    if undecided(release).exists():
        return
    machine = release.steps.get(kind=StepKind.MACHINE)
    if not machine.outcome:
        take(machine, Outcome.PASSED, None, "review.request", "")
    open_next(release)


def undecided(release: Release) -> QuerySet[Finding]:
    """The findings that a person must decide about by name."""
    return release.findings.filter(severity=Severity.CONFIRM, disposal="")


def _row(release: Release, one: Found) -> Finding:
    return Finding(
        release=release,
        rule=one.finding.rule,
        category=one.finding.category,
        severity=one.finding.severity,
        part=one.part[:300],
        in_file=one.in_file,
        where=one.finding.where[:300],
        start=one.finding.start,
        end=one.finding.end,
        excerpt=one.finding.masked[:300],
        keyed=one.keyed,
        message=one.finding.message,
        suggestion=one.finding.suggestion,
        replacement=(one.finding.replacement or "")[:300],
    )


def _remember(release: Release, findings: list[Finding]) -> None:
    """What somebody decided to keep in an earlier passage of the same record stays decided, with name and reason."""
    earlier = Finding.objects.filter(
        release__content_type=release.content_type, release__object_id=release.object_id, disposal__in=KEPT
    ).exclude(severity=Severity.BLOCK)
    known = {(one.rule, one.keyed): one for one in earlier.order_by("pk")}
    for finding in findings:
        before = known.get((finding.rule, finding.keyed))
        if before is not None and finding.severity != Severity.BLOCK:
            finding.disposal, finding.reason = before.disposal, before.reason
            finding.decided_by_id, finding.decided_at = before.decided_by_id, before.decided_at
