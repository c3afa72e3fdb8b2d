"""附件压缩包: the files beside a table, found by the names that its rows give."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongkai.core.documents.archive import Archive
from gongkai.core.documents.model import DocumentError
from gongkai.portal.file_types import words_by_ending

MOST_BYTES = 50 * 2**20  # of one file


class Packed:
    """The files of a ZIP by name and by the last part of their path; without one there are none."""

    def __init__(self, data: bytes | None = None) -> None:
        try:
            self._archive = Archive(data) if data is not None else None
        except DocumentError as error:
            raise ValidationError(_("附件压缩包：%(error)s") % {"error": error}) from error
        self._names: dict[str, list[str]] = {}
        for stored in self._archive.names if self._archive else ():
            name = self._said(stored)
            for known in {name, name.rpartition("/")[2]} - {""}:
                self._names.setdefault(known, []).append(stored)

    def _said(self, stored: str) -> str:
        """Windows writes names in the local encoding and zipfile reads them as cp437."""
        if self._archive is None or self._archive.is_unicode(stored):
            return stored
        try:
            return stored.encode("cp437").decode("gb18030")
        except UnicodeError:
            return stored

    def problem(self, name: str) -> str:
        """Why the file cannot be attached, in words; "" when it can."""
        if name.rpartition(".")[2].lower() not in words_by_ending():
            return _("“%(name)s”不是可以公开的文件类型") % {"name": name}
        if name not in self._names:
            return _("压缩包中没有“%(name)s”") % {"name": name}
        if len(self._names[name]) > 1:
            return _("压缩包中有多个“%(name)s”，请写明所在文件夹") % {"name": name}
        return ""

    def read(self, name: str) -> bytes:
        """ValidationError when the file is broken or too large."""
        assert self._archive is not None  # noqa: S101 - it has the name
        try:
            return self._archive.read(self._names[name][0], MOST_BYTES)
        except DocumentError as error:
            raise ValidationError(f"“{name}”：{error}") from error
