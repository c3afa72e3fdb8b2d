"""遮盖 of findings in a draft: in its words the accepted form, of an attached file a redacted copy in its place.

The file that was attached stays as it was uploaded; nobody in the public was ever given it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from gongkai.foundation.accounts.models import User
from gongkai.portal.models import AttachmentFile
from gongkai.portal.words import plain
from gongkai.review.redacting import redacted_copy

REDACTED = "{}（脱敏）{}"  # the copy's name belongs to what is signed, so it is never translated
Stretches = Sequence[tuple[int, int, str]]


def in_words(text: str, stretches: Stretches) -> str:
    """`text` with the accepted form over each stretch."""
    for start, end, words in sorted(stretches, reverse=True):
        text = text[:start] + words + text[end:]
    return text


def in_html(html: str, stretches: Stretches) -> str:
    """The same for a text with marks, whose offsets are those of `plain`.

    Refused for a stretch that marks run through: which of them should stay only a person can say.
    """
    text = plain(html)
    for start, end, words in stretches:
        found = escape(text[start:end], quote=False)
        if found not in html:
            raise ValidationError(_("“%s”中间有格式，不能自动遮盖，请在编辑页修改") % words)
        html = html.replace(found, escape(words, quote=False))
    return html


def redacted(document: AttachmentFile, actor: User) -> AttachmentFile:
    """A copy of the attached file with the findings masked and hidden content removed, proved by screening it again."""
    copy = redacted_copy(document.file)
    name = REDACTED.format(Path(document.filename).stem, Path(document.filename).suffix)
    made = AttachmentFile(title=document.title, collection=document.collection, uploaded_by_user=actor)
    made.file.save(name, ContentFile(copy), save=False)
    made._set_document_file_metadata()
    made.save()
    return made


def save_draft(page: Any, actor: User) -> None:
    """As a new draft of the actor's."""
    page.save_revision(user=actor, log_action=True, clean=False)
