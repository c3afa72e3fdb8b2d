"""Redacted copies of attachments, made before the transaction that puts them in place.

Making one takes seconds for a large file; on SQLite every other writer would wait for it, and on any database whoever
wants to write into the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from gongkai.core.documents import DocumentError
from gongkai.core.redaction import RedactionError, redact_bytes
from gongkai.review.digests import sm3_of_file
from gongkai.review.machine import screener

_made: ContextVar[dict[str, bytes] | None] = ContextVar("copies made before", default=None)


@contextmanager
def made_before(files: Iterable[FieldFile]) -> Iterator[None]:
    """Make the copies of these files now: whoever asks for one inside the block has it at once. Nothing is kept."""
    token = _made.set({sm3_of_file(file): _copy(file) for file in files})
    try:
        yield
    finally:
        _made.reset(token)


def redacted_copy(file: FieldFile) -> bytes:
    """The file with the findings masked and hidden content removed, proved by screening it again."""
    made = (_made.get() or {}).get(sm3_of_file(file))
    return made if made is not None else _copy(file)


def _copy(file: FieldFile) -> bytes:
    try:
        with file.open("rb") as source:
            return redact_bytes(source.read(), Path(str(file.name)).name, screener()).data
    except (RedactionError, DocumentError) as error:
        raise ValidationError(_("附件不能自动脱敏：%s") % error) from error
