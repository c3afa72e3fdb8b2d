"""汇聚: the lists of what is put forward, judged alone and held against what its body has public already.

保守国家秘密法第三十六条, 实施条例第四十三条. Nothing is kept of the lists: the public files are read anew each time,
the newest first and only so many that somebody can wait for it; what was left out is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from gongkai.core.documents import Document, DocumentError
from gongkai.core.screening import Finding
from gongkai.core.screening.aggregation import FileReport, Source, aggregate, concerns, year_before
from gongkai.foundation import clock
from gongkai.foundation.registries import Reviewable, reviewables
from gongkai.review.digests import sm3
from gongkai.review.files import read_file
from gongkai.review.models import Attribute, Release, State

K = 5  # people at least whom no column tells apart; the product's own choice, no article sets a number
LARGEST = 10_000_000  # code points of one attachment; about 200,000 rows
RELEASES, FILES, BYTES = 300, 20, 30 * 2**20  # that are compared with, in all
ONE_FILE = 5 * 2**20
TABLES = (".xlsx", ".xlsm", ".xls", ".csv", ".docx", ".pdf", ".zip")


@dataclass(frozen=True, slots=True)
class Together:
    """What was said of the lists. told: how it was judged, for the sheet; found: by label of the attachment."""

    found: tuple[tuple[str, Document, Finding], ...] = ()
    not_examined: tuple[str, ...] = ()
    told: dict[str, Any] = field(default_factory=dict)


def judge_together(entry: Reviewable, candidate: Model, documents: Sequence[tuple[str, Document]]) -> Together:
    """Judge the attachments of what is put forward, as they were read; its title counts as theirs."""
    today = clock.today()
    missed: list[str] = []
    own: list[tuple[str, Document]] = []
    for label, document in documents:
        if len(document.text) > LARGEST:
            missed.append(_("%(file)s：内容过多，未作汇聚分析，请拆分或人工判断") % {"file": label})
        else:
            own.append((label, document))
    earlier: list[Source] = []
    if any(concerns(document) for _label, document in own):
        earlier, unread = _earlier(entry, candidate, today)
        missed += unread
    judged = [Source(label, document, about=entry.title(candidate), published_on=today) for label, document in own]
    reports = aggregate([*reversed(earlier), *judged], k=K, as_of=today)
    pairs = zip(own, reports, strict=True)
    return Together(
        tuple((label, document, one) for (label, document), report in pairs for one in report.findings),
        tuple(missed),
        _told(reports, earlier),
    )


def _told(reports: Sequence[FileReport], earlier: Sequence[Source]) -> dict[str, Any]:
    listed = [one for report in reports for one in report.lists]
    smallest = [one.k for one in listed if one.k is not None]
    return {
        "lists": len(listed),
        "wanted": K,
        "smallest": min(smallest, default=None),
        "compared": [one.name for one in earlier],
    }


def _earlier(entry: Reviewable, candidate: Model, today: date) -> tuple[list[Source], list[str]]:
    """The lists of other records that the public could read in the last twelve months, the newest first."""
    sources: list[Source] = []
    missed: list[str] = []
    size = 0
    releases = _public(entry, candidate, today)
    for release, label, file in _files(releases[:RELEASES]):
        name = f"{release.title}（{label}）"
        if len(sources) >= FILES or size + file.size > BYTES:
            return sources, [*missed, _cut(sources)]
        try:
            document = _read(file)
        except (DocumentError, OSError) as error:
            missed.append(_("汇聚分析未能比对“%(file)s”：%(why)s") % {"file": name, "why": error})
            continue
        size += file.size
        day = localtime(release.decided_at).date() if release.decided_at else None
        sources.append(Source(name, document, judged=False, about=release.title, published_on=day))
    return sources, [*missed, *([_cut(sources)] if len(releases) > RELEASES else [])]


def _cut(sources: Sequence[Source]) -> str:
    return _("汇聚分析只比对了本单位最近公开的 %d 份附件，更早的未比对") % len(sources)


def _read(file: FieldFile) -> Document:
    if file.size > ONE_FILE:
        raise DocumentError(_("文件过大"))
    return read_file(file)


def _public(entry: Reviewable, candidate: Model, today: date) -> list[Release]:
    """What is public, or was until its posting ended; one more than are looked at."""
    same = {"content_type": ContentType.objects.get_for_model(entry.model), "object_id": candidate.pk}
    return list(
        Release.objects.filter(
            kind__in=[one.key for one in reviewables if one.files is not None],
            body=entry.body_id(candidate),
            state__in=[State.APPROVED, State.EXPIRED],
            attribute=Attribute.PROACTIVE,
            decided_at__date__gt=year_before(today),
        )
        .exclude(**same)
        .order_by("-decided_at", "-pk")[: RELEASES + 1]
    )


def _files(releases: Sequence[Release]) -> Iterator[tuple[Release, str, FieldFile]]:
    """The attachments that may hold tables, of records that are still, to the letter, what was signed."""
    records = _records(releases)
    for release in releases:
        kind, record = reviewables.get(release.kind), records.get((release.kind, release.object_id))
        if record is None or kind.files is None:
            continue
        tables = [one for one in kind.files(record) if str(one[1].name).lower().endswith(TABLES)]
        if tables and sm3(kind.digest(record)) == release.digest:
            yield from ((release, label, file) for label, file in tables)


def _records(releases: Sequence[Release]) -> dict[tuple[str, int], Any]:
    """The records behind releases, as many queries for a hundred as for one."""
    found: dict[tuple[str, int], Any] = {}
    for kind, group in groupby(sorted(releases, key=lambda one: one.kind), key=lambda one: one.kind):
        entry = reviewables.get(kind)
        rows = entry.model._default_manager.filter(pk__in=[one.object_id for one in group])
        found |= {(kind, row.pk): row for row in (entry.prepare(rows) if entry.prepare else rows)}
    return found
