"""Showing findings where they stand: a text as HTML with every found stretch marked and named."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongkai.core.screening import Severity
from gongkai.review.models import Finding

ORDER = [Severity.BLOCK, Severity.CONFIRM, Severity.HINT]


def marked(text: str, findings: Iterable[Finding]) -> SafeString:
    """`text` with its findings marked; where several overlap the gravest names the stretch."""
    rows = [one for one in findings if one.start < one.end <= len(text)]
    edges = sorted({0, len(text), *(one.start for one in rows), *(one.end for one in rows)})
    pieces = (
        _piece(text[start:end], [one for one in rows if one.start <= start and end <= one.end])
        for start, end in pairwise(edges)
    )
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _piece(text: str, over: list[Finding]) -> SafeString | str:
    if not over:
        return text
    gravest = min(over, key=lambda one: ORDER.index(Severity(one.severity)))
    return format_html(
        '<mark class="review-mark review-mark--{}" title="{}">{}</mark>', gravest.severity, gravest.message, text
    )
