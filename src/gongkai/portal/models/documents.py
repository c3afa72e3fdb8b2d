"""Files that hang on articles. They lie in the private storage: the one way to them asks the gate."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import ProtectedError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, DocumentQuerySet
from wagtail.documents.models import Document as WagtailDocument

from gongkai.foundation import clock
from gongkai.foundation.access import Refused
from gongkai.foundation.files import private_storage
from gongkai.portal.file_types import words_by_ending


@contextmanager
def _while_unattached() -> Iterator[None]:
    try:
        yield
    except ProtectedError as error:
        raise Refused(gettext("文件附在文章里，或者正文及其历史版本用它作配图，不能删除")) from error


class FileQuerySet(DocumentQuerySet):
    def delete(self) -> tuple[int, dict[str, int]]:
        with _while_unattached():
            return super().delete()


class AttachmentFile(AbstractDocument):
    """附件文件: public while a public article has it attached, and it is still the very file that was signed."""

    file = models.FileField(_("文件"), upload_to="documents", storage=private_storage)
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("上传人"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    uploaded_by_user.wagtail_reference_index_ignore = True  # type: ignore[attr-defined] # as of Wagtail's own
    created_at = models.DateTimeField(_("上传时间"), default=clock.now, editable=False)
    # Of a picture in pixels; empty for every other file.
    width = models.PositiveIntegerField(_("图片宽"), null=True, editable=False)
    height = models.PositiveIntegerField(_("图片高"), null=True, editable=False)

    objects = FileQuerySet.as_manager()

    admin_form_fields: ClassVar[tuple[str, ...]] = ("title", "file", "collection")

    class Meta(AbstractDocument.Meta):
        verbose_name = verbose_name_plural = _("附件文件")
        permissions = WagtailDocument._meta.permissions

    def clean(self) -> None:
        if self.width is None:  # what a picture may be was asked when it was taken in
            super().clean()

    @property
    def described(self) -> str:
        """What it is and how large, in words: PDF 文档，1.2 MB."""
        kind = words_by_ending().get(self.file_extension.lower(), self.file_extension.upper())
        return gettext("%(kind)s，%(size)s") % {"kind": kind, "size": filesizeformat(self.get_file_size())}

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with _while_unattached():
            return super().delete(*args, **kwargs)
