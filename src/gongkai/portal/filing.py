"""Uploading and replacing attached files in the back office."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from gongkai.portal.attached import pages_that_hold
from gongkai.portal.editing.names import plain_name
from gongkai.portal.models import AttachmentFile
from gongkai.review.locking import waiting_release


class AttachmentFileForm(BaseDocumentForm):
    """A file that was signed, or is being read, stays what it is: another one is uploaded beside it.

    Replacing or renaming it would close the article for the public, or change it under the eyes of its reviewers. A new
    one gets its title without what office work left on it (终稿, 副本 (2), .docx).
    """

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        touched = {"file", "title"} & set(self.changed_data)
        article = used_by(self.instance) if self.instance.pk and touched else None
        if article is not None:
            said = _("“%s”附有这个文件，已公开或正在审查，不能替换或改名；请另外上传，再到文章里换上") % article
            raise ValidationError(said)
        if self.instance.width and "file" in self.changed_data:
            raise ValidationError(_("配图不能替换；请在文章正文里上传新的图片"))
        if not self.instance.pk:
            cleaned["title"] = plain_name(cleaned.get("title") or "") or cleaned.get("title")
        return cleaned


def used_by(document: AttachmentFile) -> Any | None:
    """A page with this file attached, or in its text, that is public, will be at its time, or waits at the gate."""
    pages = pages_that_hold(document)
    return next((one for one in pages if one.live or one.approved_schedule or waiting_release(one)), None)
