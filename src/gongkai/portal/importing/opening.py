"""What a signed batch opens: for each of its articles a release of its own, and the page as it was signed (ADR 11).

Nothing goes live that the gate does not find open: the releases are written first, then `gate.open_records` is asked.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Revision, Site
from wagtail.signals import page_published

from gongkai.foundation import clock
from gongkai.foundation.events.services import build, record_many
from gongkai.foundation.registries import reviewables
from gongkai.portal.importing.manifest import digest_of, manifest_of
from gongkai.portal.importing.models import Batch, Outcome, Phase, Row, RowFinding
from gongkai.portal.importing.selectors import passage_of
from gongkai.portal.importing.tree import index, write_history
from gongkai.portal.models import ArticlePage, HomePage
from gongkai.portal.pagecache.models import note as note_change
from gongkai.portal.reviewables import ARTICLE, TITLE
from gongkai.portal.standing import place_of
from gongkai.review import gate, register
from gongkai.review.digests import sm3
from gongkai.review.machine import masked
from gongkai.review.models import Attribute, Disposal, Finding, Release, State, What

IMPORT = "portal.import"


@transaction.atomic
def open_slice(number: int) -> bool:
    """Open the next slice of a signed batch; True while some are left.

    Each slice is held against the list that was signed: what was added to it or changed in it opens nothing of it.
    """
    register.hold_pen()
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=number)
    signed = signed_release(batch)
    if batch.phase != Phase.OPENING or signed is None or manifest_of(batch.slices) != batch.manifest:
        return False
    if batch.opened < len(batch.slices):
        last, digest = batch.slices[batch.opened]
        rows = list(batch.rows.filter(outcome=Outcome.READY, number__lte=last))
        if digest_of((row.number, row.url, row.digest) for row in rows) == digest:
            _open(batch, signed, rows)
        else:
            batch.rows.filter(pk__in=[row.pk for row in rows]).update(outcome=Outcome.CHANGED)
        batch.opened += 1
    done = batch.opened >= len(batch.slices)
    batch.phase, batch.touched_at = (Phase.DONE if done else Phase.OPENING), clock.now()
    batch.save(update_fields=["phase", "opened", "touched_at"])
    return not done


def signed_release(batch: Batch) -> Release | None:
    """The passage by which exactly this batch is signed for the public."""
    return passage_of(batch) if gate.is_open(IMPORT, batch) else None


def _open(batch: Batch, signed: Release, rows: list[Row]) -> None:
    entry = reviewables.get(ARTICLE)
    pages = ArticlePage.objects.filter(pk__in=[row.page_id for row in rows], live=False)
    found = {page.pk: page for page in entry.prepare(pages)} if entry.prepare else {}
    unchanged = [row for row in rows if row.page_id in found and sm3(entry.digest(found[row.page_id])) == row.digest]
    unchanged = _without_own_passage(unchanged)
    mentioned = set(RowFinding.objects.filter(row__in=unchanged, part=TITLE).values_list("row", flat=True))
    releases = [_release(batch, signed, row, found[row.page_id], is_plain=row.pk not in mentioned) for row in unchanged]
    for row, release in zip(unchanged, Release.objects.bulk_create(releases, batch_size=500), strict=True):
        row.release = release
    _write_findings(unchanged)
    note = _("随导入批次“%s”签发") % batch.name
    record_many(
        build("portal.import_open", one, actor=signed.decided_by, after=one.audited_state(), reason=note)
        for one in releases
    )
    by_page = {row.page_id: row for row in unchanged if row.page_id is not None}
    opened = gate.open_records(ARTICLE, ArticlePage.objects.filter(pk__in=by_page))
    _publish(opened, by_page, signed)
    _note_outcomes(rows, unchanged, opened)
    _write_redirects(batch, opened, by_page)
    _note_in_register(signed, opened, by_page)
    note_change()


def _note_outcomes(rows: list[Row], signed: list[Row], opened: list[Any]) -> None:
    kind = ContentType.objects.get_for_model(ArticlePage)
    own = Release.objects.filter(content_type=kind, object_id=OuterRef("page_id"), state=State.APPROVED)
    there = Row.objects.filter(pk__in=[row.pk for row in rows])
    there.update(outcome=Outcome.CHANGED)
    there.filter(pk__in=[row.pk for row in signed]).update(release=Subquery(own.values("pk")[:1]))
    there.filter(page__in=[page.pk for page in opened]).update(outcome=Outcome.OPEN)


def _without_own_passage(rows: list[Row]) -> list[Row]:
    """What somebody put forward by itself meanwhile goes its own way."""
    kind = ContentType.objects.get_for_model(ArticlePage)
    apart = Release.objects.filter(
        content_type=kind,
        object_id__in=[row.page_id for row in rows],
        state__in=[State.WAITING, State.APPROVED],
    )
    own = set(apart.values_list("object_id", flat=True))
    return [row for row in rows if row.page_id not in own]


def _release(batch: Batch, signed: Release, row: Row, page: Any, is_plain: bool) -> Release:
    """The article's own entry: as the batch's, for exactly this text. is_plain: nothing was found in its title."""
    said = {"batch": batch.name, "number": signed.pk, "url": row.url}
    return Release(
        kind=ARTICLE,
        content_type=ContentType.objects.get_for_model(ArticlePage),
        object_id=page.pk,
        body_id=place_of(page)[1],
        title=(page.title if is_plain else masked(page.title))[:300],
        digest=row.digest,
        revision=row.revision,
        state=State.APPROVED,
        attribute=Attribute.PROACTIVE,
        ground=signed.ground,
        answers=signed.answers,
        machine=row.machine,
        not_examined=row.not_examined,
        requested_by_id=signed.requested_by_id,
        requested_at=signed.requested_at,
        decided_by_id=signed.decided_by_id,
        decided_at=signed.decided_at,
        note=_("从 %(url)s 导入，随导入批次“%(batch)s”（登记编号 %(number)d）审查、签发") % said,
    )


def _write_findings(rows: list[Row]) -> None:
    """What was kept, and what stood before the signer, is known again at the next passage or rescreening."""
    by_row = {row.pk: row.release for row in rows}
    same = [field.attname for field in RowFinding._meta.concrete_fields if field.name not in ("id", "row")]
    copies = [
        Finding(
            release=by_row[one.row_id],
            disposal=Disposal.KEEP if one.decided_by_id else "",
            **{name: getattr(one, name) for name in same},
        )
        for one in RowFinding.objects.filter(row__in=by_row)
    ]
    Finding.objects.bulk_create(copies, batch_size=500)


def _publish(pages: list[Any], by_page: dict[int, Row], signed: Release) -> None:
    """Live as they were loaded; a draft that somebody has written since stays one."""
    rows = Row.objects.filter(page=OuterRef("pk"))
    there = Page.objects.filter(pk__in=[page.pk for page in pages])
    there.update(
        live=True,
        live_revision=Subquery(rows.values("revision")[:1]),
        first_published_at=Coalesce(Subquery(rows.values("first_at")[:1]), clock.now()),
        last_published_at=clock.now(),
    )
    there.filter(latest_revision=F("live_revision")).update(has_unpublished_changes=False)
    revisions = Revision.objects.in_bulk([by_page[page.pk].revision for page in pages])
    for page in pages:
        page.live, page.live_revision = True, revisions.get(by_page[page.pk].revision)
        page.first_published_at = by_page[page.pk].first_at or clock.now()
    write_history(pages, "wagtail.publish", signed.decided_by)
    index(pages)  # of a draft the index has the title alone
    newest = {page.parent_pk: page for page in sorted(pages, key=lambda page: page.published_on)}
    for page in newest.values():  # whoever listens looks at the column: once for each is enough
        page_published.send(sender=type(page), instance=page, revision=page.live_revision)


def _write_redirects(batch: Batch, pages: list[Any], by_page: dict[int, Row]) -> None:
    """Old addresses lead to the new page; one that leads somewhere already stays."""
    home = HomePage.objects.filter(county=batch.body.root).first()
    site = Site.objects.filter(root_page=home).first() if home is not None else None
    paths: dict[str, Any] = {}
    for page in pages:
        old = urlsplit(by_page[page.pk].url)
        path = Redirect.normalise_path(f"{old.path}?{old.query}" if old.query else old.path)
        if 1 < len(path) <= 255:
            paths.setdefault(path, page)
    there = set(Redirect.objects.filter(old_path__in=paths, site=site).values_list("old_path", flat=True))
    Redirect.objects.bulk_create(
        Redirect(old_path=path, site=site, redirect_page_id=page.pk, automatically_created=True)
        for path, page in paths.items()
        if path not in there
    )


def _note_in_register(signed: Release, pages: list[Any], by_page: dict[int, Row]) -> None:
    """One entry for all of them, which holds the digest of each."""
    rows = [by_page[page.pk] for page in pages]
    told = [{"release": row.release_id, "digest": row.digest, "address": row.url} for row in rows]
    if told:
        register.note(signed, What.PUBLISHED, signed.decided_by, articles=told)
