"""Attachments as the machine reads them: whole, with everything that leaves the house with them."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.db.models.fields.files import FieldFile

from gongkai.core.documents import Document, read
from gongkai.review.digests import BLOCK


def read_file(file: FieldFile) -> Document:
    """DocumentError or OSError when it cannot be read."""
    with on_disk(file) as path:
        return read(path, whole=True)


@contextlib.contextmanager
def on_disk(file: FieldFile) -> Iterator[Path]:
    """The file's path; of a storage without paths a copy that is removed afterwards."""
    try:
        yield Path(file.path)
        return
    except NotImplementedError:
        pass
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / Path(file.name or "file").name
        with file.open("rb") as source, copy.open("wb") as target:
            while block := source.read(BLOCK):
                target.write(block)
        yield copy
