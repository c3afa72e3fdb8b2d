"""Many drafts at once: page for page what Wagtail writes of one, and never a place given twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from tests.portal import writing
from tests.portal.writing import ensure_portal
from wagtail.models import Page, PageLogEntry, ReferenceIndex
from wagtail.search.index import insert_or_update_object

from gongkai.portal.importing.tree import insert_drafts
from gongkai.portal.models import ArticlePage, Attachment, ColumnPage


@pytest.fixture
def column(county) -> ColumnPage:
    ensure_portal()
    return writing.column(writing.section(county.fgj))


def drafts(count: int, start: int = 0) -> list[ArticlePage]:
    return [
        ArticlePage(title=f"标题{number}", slug=f"bulk-{number}", body=f"<p>第{number}号正文</p>")
        for number in range(start, start + count)
    ]


def told_of(page: ArticlePage) -> dict:
    """What is kept of a page, without what differs from page to page."""
    apart = {"id", "page_ptr", "path", "translation_key", "title", "slug", "url_path", "draft_title", "body"}
    apart |= {"latest_revision", "latest_revision_created_at"}
    fields = {f.name: f.value_from_object(page) for f in page._meta.concrete_fields if f.name not in apart}
    revision = page.latest_revision
    content = {name: value for name, value in revision.content.items() if name not in apart | {"pk", "attachments"}}
    logged = PageLogEntry.objects.filter(page=page.pk).values_list("action", "content_changed", "deleted")
    kind = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.objects.filter(base_content_type=kind, object_id=page.pk)
    return {
        "fields": fields,
        "content": content,
        "revision": (revision.content_type_id, revision.base_content_type_id, revision.object_str == page.title),
        "attached": [one.document_id for one in page.attachments.all()],
        "history": list(logged),
        "references": sorted(references.values_list("to_object_id", "model_path")),
        "found": ArticlePage.objects.filter(pk=page.pk).search(page.title).count(),
    }


@pytest.mark.usefixtures("search_index")
def test_each_is_what_one_by_one_makes_of_it(column, county):
    file = writing.file(county.fgj)
    one = ArticlePage(title="逐篇", slug="single", body="<p>正文</p>")
    one.attachments = [Attachment(document=file, sort_order=0)]
    ColumnPage.objects.get(pk=column.pk).add_child(instance=one)
    one.save_revision()
    ReferenceIndex.create_or_update_for_object(one)  # what the worker does after a save
    insert_or_update_object(one)
    many = drafts(3)
    many[1].attachments = [Attachment(document=file, sort_order=0)]
    insert_drafts(column.pk, many, None)
    written = told_of(ArticlePage.objects.get(slug="bulk-1"))
    expected = told_of(ArticlePage.objects.get(slug="single"))
    assert written.pop("history") == [("wagtail.create", True, False)]
    expected.pop("history")  # `add_child` outside of the editor logs nothing
    assert written == expected
    assert written["references"] and written["found"] == 1


def test_the_tree_is_sound(column):
    writing.article(column)
    insert_drafts(column.pk, drafts(40), None)
    writing.article(column)
    insert_drafts(column.pk, drafts(2, start=40), None)
    assert Page.find_problems() == ([], [], [], [], [])
    children = ArticlePage.objects.child_of(column).order_by("path")
    assert [page.title for page in children][1:41] == [f"标题{number}" for number in range(40)]
    column.refresh_from_db()
    assert column.numchild == 44
    page = children.last()
    assert page.url_path == f"{column.url_path}bulk-41/" and page.get_parent().pk == column.pk


def test_a_draft_can_be_edited_and_passes_the_gate(column):
    writing.through_the_gate(column)
    insert_drafts(column.pk, drafts(2), None)
    page = writing.through_the_gate(ArticlePage.objects.get(slug="bulk-0"))
    assert page.live and page.get_parent().pk == column.pk


def test_the_number_of_queries_does_not_grow_with_the_drafts(column, django_assert_max_num_queries):
    insert_drafts(column.pk, drafts(1), None)
    with django_assert_max_num_queries(22):
        insert_drafts(column.pk, drafts(10, start=1), None)
    with django_assert_max_num_queries(22):
        insert_drafts(column.pk, drafts(20, start=11), None)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_editors_who_add_at_the_same_moment_get_places_of_their_own(county):
    ensure_portal()
    column = writing.column(writing.section(county.fgj))

    def bulk(turn: int) -> None:
        try:
            insert_drafts(column.pk, drafts(20, start=turn * 20), None)
        finally:
            connection.close()

    def editor(turn: int) -> None:
        try:
            page = ArticlePage(title=f"编辑{turn}", slug=f"edited-{turn}", body="<p>正文</p>")
            ColumnPage.objects.get(pk=column.pk).add_child(instance=page)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(work, turn) for turn in range(4) for work in (bulk, editor)]:
            done.result()
    assert Page.find_problems() == ([], [], [], [], [])
    assert ArticlePage.objects.child_of(column).count() == 84
    column.refresh_from_db()
    assert column.numchild == 84
