"""Pictures in texts: which texts hold a file, and the narrower copies of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.files import private_storage
from gongkai.portal.models.documents import AttachmentFile
from gongkai.portal.pictures.references import references


class Illustration(models.Model):
    """配图: a version of the article's text holds the picture, or held it; its history still shows it.

    Says where to look, never that the picture is public: that is for the text that is open.
    """

    page = models.ForeignKey("portal.ArticlePage", on_delete=models.CASCADE, related_name="illustrations")
    document = models.ForeignKey(
        AttachmentFile, verbose_name=_("图片"), on_delete=models.PROTECT, related_name="illustrations"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("配图")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["page", "document"], name="portal_illustration_once")
        ]

    def __str__(self) -> str:
        return str(self.document)


class Rendition(models.Model):
    """图片的窄幅: of the content with the SM3 `source`; `sm3` is its own."""

    document = models.ForeignKey(
        AttachmentFile, verbose_name=_("图片"), on_delete=models.CASCADE, related_name="renditions"
    )
    width = models.PositiveIntegerField(_("宽"))
    height = models.PositiveIntegerField(_("高"))
    file = models.FileField(_("文件"), upload_to="pictures", storage=private_storage)
    source = models.CharField(_("原图摘要值（SM3）"), max_length=64)
    sm3 = models.CharField(_("摘要值（SM3）"), max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = _("图片的窄幅")
        ordering: ClassVar[list[str]] = ["width"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document", "width"], name="portal_rendition_once")
        ]

    def __str__(self) -> str:
        return f"{self.document}（{self.width}）"


def note_pictures(pages: Iterable[Any]) -> None:
    """Write down which files the texts of these articles name; a file that is gone is nobody's."""
    named = [(page.pk, one.file) for page in pages for one in references(page.body)]
    if not named:
        return
    there = set(AttachmentFile.objects.filter(pk__in={file for _page, file in named}).values_list("pk", flat=True))
    rows = [Illustration(page_id=page, document_id=file) for page, file in dict.fromkeys(named) if file in there]
    Illustration.objects.bulk_create(rows, ignore_conflicts=True)


@receiver(post_delete, sender=Rendition)
def _remove_file(instance: Rendition, **kwargs: Any) -> None:
    transaction.on_commit(lambda: instance.file.delete(save=False))
