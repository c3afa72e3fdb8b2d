"""Reading the register: what a person may see of it, what waits for whom, and whether what was signed is public now."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from gongkai.foundation.access import STAFF, Rights, Role
from gongkai.foundation.registries import reviewables
from gongkai.review import gate
from gongkai.review.choke import has_ended
from gongkai.review.digests import sm3
from gongkai.review.machine import candidate_of, texts_of
from gongkai.review.models import Attribute, OtherWay, Release, State, Step, StepKind
from gongkai.review.posting import says_itself


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
    """What waits for this person: a step of theirs is open, and they neither sent nor wrote the text nor took a step.

    What is urgent first, then the oldest first.
    """
    user = rights.user.pk
    releases = Release.objects.filter(state=State.WAITING).filter(
        Exists(_open_to(rights).filter(release=OuterRef("pk")))
    )
    releases = releases.exclude(requested_by=user).exclude(authors=user).exclude(steps__decided_by=user)
    return releases.select_related("body", "requested_by").order_by("-urgent", "requested_at", "pk")


def _open_to(rights: Rights) -> QuerySet[Step]:
    """The open steps whose role the person holds in the body that takes them."""
    mine = Q(pk__in=[])
    for kind in StepKind:
        if kind.role is not None and rights.holds({kind.role}):
            reached = rights.bodies(kind.role)
            mine |= Q(kind=kind) if reached is None else Q(kind=kind, reviewer_body__in=reached)
    return Step.objects.filter(mine, outcome="", opened_at__isnull=False)


def open_steps(releases: Iterable[Release]) -> dict[int, list[Step]]:
    """The steps that wait now, by release."""
    rows = Step.objects.filter(release__in=list(releases), outcome="", opened_at__isnull=False)
    found: dict[int, list[Step]] = {}
    for step in rows.select_related("reviewer_body"):
        found.setdefault(step.release_id, []).append(step)
    return found


def standings(releases: Iterable[Release]) -> dict[int, str]:
    """公开现状 of each release, in words: an approved one whose record changed since is not public, and says so."""
    found: dict[int, str] = {}
    for kind, group in groupby(sorted(releases, key=lambda one: one.kind), key=lambda one: one.kind):
        rows = list(group)
        opened = _opened(kind, [row.object_id for row in rows if row.state == State.APPROVED])
        for row in rows:
            found[row.pk] = _standing(row, opened.get(row.object_id))
    return found


def shown(release: Release) -> list[tuple[str, str]]:
    """What would become public, part by part, as it is now; empty when the record or its kind is gone."""
    candidate = _candidate(release)
    return list(texts_of(reviewables.get(release.kind), candidate)) if candidate is not None else []


def files_of(release: Release) -> list[tuple[str, FieldFile]]:
    """The attachments of what would become public, each with its label."""
    candidate = _candidate(release)
    entry = reviewables.get(release.kind) if candidate is not None else None
    return list(entry.files(candidate)) if entry is not None and entry.files else []


def has_changed(release: Release) -> bool:
    """Whether the record differs from what was put forward (a record that is gone does)."""
    candidate = _candidate(release)
    return candidate is None or sm3(reviewables.get(release.kind).digest(candidate)) != release.digest


def label_of(release: Release) -> str:
    """The kind of content, in words."""
    return str(reviewables.get(release.kind).label) if release.kind in reviewables else release.kind


def ways_of(release: Release) -> list[str]:
    """拟公开方式, in words: the web site for what is proactive, and what was ticked besides."""
    site = [_("政府网站")] if release.attribute == Attribute.PROACTIVE else []
    return [*site, *(str(OtherWay(one).label) for one in release.other_ways)]


def _subject(release: Release) -> Model | None:
    if release.kind not in reviewables:
        return None
    return reviewables.get(release.kind).model._default_manager.filter(pk=release.object_id).first()


def _candidate(release: Release) -> Any:
    """The record as it would become public now; none to be shown here when it is gone, or another body's since."""
    subject = _subject(release)
    if subject is None:
        return None
    entry = reviewables.get(release.kind)
    return candidate_of(entry, subject) if entry.body_id(subject) == release.body_id else None


def _opened(kind: str, ids: list[int]) -> dict[int, str]:
    """The records for which the gate is open, each with what keeps it from the public all the same, "" for nothing."""
    if kind not in reviewables or not ids:
        return {}
    entry = reviewables.get(kind)
    records = gate.open_records(kind, entry.model._default_manager.filter(pk__in=ids))
    hidden = entry.hidden_by(records) if entry.hidden_by is not None and records else {}
    return {record.pk: _ended(record) or hidden.get(record.pk, "") for record in records}


def _ended(record: Any) -> str:
    return _("公示期满") if says_itself(type(record)) and has_ended(record) else ""


def _standing(release: Release, kept_from_public: str | None) -> str:
    """kept_from_public: None when the record is no longer what was signed."""
    if release.state != State.APPROVED:
        return str(release.get_state_display())
    if release.attribute != Attribute.PROACTIVE:
        return str(release.get_attribute_display())
    if release.held_at is not None:
        return _("暂停公开")
    if kept_from_public is None:
        return _("签发后有改动，未公开")
    return kept_from_public or _("公开中")
