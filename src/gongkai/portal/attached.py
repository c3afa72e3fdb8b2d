"""Which pages a file hangs on, whatever their kind, and which texts hold it as a picture."""

from __future__ import annotations

from typing import Any

from wagtail.models import Orderable

from gongkai.portal.models import ArticlePage, AttachmentFile
from gongkai.portal.pictures.references import references
from gongkai.review.digests import sm3_of_file


def pages_with(document: AttachmentFile) -> set[Any]:
    """The pages that have the file attached, as articles do: by a row with `page` and `document`.

    Rooms have attachments of their own.
    """
    relations = [one for one in AttachmentFile._meta.related_objects if issubclass(one.related_model, Orderable)]
    return {
        row.page
        for relation in relations
        for row in relation.related_model._default_manager.filter(document=document).select_related("page")
    }


def pages_that_hold(document: AttachmentFile) -> set[Any]:
    """Those, and the articles of whose texts a version holds the file as a picture."""
    return pages_with(document) | set(ArticlePage.objects.filter(illustrations__document=document))


def articles_showing(document: AttachmentFile) -> list[ArticlePage]:
    """The articles whose public text names the file, with the content that it has now."""
    found = ArticlePage.objects.filter(illustrations__document=document, live=True)
    if not document.width or not found:
        return []
    sm3 = sm3_of_file(document.file)
    return [one for one in found if (document.pk, sm3) in {(said.file, said.sm3) for said in references(one.body)}]
