"""Requests that are larger than anything this product takes are refused before they are read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from gongkai.foundation.publicforms.uploads import UploadRule
from gongkai.portal.errors import too_large

BESIDE = 2 * 2**20  # bytes of a form beside its files


def largest() -> int:
    """Bytes of the largest request: one file of a person who works here, or all the files of a visitor."""
    visitor = UploadRule()
    return max(settings.GONGKAI_UPLOAD_BYTES, visitor.size * visitor.count) + BESIDE


class SizeMiddleware:
    """413 with a page that says what is taken; the forms themselves judge single files, and keep what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdecimal() and int(length[:18]) > largest():
            return too_large(request)
        return self.get_response(request)
