"""What of a screening is new: not seen when it was signed, not kept by name since, not waiting already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import Q

from gongkai.core.screening import Severity
from gongkai.review.machine import Found, Look
from gongkai.review.models import Decision, Disposal, Finding, Recall, Release

KEPT = (Disposal.KEEP, Disposal.NOT_APPLICABLE)
Stretch = tuple[str, str]  # rule, keyed digest


def new_in(release: Release, seen: Look) -> list[tuple[Found, int]]:
    """The first place of each new stretch, and in how many places it stands."""
    settled, waiting = settled_in(release), _waiting(release)
    first: dict[Stretch, Found] = {}
    for one in seen.found:
        first.setdefault((one.finding.rule, one.keyed), one)
    times = Counter((one.finding.rule, one.keyed) for one in seen.found)
    return [
        (one, times[stretch])
        for stretch, one in first.items()
        if stretch not in waiting and (stretch not in settled or one.finding.severity == Severity.BLOCK)
    ]


def settled_in(release: Release) -> set[Stretch]:
    """Kept by name in any passage or rescreening of this record, or a hint that was before the signer's eyes.

    What the machine blocks is never settled by keeping it.
    """
    record = Q(release__content_type=release.content_type_id, release__object_id=release.object_id)
    kept = Finding.objects.filter(record, disposal__in=KEPT)
    shown = Finding.objects.filter(release=release, severity=Severity.HINT)
    recalled = Recall.objects.filter(record, decision=Decision.KEEP)
    return _stretches(kept) | _stretches(shown) | _stretches(recalled)


def still_found(recall: Recall, seen: Look) -> bool:
    """Whether the stretch of the recall stands in what was screened."""
    return any((one.finding.rule, one.keyed) == (recall.rule, recall.keyed) for one in seen.found)


def _waiting(release: Release) -> set[Stretch]:
    return _stretches(Recall.objects.filter(release=release, decision__in=["", Decision.CHANGE]))


def _stretches(rows: Iterable[Finding] | Iterable[Recall]) -> set[Stretch]:
    return {(row.rule, row.keyed) for row in rows}
