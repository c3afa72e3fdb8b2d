"""A picture at its address: asked for at every look, as the file that it is."""

from __future__ import annotations

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from gongkai.core.pictures import ENDINGS
from gongkai.portal.models import AttachmentFile
from gongkai.portal.serving import may_have
from gongkai.review.digests import sm3_of_file

KINDS = {ending: f"image/{kind.lower()}" for kind, ending in ENDINGS.items()}


@require_safe
def picture(request: HttpRequest, pk: int, width: int | None = None) -> HttpResponseBase:
    """404 for who may not have it; a copy in a browser is asked about anew each time, since it may be withdrawn."""
    document = get_object_or_404(AttachmentFile, pk=pk, width__isnull=False)
    if not may_have(document, request.user):
        raise Http404
    file, sm3 = (document.file, sm3_of_file(document.file)) if width is None else _narrow(document, width)
    etag = quote_etag(sm3)
    response = get_conditional_response(request, etag=etag) or _content(file)
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _content(file: FieldFile) -> FileResponse:
    try:
        return FileResponse(file.open("rb"), content_type=KINDS.get(str(file.name).rpartition(".")[2]))
    except FileNotFoundError as error:
        raise Http404 from error


def _narrow(document: AttachmentFile, width: int) -> tuple[FieldFile, str]:
    """Made of the content that the file has now, and still what was made."""
    copy = document.renditions.filter(width=width, source=sm3_of_file(document.file)).first()
    if copy is None or sm3_of_file(copy.file) != copy.sm3:
        raise Http404
    return copy.file, copy.sm3
