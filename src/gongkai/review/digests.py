"""What the public would see, as one stable text, and the SM3 (GB/T 32905) that stands for it in the register."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives import hashes
from django.db.models.fields.files import FieldFile

BLOCK = 1024 * 1024
GONE = "文件不存在"


class _Sm3:
    """SM3 by the `cryptography` library, for a Python whose OpenSSL was built without it."""

    def __init__(self) -> None:
        self._hash = hashes.Hash(hashes.SM3())

    def update(self, data: bytes) -> None:
        self._hash.update(data)

    def hexdigest(self) -> str:
        return self._hash.finalize().hex()


def _new() -> hashlib._Hash | _Sm3:
    return hashlib.new("sm3") if "sm3" in hashlib.algorithms_available else _Sm3()


def sm3(text: str) -> str:
    """SM3 of the UTF-8 text, 64 hexadecimal digits."""
    hasher = _new()
    hasher.update(text.encode())
    return hasher.hexdigest()


def sm3_of_file(file: FieldFile) -> str:
    """SM3 of an uploaded file; a file that is missing has a value no approved file can have.

    A file on disk is read again only when its size or time of change differ from the last reading.
    """
    try:
        path = Path(file.path)
        status = path.stat()
    except NotImplementedError:  # a storage without paths, such as an object store
        with file.open("rb") as stream:
            return _read(stream)
    except FileNotFoundError:
        return GONE
    return _of_path(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=10_000)
def _of_path(path: Path, size: int, changed: int) -> str:
    with path.open("rb") as stream:
        return _read(stream)


def _read(stream: BinaryIO | FieldFile) -> str:
    hasher = _new()
    while block := stream.read(BLOCK):
        hasher.update(block)
    return hasher.hexdigest()


def as_text(parts: Iterable[tuple[str, str]]) -> str:
    """Labelled parts as one text; no value can pose as another part.

    The labels belong to the text: changing one closes the gate for everything approved under the old one.
    """
    return json.dumps([list(part) for part in parts], ensure_ascii=False, separators=(",", ":"))


def parts_of(text: str) -> list[tuple[str, str]]:
    """The parts of a text made by `as_text`, for showing; any other text is one part without a label."""
    try:
        return [(str(label), str(value)) for label, value in json.loads(text)]
    except (ValueError, TypeError):
        return [("", text)]
