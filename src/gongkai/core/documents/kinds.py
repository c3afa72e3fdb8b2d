"""What kind of file the bytes are: told by the content, never by the name."""

from __future__ import annotations

import re

from gongkai.core.documents.archive import Archive
from gongkai.core.documents.model import DocumentError

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ODF_TEXT = b"application/vnd.oasis.opendocument.text"
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|table|tbody|tr|div|p|span|h[1-6]|ul|ol|section|article|style)\b",
    re.IGNORECASE,
)
_HTML_HEAD = 4096


def binary_kind(data: bytes) -> str | None:
    """docx, xlsx, xls, doc, pdf or rtf; None for what may be text. DocumentError for kinds that are not read."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(Archive(data))
    if data.startswith(_OLE):
        return _ole_kind(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    return None


def is_html(text: str) -> bool:
    """Markup from the first character on, and tags that only HTML has."""
    head = text[:_HTML_HEAD].lstrip("\ufeff \t\n")
    return head.startswith("<") and _HTML.search(head) is not None


def _zip_kind(archive: Archive) -> str:
    names, present = archive.names, set(archive.names)
    if "word/document.xml" in present or any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return "docx"
    if present & {"xl/workbook.xml", "xl/workbook.bin"}:
        return "xlsx"
    if "content.xml" in present:  # OpenDocument
        if "mimetype" in present and not archive.read("mimetype").startswith(_ODF_TEXT):
            raise DocumentError(
                "是 OpenDocument 表格或演示文稿，暂不能读取，请另存为 Excel（xlsx）或 Word（docx）后再试"
            )
        return "odf"
    if "OFD.xml" in present:
        raise DocumentError("是 OFD 版式文件，暂不能读取，请用阅读软件导出为 PDF 或 Word 后再试")
    if "ppt/presentation.xml" in present:
        raise DocumentError("是演示文稿，不能读取，请上传 Word、Excel、PDF、网页或文本文件")
    if "[Content_Types].xml" in present:
        raise DocumentError("文件不完整：缺少正文部分，请在原软件中另存后再试")
    raise DocumentError("是压缩包，不是文档，请解压后逐个上传")


def has_stream(data: bytes, name: str) -> bool:
    """Whether a compound file has a stream of this name: it writes them in UTF-16."""
    return (name + "\0").encode("utf-16-le") in data


def carries_macros(data: bytes) -> bool:
    """Whether a compound file has a project of macros."""
    return has_stream(data, "_VBA_PROJECT") or has_stream(data, "_VBA_PROJECT_CUR")


def _ole_kind(data: bytes) -> str:
    if has_stream(data, "EncryptedPackage"):
        raise DocumentError("文件已加密，请用密码打开并取消加密后再上传")
    if has_stream(data, "WordDocument"):
        return "doc"
    if has_stream(data, "Workbook") or has_stream(data, "Book"):
        return "xls"
    raise DocumentError("是不认识的旧版办公文件，请在原软件中另存为 Word（docx）或 Excel（xlsx）后再试")
