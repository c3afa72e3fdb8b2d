"""What the editor asks when something is pasted or a file is chosen; the door reads it first, and nothing is kept."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from gongkai.core.documents import DocumentError
from gongkai.core.pasting import Pasted, clean, read_file
from gongkai.portal.models.articles import FEATURES

LONGEST = 2_000_000  # characters of a clipboard; Word says much about little


class PasteView(View):
    """POST `{"html": …}` -> `{"content": blocks and entities of Draftail, "notes": [what was left out, …]}`."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        try:
            html = json.loads(request.body)["html"]
        except (ValueError, KeyError, TypeError):
            html = None
        if not isinstance(html, str):
            return HttpResponseBadRequest(_("请求格式不正确"))
        if len(html) > LONGEST:
            return refused(_("一次粘贴的内容过长，请分几次粘贴，或者从文件导入"))
        try:
            return told(clean(html))
        except DocumentError as error:
            return refused(str(error))


class FileView(View):
    """POST `file` -> the same."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        file = request.FILES.get("file")
        if file is None:
            return HttpResponseBadRequest(_("请求格式不正确"))
        if (file.size or 0) > settings.GONGKAI_UPLOAD_BYTES:
            return refused(_("文件过大，请拆分后再导入"))
        try:
            return told(read_file(file.read(), file.name or ""))
        except DocumentError as error:
            return refused(str(error))


def told(pasted: Pasted) -> JsonResponse:
    content = ContentstateConverter(FEATURES).from_database_format(pasted.html)
    return JsonResponse({"content": json.loads(content), "notes": pasted.notes})


def refused(reason: str) -> JsonResponse:
    return JsonResponse({"error": reason}, status=400)
