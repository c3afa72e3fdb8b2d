"""A picture that was brought, as a file of a body's, with its narrower copies."""

from __future__ import annotations

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.core.pictures import NARROW, Picture, PictureError, narrowed, opened, take
from gongkai.foundation.accounts.models import User
from gongkai.foundation.guard.judging import demand_clean_file, passed_with
from gongkai.portal.editing.names import plain_name
from gongkai.portal.models import AttachmentFile, Rendition
from gongkai.portal.pictures.references import Reference
from gongkai.review.digests import sm3_of_file

SMALLEST = 48  # pixels


def taken(data: bytes) -> Picture:
    """The picture as it may be kept; ValidationError says why it may not."""
    try:
        return take(data)
    except PictureError as error:
        raise ValidationError(str(error)) from error


def is_sign(data: bytes) -> bool:
    """Whether it is too small to tell anything: a sign beside a link, a line. ValidationError for no picture."""
    try:
        with opened(data) as image:
            return bool(min(image.size) < SMALLEST)
    except PictureError as error:
        raise ValidationError(str(error)) from error


def keep(data: bytes, name: str, folder: int, uploader: User | None) -> AttachmentFile:
    """Into the folder (id of a collection), judged as it was brought and drawn anew.

    `SecretSuspected` and `Unexamined` come before anything is written.
    """
    demand_clean_file(data, name, _("文件"))
    picture = taken(data)
    passed_with(data, picture.data)
    title = plain_name(name)[:200] or _("图片")
    with transaction.atomic():
        document = AttachmentFile(title=title, collection_id=folder, uploaded_by_user=uploader)
        document.file.save(f"{title[:60]}.{picture.ending}", ContentFile(picture.data), save=False)
        describe(document, picture)
        document.save()
        narrow(document, picture)
    return document


def describe(document: AttachmentFile, picture: Picture) -> None:
    """What the row says of its file."""
    document.width, document.height = picture.width, picture.height
    document.file_size = len(picture.data)
    document.file_hash = hashlib.sha1(picture.data, usedforsecurity=False).hexdigest()


def narrow(document: AttachmentFile, picture: Picture) -> None:
    """Write the narrower copies: of the content that the file has now."""
    source = sm3_of_file(document.file)
    for width in NARROW:
        copy = narrowed(picture, width)
        if copy is not None:
            passed_with(picture.data, copy.data)
            row = Rendition(document=document, width=copy.width, height=copy.height, source=source)
            row.file.save(f"{source[:16]}-{width}.{copy.ending}", ContentFile(copy.data), save=False)
            row.sm3 = sm3_of_file(row.file)
            row.save()


def reference_to(document: AttachmentFile, alt: str = "", caption: str = "") -> Reference:
    """As a text names it."""
    said = {"id": str(document.pk), "sm3": sm3_of_file(document.file), "alt": alt, "caption": caption}
    return Reference.read(said)
