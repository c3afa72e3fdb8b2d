"""Files that commands write: never over what they read, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def is_same(target: Path, source: Path) -> bool:
    """By whatever name or link."""
    if target.resolve() == source.resolve():
        return True
    return target.exists() and source.exists() and target.samefile(source)


def write_whole(target: Path, data: bytes) -> None:
    """Whole or not at all: a file that broke off must not be taken for one. A device or pipe is written as it is."""
    if target.exists() and not target.is_file():
        target.write_bytes(data)
        return
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
