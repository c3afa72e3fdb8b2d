"""Files read whole: everything that leaves the house with them, seen or not, down into the files inside them."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from gongkai.core.documents.kinds import binary_kind
from gongkai.core.documents.model import Document, DocumentError
from gongkai.core.documents.reader import guarded, read_content
from gongkai.core.documents.whole.budget import Budget

_READERS = {
    "image": "picture",
    "zip": "bundle",
}
_PACKED = (
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "GZ"),
    (b"BZh", "BZ2"),
    (b"\xfd7zXZ\0", "XZ"),
)


def read_whole(data: bytes, budget: Budget) -> Document:
    """Read a file with all that is in it; DocumentError when it cannot be read."""
    if not data.strip(b"\0 \t\r\n"):
        raise DocumentError("是空文件，请重新导出或上传")
    kind = whole_kind(data)
    return guarded(lambda content, kind: _read(content, kind, budget), data, kind)


def whole_kind(data: bytes) -> str | None:
    """The kind by content; what `binary_kind` refuses but can be read whole has a kind here."""
    from gongkai.core.documents.whole import bundle, picture

    for magic, name in _PACKED:
        if data.startswith(magic):
            raise DocumentError(f"是 {name} 压缩包，不能读取，请解压后逐个检查，或改为 ZIP 压缩包")
    if data[257:262] == b"ustar":
        raise DocumentError("是 TAR 压缩包，不能读取，请解压后逐个检查，或改为 ZIP 压缩包")
    if picture.is_picture(data):
        return "image"
    if data.startswith(b"PK"):
        return bundle.kind(data)
    return binary_kind(data)


def _read(data: bytes, kind: str | None, budget: Budget) -> Document:
    if kind not in _READERS:
        return read_content(data, kind)
    module = import_module(f"gongkai.core.documents.whole.{_READERS[kind]}")
    return cast(Document, module.read(data, budget))
