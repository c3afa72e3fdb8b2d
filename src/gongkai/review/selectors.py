"""Reading the register: what a person may see of it, what waits for whom, and whether what was signed is public now."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from gongkai.foundation.access import STAFF, Rights, Role
from gongkai.foundation.registries import reviewables
from gongkai.review import gate
from gongkai.review.digests import parts_of, sm3
from gongkai.review.models import Release, State


def register(rights: Rights) -> QuerySet[Release]:
    """发布审查登记 as far as the person's bodies reach; keeping the machine running opens no business."""
    releases = Release.objects.select_related("body", "requested_by", "decided_by", "closed_by")
    reached = rights.bodies(*(role for role in Role if role in STAFF))
    return releases if reached is None else releases.filter(body_id__in=reached)


def latest(subject: Model) -> Release | None:
    """The newest passage of a record through the gate, whatever came of it."""
    kind = ContentType.objects.get_for_model(subject)
    releases = Release.objects.filter(content_type=kind, object_id=subject.pk)
    return releases.select_related("requested_by", "decided_by").order_by("-pk").first()


def waiting_for(rights: Rights) -> QuerySet[Release]:
    """What waits for this person's signature: their own requests are for another leader. Oldest first."""
    releases = Release.objects.filter(state=State.WAITING).exclude(requested_by=rights.user.pk)
    reached = rights.bodies(Role.LEADER)
    releases = releases if reached is None else releases.filter(body_id__in=reached)
    return releases.select_related("body", "requested_by").order_by("requested_at", "pk")


def standings(releases: Iterable[Release]) -> dict[int, str]:
    """公开现状 of each release, in words: an approved one whose record changed since is not public, and says so."""
    found: dict[int, str] = {}
    for kind, group in groupby(sorted(releases, key=lambda one: one.kind), key=lambda one: one.kind):
        rows = list(group)
        opened = _open_ids(kind, [row.object_id for row in rows if row.state == State.APPROVED])
        for row in rows:
            found[row.pk] = _standing(row, row.object_id in opened)
    return found


def shown(release: Release) -> list[tuple[str, str]]:
    """What would become public, part by part, as it is now; empty when the record or its kind is gone."""
    subject = _subject(release)
    return parts_of(reviewables.get(release.kind).digest(subject)) if subject is not None else []


def has_changed(release: Release) -> bool:
    """Whether the record differs from what was put forward (a record that is gone does)."""
    subject = _subject(release)
    return subject is None or sm3(reviewables.get(release.kind).digest(subject)) != release.digest


def label_of(release: Release) -> str:
    """The kind of content, in words."""
    return str(reviewables.get(release.kind).label) if release.kind in reviewables else release.kind


def _subject(release: Release) -> Model | None:
    if release.kind not in reviewables:
        return None
    return reviewables.get(release.kind).model._default_manager.filter(pk=release.object_id).first()


def _open_ids(kind: str, ids: list[int]) -> set[int]:
    if kind not in reviewables or not ids:
        return set()
    records = reviewables.get(kind).model._default_manager.filter(pk__in=ids)
    return {record.pk for record in gate.open_records(kind, records)}


def _standing(release: Release, is_open: bool) -> str:
    if release.state != State.APPROVED:
        return str(release.get_state_display())
    return _("公开中") if is_open else _("签发后有改动，未公开")
