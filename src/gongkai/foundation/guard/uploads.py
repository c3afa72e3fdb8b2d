"""Uploads stay in memory: Django's own handler would spool what is larger than 2.5 MB to a file, unjudged.

An upload takes as much memory as it is large while its request lasts; `GONGKAI_UPLOAD_MB` bounds one file, and the
web server's threads how many come at once.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from gongkai.foundation.guard.refusals import UploadTooLarge


class MemoryUploadHandler(FileUploadHandler):
    """Every file of a request in memory; `UploadTooLarge` as soon as one grows beyond the limit."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > settings.GONGKAI_UPLOAD_BYTES:
            raise UploadTooLarge("a file larger than GONGKAI_UPLOAD_MB")
        self._kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._kept.seek(0)
        return InMemoryUploadedFile(
            file=self._kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
