"""Which pages a file hangs on, whatever their kind: rooms have attachments of their own."""

from __future__ import annotations

from typing import Any

from wagtail.models import Orderable

from gongkai.portal.models import AttachmentFile


def pages_with(document: AttachmentFile) -> set[Any]:
    """The pages that have the file attached, as articles do: by a row with `page` and `document`."""
    relations = [one for one in AttachmentFile._meta.related_objects if issubclass(one.related_model, Orderable)]
    return {
        row.page
        for relation in relations
        for row in relation.related_model._default_manager.filter(document=document).select_related("page")
    }
