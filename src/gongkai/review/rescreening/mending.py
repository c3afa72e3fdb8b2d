"""What rescreening found, as the source of rectification `review.rescreening`: mended when it is found no more."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.core.screening import Severity as Level
from gongkai.foundation.registries import Finding, Recheck, Severity, reviewables
from gongkai.review.machine import Look, look
from gongkai.review.models import Decision, Recall, Release, State
from gongkai.review.rescreening.known import still_found
from gongkai.review.rescreening.selectors import CHANGING, WAITING

WEIGHT = {Level.BLOCK: Severity.SERIOUS, Level.CONFIRM: Severity.ORDINARY, Level.HINT: Severity.SLIGHT}


def findings() -> Iterator[Finding]:
    """Everything that waits for a decision, or was to be changed and still stands."""
    rows = Recall.objects.filter(WAITING | CHANGING).select_related("release")
    for recall in rows.order_by("pk").iterator(chunk_size=500):
        yield Finding(
            reference=str(recall.pk),
            body_id=recall.release.body_id,
            title=_("复筛发现：%(category)s（%(title)s）")
            % {"category": recall.get_category_display(), "title": recall.release.title},
            detail="：".join(part for part in (recall.part, recall.excerpt, recall.message) if part),
            address=reverse("review_recall", args=[recall.pk]),
            severity=WEIGHT[Level(recall.severity)],
        )


def recheck(reference: str) -> Recheck:
    """Screens what is public of the record now; kept by name counts, and so does what is public no longer."""
    recall = Recall.objects.select_related("release", "decided_by").get(pk=reference)
    if recall.decision == Decision.KEEP:
        return Recheck(True, _("%(person)s决定保留：%(why)s") % {"person": recall.decided_by, "why": recall.reason})
    release = _signed_now(recall.release)
    if release is None:
        return Recheck(True, _("“%s”已不再公开") % recall.release.title)
    seen = screened(release)
    if seen is None:
        return Recheck(True, _("“%s”的原记录已不存在") % recall.release.title)
    words = {"title": release.title, "version": seen.version}
    if still_found(recall, seen):
        return Recheck(False, _("按规则版本 %(version)s 重新筛查“%(title)s”，仍有该处发现") % words)
    return Recheck(True, _("按规则版本 %(version)s 重新筛查“%(title)s”，未再发现") % words)


def screened(release: Release) -> Look | None:
    """What the machine says of the record behind a release as it is now; None when there is none to be screened."""
    if release.kind not in reviewables:
        return None
    entry = reviewables.get(release.kind)
    subject = entry.model._default_manager.filter(pk=release.object_id).first()
    return look(entry, subject) if subject is not None else None


def _signed_now(release: Release) -> Release | None:
    """The passage on which the record is public now."""
    same = Release.objects.filter(content_type=release.content_type_id, object_id=release.object_id)
    return same.filter(state=State.APPROVED).first()
