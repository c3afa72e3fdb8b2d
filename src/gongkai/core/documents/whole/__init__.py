"""Files read whole: everything that leaves the house with them, seen or not, down into the files inside them."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import cast

from gongkai.core.documents.decoding import decode
from gongkai.core.documents.kinds import binary_kind, has_stream, is_html
from gongkai.core.documents.model import Document, DocumentError
from gongkai.core.documents.reader import guarded, read_content
from gongkai.core.documents.whole.budget import Budget
from gongkai.core.documents.whole.remains import with_remains

_READERS = {
    "docx": "office",
    "html": "page",
    "image": "picture",
    "mail": "mail",
    "ofd": "layout",
    "pdf": "printed",
    "pptx": "office",
    "xlsx": "office",
    "zip": "bundle",
}
_UNREAD = {
    "xls": "单元格格式隐藏的内容、页眉页脚、图片、嵌入对象和文件属性（旧版 Excel，请另存为 xlsx 再检查）",
    "doc": "转换时未保留的嵌入对象和文件属性（旧版 Word，请另存为 docx 再检查）",
    "rtf": "转换时未保留的嵌入对象（RTF，请另存为 docx 再检查）",
    "odf": "转换时未保留的批注、页眉页脚、嵌入对象和文件属性（OpenDocument，请另存为 docx 再检查）",
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
    document = guarded(lambda content, kind: _read(content, kind, budget), data, kind)
    return with_remains(document, data, budget)


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
    return _ole_kind(data)


def _ole_kind(data: bytes) -> str | None:
    if has_stream(data, "PowerPoint Document"):
        raise DocumentError("是旧版演示文稿（ppt、dps），不能读取，请另存为 pptx 再检查")
    return binary_kind(data)


def _read(data: bytes, kind: str | None, budget: Budget) -> Document:
    if kind is None:
        kind = _told_by_text(data)
    if kind not in _READERS:
        return _named(read_content(data, kind), kind)
    module = import_module(f"gongkai.core.documents.whole.{_READERS[kind]}")
    if kind == "pptx":
        return cast(Document, module.read(data, budget, kind))
    return cast(Document, module.read(data, budget))


def _told_by_text(data: bytes) -> str | None:
    from gongkai.core.documents.whole import mail

    if mail.is_mail(data):
        return "mail"
    return "html" if is_html(decode(data, html=True)) else None


def _named(document: Document, kind: str | None) -> Document:
    """What the old formats keep where we do not look is said."""
    unread = _UNREAD.get(kind or "")
    return replace(document, not_examined=(*document.not_examined, unread)) if unread else document
