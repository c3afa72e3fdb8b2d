"""The one door to the public (invariant 1).

A record is open when its last passage was approved for the public, it still is, to the letter, what was approved then,
nobody holds it back and its posting period is not over. One that was never signed is open when all its words are those
that come with the product (`Reviewable.wordless`). Every public page, file and interface asks here, and nothing is
cached here: what the portal keeps, it keeps only while nothing public changes (ADR 9).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar, cast

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Exists, Model, OuterRef, Q, QuerySet, Value, When

from gongkai.foundation import clock
from gongkai.foundation.registries import Reviewable, reviewables
from gongkai.review.digests import sm3
from gongkai.review.models import Attribute, Release, State

M = TypeVar("M", bound=Model)


def digest_of(kind: str, obj: Model) -> str:
    """The SM3 of all that the public would see of `obj` as it is now."""
    return sm3(reviewables.get(kind).digest(obj))


def is_open(kind: str, obj: Model) -> bool:
    """Whether `obj`, exactly as it is now, may be shown to the public."""
    entry = reviewables.get(kind)
    approved = _approved(entry).filter(object_id=obj.pk).values_list("digest", flat=True).first()
    if approved is not None:
        return approved == digest_of(kind, obj)
    return _is_wordless(entry, obj) and not _signed(entry).filter(object_id=obj.pk).exists()


def open_records(kind: str, queryset: QuerySet[M]) -> list[M]:
    """The records of `queryset` that are open, in its order, with what their digest reads already fetched."""
    entry = reviewables.get(kind)
    signed = queryset if entry.wordless is not None else signed_among(kind, queryset)
    return open_of(kind, prepared(kind, signed))


def prepared(kind: str, queryset: QuerySet[M]) -> list[M]:
    """The records with what their digest reads, open or not; to be asked about by `open_of`."""
    prepare = reviewables.get(kind).prepare
    return list(prepare(queryset) if prepare is not None else queryset)


def signed_among(kind: str, queryset: QuerySet[M]) -> QuerySet[M]:
    """`queryset` narrowed to what was signed for the public, to be counted and paged; what is shown asks `open_of`."""
    # Asked row by row: a list of all that is approved would be gone through for every page of thirty.
    return queryset.filter(Exists(_approved(reviewables.get(kind)).filter(object_id=OuterRef("pk"))))


def open_of(kind: str, records: Sequence[M]) -> list[M]:
    """Those of the records that are open, exactly as they are here, in their order; one query."""
    entry = reviewables.get(kind)
    valid = Q(state=State.APPROVED) & in_view(clock.today())
    signed = _signed(entry).filter(object_id__in=[record.pk for record in records]).order_by("pk")
    rows = signed.values_list("object_id", "digest", Case(When(valid, then=Value(True)), default=Value(False)))
    digests = {pk: digest if shown else "" for pk, digest, shown in sorted(rows, key=lambda row: row[2])}
    return [
        record
        for record in records
        if (digests[record.pk] == sm3(entry.digest(record)) if record.pk in digests else _is_wordless(entry, record))
    ]


def open_among(kind: str, queryset: QuerySet[M]) -> QuerySet[M]:
    """`queryset` narrowed to the records that are open."""
    return queryset.filter(pk__in=[cast(int, record.pk) for record in open_records(kind, queryset)])


def _is_wordless(entry: Reviewable, obj: Model) -> bool:
    return entry.wordless is not None and entry.wordless(obj)


def _signed(entry: Reviewable) -> QuerySet[Release]:
    """Every passage by which a record was public once: of what was withdrawn nothing opens again by its words."""
    content_type = ContentType.objects.get_for_model(entry.model)
    ended = Q(state__in=[State.WITHDRAWN, State.EXPIRED], decided_at__isnull=False)
    return Release.objects.filter(Q(state=State.APPROVED) | ended, kind=entry.key, content_type=content_type)


def _approved(entry: Reviewable) -> QuerySet[Release]:
    return _signed(entry).filter(in_view(clock.today()), state=State.APPROVED)


def in_view(day: date) -> Q:
    """Of what is signed: for the public at large, not held back, its posting period not over."""
    lasting = Q(show_until__isnull=True) | Q(show_until__gte=day)
    return lasting & Q(attribute=Attribute.PROACTIVE, held_at__isnull=True)
