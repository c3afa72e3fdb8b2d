"""Many drafts at once beneath one column: what `add_child` and `save_revision` do for one, in few queries.

Everything that Wagtail keeps of a page is written: its place in the tree, both rows, what hangs on it, its first
revision, its history, its references and its entry in the search index. The signals of a save are not sent: a draft
is nobody's business yet, and `opening` sends `page_published` for the newest of each column.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.functions import Cast
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends

from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.portal.models import ArticlePage, note_pictures
from gongkai.portal.planting import ROWS, give_places, write_rows


@transaction.atomic
def insert_drafts(column_id: int, drafts: Sequence[Any], author: User | None) -> None:
    """Write `drafts`, unsaved pages of one kind, as the last children of the column; each has its id afterwards.

    The column's row is held first, as `add_child` holds it, so that an editor who adds a page there waits, or is
    waited for. Addresses (`slug`) are the caller's to keep apart; the database refuses a second one nowhere.
    """
    if not drafts:
        return
    column = Page.objects.select_for_update().get(pk=column_id)
    give_places(column, drafts)
    _as_drafts(drafts)
    write_rows(drafts)
    _write_children(drafts)
    note_pictures([draft for draft in drafts if isinstance(draft, ArticlePage)])
    _write_revisions(drafts, author)
    write_history(drafts, "wagtail.create", author)
    _write_references(drafts)
    index(drafts)
    Page.objects.filter(pk=column.pk).update(numchild=F("numchild") + len(drafts))


def _as_drafts(drafts: Sequence[Any]) -> None:
    now = clock.now()
    for draft in drafts:
        draft.live, draft.has_unpublished_changes = False, True
        draft.latest_revision_created_at = now
        for relation in get_all_child_relations(type(draft)):  # what it has none of must not be looked for
            name = relation.get_accessor_name()
            if name not in draft.__dict__.setdefault("_cluster_related_objects", {}):
                setattr(draft, name, [])


def _write_children(drafts: Sequence[Any]) -> None:
    for relation in get_all_child_relations(type(drafts[0])):
        name, link = relation.get_accessor_name(), relation.field.name
        children = [(draft, child) for draft in drafts for child in getattr(draft, name).all()]
        for draft, child in children:
            setattr(child, link, draft)
        relation.related_model._base_manager.bulk_create([child for _draft, child in children], batch_size=ROWS)


def _write_revisions(drafts: Sequence[Any], author: User | None) -> None:
    kind = ContentType.objects.get_for_model(type(drafts[0]))
    base = ContentType.objects.get_for_model(Page)
    revisions = [
        Revision(
            content_type=kind,
            base_content_type=base,
            object_id=str(draft.pk),
            created_at=draft.latest_revision_created_at,
            user=author,
            object_str=str(draft),
            content=draft.serializable_data(),
        )
        for draft in drafts
    ]
    made = Revision.objects.bulk_create(revisions, batch_size=ROWS)
    for draft, revision in zip(drafts, made, strict=True):
        draft.latest_revision = revision
    own = Revision.objects.filter(base_content_type=base, object_id=Cast(OuterRef("pk"), CharField())).order_by("-pk")
    written = Page.objects.filter(pk__in=[draft.pk for draft in drafts])
    written.update(latest_revision=Subquery(own.values("pk")[:1]))


def write_history(pages: Iterable[Any], action: str, author: User | None) -> None:
    """The line of Wagtail's page history that each page would get."""
    now = clock.now()
    lines = [
        PageLogEntry(
            page_id=page.pk,
            content_type_id=page.content_type_id,
            label=page.get_admin_display_title()[:255],
            action=action,
            timestamp=now,
            uuid=uuid.uuid4(),
            user=author,
            revision_id=page.latest_revision_id,
            content_changed=True,
        )
        for page in pages
    ]
    PageLogEntry.objects.bulk_create(lines, batch_size=ROWS)


def _write_references(drafts: Sequence[Any]) -> None:
    """As `ReferenceIndex.create_or_update_for_object`, for pages of which nothing is known yet."""
    kind = ContentType.objects.get_for_model(type(drafts[0]))
    base = ContentType.objects.get_for_model(Page)
    rows = [
        ReferenceIndex(
            content_type=kind,
            base_content_type=base,
            object_id=draft.pk,
            to_content_type_id=to_kind,
            to_object_id=to,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for draft in drafts
        for to_kind, to, model_path, content_path in set(ReferenceIndex._extract_references_from_object(draft))
    ]
    ReferenceIndex.objects.bulk_create(rows, batch_size=ROWS, ignore_conflicts=True)


def index(pages: Sequence[Any]) -> None:
    """Into the search index, as far as its engines follow changes by themselves."""
    if not pages:
        return
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(type(pages[0]), list(pages))
