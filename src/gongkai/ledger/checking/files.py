"""What kind of file was handed in as evidence: told by the content, never by the name."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from gongkai.core.documents.decoding import decode
from gongkai.core.documents.model import DocumentError

LONGEST_NAME = 100  # characters, ending included
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True, slots=True)
class FileKind:
    suffix: str
    media_type: str


PDF = FileKind(".pdf", "application/pdf")
PNG = FileKind(".png", "image/png")
JPEG = FileKind(".jpg", "image/jpeg")
TEXT = FileKind(".txt", "text/plain; charset=utf-8")
_IN_ZIP = {
    "word/document.xml": FileKind(".docx", _OFFICE + "wordprocessingml.document"),
    "xl/workbook.xml": FileKind(".xlsx", _OFFICE + "spreadsheetml.sheet"),
    "ppt/presentation.xml": FileKind(".pptx", _OFFICE + "presentationml.presentation"),
    "OFD.xml": FileKind(".ofd", "application/ofd"),
}
_IN_OLE = {
    "WordDocument": FileKind(".doc", "application/msword"),
    "Workbook": FileKind(".xls", "application/vnd.ms-excel"),
    "Book": FileKind(".xls", "application/vnd.ms-excel"),
    "PowerPoint Document": FileKind(".ppt", "application/vnd.ms-powerpoint"),
}
_MAGIC = {b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
_ACCEPTED = "PDF、OFD、Word、Excel、演示文稿、图片（PNG、JPG）或文本文件"


def kind_of(file: File[bytes]) -> FileKind:
    """The kind of an upload; ValidationError for what is not taken as evidence."""
    file.seek(0)
    head = file.read(4096)
    if b"%PDF-" in head[:1024]:
        return PDF
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    found = _zipped(file) if head.startswith(b"PK") else _old_office(file) if head.startswith(_OLE) else _text(file)
    if found is None:
        raise ValidationError(_("不能识别该文件，请上传%s") % _ACCEPTED, code="unknown-kind")
    return found


def safe_name(name: str, kind: FileKind) -> str:
    """The name for showing and downloading: no path, no invisible characters, the ending that the content has."""
    name = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    name = re.sub(r'[<>:"|?*]+', "_", name).strip(" .")
    stem = name[: -len(kind.suffix)] if name.lower().endswith(kind.suffix) else re.sub(r"\.\w{1,5}$", "", name)
    return (stem[: LONGEST_NAME - len(kind.suffix)].rstrip(" .") or _("佐证材料")) + kind.suffix


def _zipped(file: IO[bytes] | File[bytes]) -> FileKind | None:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        raise ValidationError(_("文件已损坏，打不开，请重新导出后上传"), code="broken") from None
    kind = next((kind for name, kind in _IN_ZIP.items() if name in names), None)
    if kind is None:
        raise ValidationError(_("不能上传压缩包，请解压后逐个上传"), code="archive")
    return kind


def _old_office(file: File[bytes]) -> FileKind | None:
    """Compound files name their streams in UTF-16."""
    file.seek(0)
    data = file.read()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ValidationError(_("文件已加密，请取消密码后再上传"), code="encrypted")
    return next((kind for name, kind in _IN_OLE.items() if (name + "\0").encode("utf-16-le") in data), None)


def _text(file: File[bytes]) -> FileKind | None:
    file.seek(0)
    data = file.read(1024 * 1024)
    if not data.strip():
        raise ValidationError(_("文件是空的，请检查后重新上传"), code="empty")
    try:
        text = decode(data)
    except DocumentError:
        return None
    return None if re.match(r"\s*<(?:!doctype|html|script|svg|\?xml)", text, re.IGNORECASE) else TEXT
