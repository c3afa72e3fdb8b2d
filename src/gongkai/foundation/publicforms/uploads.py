"""附件 from the public: judged by what they contain, kept under names of our own in the private storage."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from gongkai.core.documents.decoding import decode
from gongkai.core.documents.kinds import binary_kind, is_html
from gongkai.core.documents.model import DocumentError
from gongkai.foundation.files import private_storage

DOCUMENTS = ("pdf", "docx", "doc", "xlsx", "xls", "txt")
PICTURES = ("jpg", "png")
_MAGIC = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


@dataclass(frozen=True, slots=True)
class UploadRule:
    """What a form takes. size: bytes of one file; count: how many files."""

    kinds: Sequence[str] = DOCUMENTS + PICTURES
    size: int = 20 * 1024 * 1024
    count: int = 5


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that passed, not yet kept. name: the visitor's name for it, made harmless."""

    name: str
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """附件. path: in the private storage."""

    path: str
    name: str
    kind: str
    size: int


def take(files: Sequence[UploadedFile[Any]], rule: UploadRule) -> list[Taken]:
    """The files, all of them within `rule`; ValidationError naming each that is not."""
    if len(files) > rule.count:
        raise ValidationError(_("最多上传 %d 个附件") % rule.count)
    taken: list[Taken] = []
    problems: list[str] = []
    for file in files:
        try:
            taken.append(_take_one(file, rule))
        except ValidationError as error:
            problems += [f"{clean_name(file.name or '')}：{message}" for message in error.messages]
    if problems:
        raise ValidationError(problems)
    return taken


def keep(taken: Taken) -> Kept:
    """Store a file; the caller writes the record that owns it, or calls `discard`."""
    name = secrets.token_hex(16)
    path = private_storage().save(f"publicforms/{name[:2]}/{name}.{taken.kind}", ContentFile(taken.data))
    return Kept(path, taken.name, taken.kind, len(taken.data))


def discard(kept: Kept) -> None:
    """Remove a stored file."""
    private_storage().delete(kept.path)


def kind_of(data: bytes) -> str | None:
    """What `data` is, by content; None for what we do not know."""
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            return kind
    try:
        found = binary_kind(data)
        if found is not None:
            return found
        return "html" if is_html(decode(data)) else "txt"
    except DocumentError:
        return None


def clean_name(name: str, kind: str = "") -> str:
    """A name that can be shown and saved anywhere: no folders, control or direction characters, 80 characters at most.

    The ending is that of the content, whatever the visitor called it.
    """
    base = unicodedata.normalize("NFC", re.split(r"[\\/]", name)[-1])
    base = "".join(sign for sign in base if unicodedata.category(sign)[0] != "C")
    base = _FORBIDDEN.sub("_", base).strip(" .")
    stem, dot, ending = base.rpartition(".")
    if kind and dot and re.fullmatch(r"[0-9A-Za-z]{1,5}", ending):
        base = stem
    base = base[:80].strip(" .") or _("附件")
    return f"{base}.{kind}" if kind else base


def _take_one(file: UploadedFile[Any], rule: UploadRule) -> Taken:
    if not file.size:
        raise ValidationError(_("文件是空的"))
    if file.size > rule.size:
        raise ValidationError(_("文件超过 %d MB") % (rule.size // 1024 // 1024))
    data = file.read()
    kind = kind_of(data)
    if kind is None or kind not in rule.kinds:
        raise ValidationError(_("不是可接收的文件类型，可上传：%s") % "、".join(rule.kinds))
    return Taken(clean_name(file.name or "", kind), kind, data)
