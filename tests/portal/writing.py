"""Columns, articles and files of a body, as its people write them; taken to the public by the three reviews."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from tests.remembering import remembered
from tests.review.passing import holder, sign

from gongkai.foundation.access import Role
from gongkai.portal import structure
from gongkai.portal.models import (
    ArticlePage,
    Attachment,
    AttachmentFile,
    ColumnPage,
    SectionPage,
    TopicItem,
    TopicPage,
)
from gongkai.review.choke import kind_of
from gongkai.review.services import request

WORDS = "清河县二〇二六年上半年重点项目进展"
_numbers = itertools.count(1)


ensure_portal = remembered(structure.ensure_portal)


def section(body) -> SectionPage:
    return SectionPage.objects.get(body=body)


@remembered
def column(parent: Any, title: str = "通知公告", **fields) -> ColumnPage:
    page = ColumnPage(title=title, **{"slug": f"column-{next(_numbers)}"} | fields)
    type(parent).objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision()
    return ColumnPage.objects.get(pk=page.pk)


@remembered
def article(parent: Any, title: str = WORDS, files: tuple[AttachmentFile, ...] = (), **fields) -> ArticlePage:
    fields = {"body": "<p>各项目按计划推进。</p>", "slug": f"article-{next(_numbers)}"} | fields
    page = ArticlePage(title=title, **fields)
    page.attachments = [Attachment(document=file, sort_order=at) for at, file in enumerate(files)]
    type(parent).objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision()
    return ArticlePage.objects.get(pk=page.pk)


def below(parent: Any, page: Any) -> Any:
    """A draft of any kind of page."""
    type(parent).objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision()
    return type(page).objects.get(pk=page.pk)


def file(body, name: str = "jindu.txt", content: bytes = "项目进度表".encode()) -> AttachmentFile:
    document = _filed(body, name, content)
    path = Path(document.file.path)  # a test before may have changed it, or emptied the folder
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return document


@remembered
def _filed(body, name: str, content: bytes) -> AttachmentFile:
    document = AttachmentFile(title="项目进度表", collection=section(body).collection)
    document.file.save(name, ContentFile(content), save=False)
    document._set_document_file_metadata()
    document.save()
    return AttachmentFile.objects.get(pk=document.pk)


@remembered
def topic(section: SectionPage, *sources: Any, title: str = "防汛抗旱") -> TopicPage:
    """专题 that draws from columns and articles."""
    page = TopicPage(title=title, slug=f"topic-{len(sources)}", summary="各单位防汛信息")
    page.items = [TopicItem(source_id=source.pk, sort_order=at) for at, source in enumerate(sources)]
    section.add_child(instance=page)
    page.save_revision()
    return TopicPage.objects.get(pk=page.pk)


@remembered
def through_the_gate(page: Any) -> Any:
    """Put forward by the clerk of its body, passed by everybody else; the page as it is then."""
    body = SectionPage.objects.ancestor_of(page).get().body
    release = request(holder(body, Role.CLERK), kind_of(type(page)), page.pk)
    sign(holder(body, Role.LEADER), release)
    return type(page).objects.get(pk=page.pk)


def change(page: Any, **fields) -> Any:
    """A draft of somebody who edits the page."""
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision()
    return type(page).objects.get(pk=page.pk)
