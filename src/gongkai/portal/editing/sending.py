"""A file that the editor sends, and how it is told that something was refused."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views import View


class SentFileView(View):
    """POST `file` and `place` (path of the editor) -> what the file became, or `error` in words.

    One that is too large is refused before it is here (`foundation.guard.uploads`, `portal.errors`).
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        file = request.FILES.get("file")
        if file is None:
            return HttpResponseBadRequest(_("请求格式不正确"))
        return self.became(request, file, request.POST.get("place", ""))

    def became(self, request: HttpRequest, file: UploadedFile, place: str) -> JsonResponse:
        raise NotImplementedError


def refused(reason: str) -> JsonResponse:
    return JsonResponse({"error": reason}, status=400)
