"""The narrower copies of a picture."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.files import private_storage
from gongkai.portal.models.documents import AttachmentFile


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


@receiver(post_delete, sender=Rendition)
def _remove_file(instance: Rendition, **kwargs: Any) -> None:
    transaction.on_commit(lambda: instance.file.delete(save=False))
