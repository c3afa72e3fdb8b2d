"""A file that becomes the attachment of a record: kept in the folder of its body."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.core.files.base import ContentFile

from gongkai.disclosure.models import RecordFile, RecordPage
from gongkai.foundation.accounts.models import User
from gongkai.portal.editing.names import plain_name
from gongkai.portal.models import AttachmentFile, SectionPage


def attach(record: RecordPage, files: list[tuple[str, bytes]], actor: User | None) -> None:
    """Put the files (name and content) beneath the record and write its draft; the storage judges each first."""
    section = SectionPage.objects.get(body=record.body_id)
    kept = []
    for place, (name, data) in enumerate(files):
        title = plain_name(Path(name).name) or Path(name).stem
        document = AttachmentFile(title=title, collection=section.collection, uploaded_by_user=actor)
        document.file.save(Path(name).name, ContentFile(data), save=False)
        document.file_size = len(data)
        document.file_hash = hashlib.sha1(data, usedforsecurity=False).hexdigest()
        document.save()
        kept.append(RecordFile(document=document, sort_order=place))
    record.attachments = kept  # type: ignore[misc] # the manager of modelcluster takes a list
    record.save()
    record.save_revision(user=actor, clean=False)
