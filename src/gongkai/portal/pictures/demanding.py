"""What must be mended of the pictures in a text before it goes to the gate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongkai.portal.models import AttachmentFile, SectionPage
from gongkai.portal.pictures.references import references
from gongkai.review.digests import sm3_of_file


def wrong_with_pictures(page: Any) -> Iterator[str]:
    """A line for each that is gone, is another body's, was replaced, or says nothing to who cannot see it."""
    named = references(page.body)
    if not named:
        return
    files = AttachmentFile.objects.filter(width__isnull=False).in_bulk({one.file for one in named})
    folder = SectionPage.objects.ancestor_of(page).order_by("-depth").values_list("collection", flat=True).first()
    for number, one in enumerate(named, 1):
        file = files.get(one.file)
        if file is None:
            yield _("第 %d 张图片已删除，请去掉或者重新上传") % number
        elif file.collection_id != folder:
            yield _("第 %d 张图片不是本单位的，请下载后重新上传") % number
        elif sm3_of_file(file.file) != one.sm3:
            yield _("第 %d 张图片的文件与插入时不同，请重新上传") % number
        elif one.says_nothing:
            yield _("第 %d 张图片没有替代文字：请写出图片的内容，或者标为装饰图") % number


def demand_pictures(page: Any) -> None:
    wrong = list(wrong_with_pictures(page))
    if wrong:
        raise ValidationError(wrong)
