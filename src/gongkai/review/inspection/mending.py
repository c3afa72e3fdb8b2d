"""What an inspection found, as the source of rectification `review.inspection`."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.foundation.registries import Finding, Recheck, Severity
from gongkai.review.models import InspectionEntry, InspectionState, Judgement, ProblemKind, Release, State

SERIOUS = (ProblemKind.SECRET, ProblemKind.PERSONAL)
GONE = (State.WITHDRAWN, State.SUPERSEDED)


def findings() -> Iterator[Finding]:
    """Every problem that stands: named by an inspector and not yet found mended. Void inspections ask nothing."""
    rows = InspectionEntry.objects.filter(judgement=Judgement.PROBLEM, mended_at__isnull=True)
    rows = rows.exclude(inspection__state=InspectionState.CANCELLED).select_related("release", "inspection")
    for entry in rows.order_by("pk"):
        if not _gone_since(entry):
            yield Finding(
                reference=str(entry.pk),
                body_id=entry.release.body_id,
                title=_("专项检查：%(kind)s（%(title)s）")
                % {"kind": entry.get_problem_display(), "title": entry.release.title},
                detail=_("问题：%(what)s\n整改要求：%(measure)s") % {"what": entry.what, "measure": entry.measure},
                address=reverse("review_release", args=[entry.release_id]),
                severity=Severity.SERIOUS if entry.problem in SERIOUS else Severity.ORDINARY,
                basis=_("%s：保密行政管理部门每年至少开展1次专项检查") % entry.inspection.title,
            )


def recheck(reference: str) -> Recheck:
    """Whether an inspector found it mended or judged otherwise, or the text went since: withdrawn or replaced."""
    entry = InspectionEntry.objects.select_related("release", "inspection", "mended_by").get(pk=reference)
    if entry.inspection.state == InspectionState.CANCELLED:
        return Recheck(True, _("“%s”已作废") % entry.inspection.title)
    if entry.judgement != Judgement.PROBLEM:
        return Recheck(True, _("检查人员改判：%s") % entry.get_judgement_display())
    if entry.mended_at is not None:
        told = _("检查人员%(person)s复核：%(note)s") % {"person": entry.mended_by, "note": entry.mended_note}
        return Recheck(True, told)
    if _gone_since(entry):
        return Recheck(True, _("“%(title)s”%(state)s") % _named(entry.release))
    return Recheck(False, _("“%(title)s”%(state)s，检查人员尚未确认整改") % _named(entry.release))


def _gone_since(entry: InspectionEntry) -> bool:
    """Withdrawn or replaced after it was judged; what was gone by then has to be mended in another way."""
    release = entry.release
    closed, judged = release.closed_at, entry.judged_at
    return release.state in GONE and closed is not None and judged is not None and closed > judged


def _named(release: Release) -> dict[str, str]:
    return {"title": release.title, "state": release.get_state_display()}
