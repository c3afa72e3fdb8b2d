"""What a request carries: its address, its fields, its body, its files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote_to_bytes

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict

from gongkai.core.screening.secrets import suspected_in, suspected_value
from gongkai.foundation.guard.judging import content_of, judge_upload
from gongkai.review.models import Way

_READS = ("GET", "HEAD", "OPTIONS", "TRACE")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def in_address(request: HttpRequest) -> str | None:
    """The rule that speaks of the path, the query, or a header that is written down (log, sign-ins)."""
    query = request.META.get("QUERY_STRING", "")
    headers = (request.META.get(name, "") for name in ("QUERY_STRING", "HTTP_USER_AGENT", "HTTP_REFERER"))
    readings = (text for header in headers for text in _as_sent(str(header)))
    for text in (request.path_info, _in_gbk(unquote_to_bytes(request.path_info)), *readings):
        if text and (rule := suspected_in(text)):
            return rule
    # Form encoding writes a space as +.
    return next((rule for text in _query_texts(request.GET) if (rule := suspected_in(text))), None) if query else None


def in_content(request: HttpRequest) -> tuple[Way, str] | None:
    """How it came and the rule that speaks of it; None when nothing suspicious is carried."""
    if request.method in _READS:
        return None
    if request.content_type in _FORMS and request.method == "POST":
        if rule := next((rule for text in _query_texts(request.POST) if (rule := suspected_in(text))), None):
            return Way.FORM, rule
        return next(((Way.UPLOAD, rule) for file in _files(request) if (rule := _in_file(file))), None)
    try:
        body = request.body
    except RequestDataTooBig:  # nor can a view read it
        return None
    rule = _in_body(body, request.content_type or "")
    return (Way.FORM, rule) if rule else None


def _in_file(file: UploadedFile[bytes]) -> str | None:
    """What cannot be examined passes here: its form may know better what is wrong with it, and no storage keeps it."""
    return judge_upload(content_of(file), file.name or "").rule


def _in_body(body: bytes, content_type: str) -> str | None:
    """JSON decoded, anything else as the text that it may be."""
    if not body:
        return None
    text = body.decode("utf-8", "replace")
    if content_type == "application/x-www-form-urlencoded":
        return suspected_value(parse_qsl(text, keep_blank_values=True))
    try:
        return suspected_value(json.loads(text))
    except (ValueError, RecursionError):
        return suspected_in(text) or judge_upload(body, "").rule


def _files(request: HttpRequest) -> Iterator[UploadedFile[bytes]]:
    for _name, files in request.FILES.lists():
        yield from files


def _query_texts(values: QueryDict) -> Iterator[str]:
    for name, given in values.lists():
        yield name
        yield from given


def _as_sent(value: str) -> Iterator[str]:
    """A server hands bytes over as Latin-1, or has read them as UTF-8 already."""
    try:
        sent = value.encode("latin-1")
    except UnicodeEncodeError:
        yield value
        return
    yield sent.decode("utf-8", "replace")
    yield _in_gbk(sent)


def _in_gbk(sent: bytes) -> str:
    """Old links are written so. Django reads a path as UTF-8 where its bytes happen to be some."""
    return sent.decode("gb18030", "replace")
