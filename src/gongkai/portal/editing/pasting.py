"""What the editor asks when something is pasted or a file is chosen; the door reads it first.

Nothing of it is kept but pictures, which the text then names.
"""

from __future__ import annotations

import json
from typing import cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from gongkai.core.documents import DocumentError
from gongkai.core.pasting import Pasted, clean, read_file
from gongkai.foundation.accounts.models import User
from gongkai.portal.editing.pictures import folder_for
from gongkai.portal.editing.sending import SentFileView, refused
from gongkai.portal.models.articles import FEATURES
from gongkai.portal.pictures.carrying import taken_over
from gongkai.portal.pictures.references import references

LONGEST = 2_000_000  # characters of a clipboard without pictures; Word says much about little
WITH_PICTURES = 20_000_000
INLINE = "base64,"


class PasteView(View):
    """POST `{"html": …, "place": path of the editor}` -> `{"content": …, "notes": …}`.

    content: blocks and entities of Draftail; notes: what was left out, in words.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        try:
            sent = json.loads(request.body)
            html, place = sent["html"], str(sent.get("place", ""))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            html, place = None, ""
        if not isinstance(html, str):
            return HttpResponseBadRequest(_("请求格式不正确"))
        if len(html) > (WITH_PICTURES if INLINE in html else LONGEST):
            return refused(_("一次粘贴的内容过长，请分几次粘贴，或者从文件导入"))
        try:
            return told(clean(html), request, place)
        except DocumentError as error:
            return refused(str(error))


class FileView(SentFileView):
    """The same of a file."""

    def became(self, request: HttpRequest, file: UploadedFile, place: str) -> JsonResponse:
        try:
            return told(read_file(file.read(), file.name or ""), request, place)
        except DocumentError as error:
            return refused(str(error))


def told(pasted: Pasted, request: HttpRequest, place: str) -> JsonResponse:
    """Blocks and notes; pictures are kept as files of the body's, since the editor shows them."""
    html, notes = pasted.html, list(pasted.notes)
    if pasted.pictures:
        folder = folder_for(request, place)
        html, left_out = taken_over(html, pasted.pictures, folder, cast(User, request.user))
        notes += left_out
        if lacking := sum(one.says_nothing for one in references(html)):
            notes.append(_("图片 %d 张没有替代文字，请补上") % lacking)
    content = ContentstateConverter(FEATURES).from_database_format(html)
    return JsonResponse({"content": json.loads(content), "notes": notes})
