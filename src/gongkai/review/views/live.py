"""What the machine finds in a text while it is being written; nothing of it is kept anywhere."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views import View

from gongkai.core.screening import Finding, Severity, screen_text
from gongkai.review.machine import screener
from gongkai.review.models import CATEGORIES, SEVERITIES

LONGEST = 200_000  # code points of one request; a longer text is judged when it is put forward


class LiveView(View):
    """POST `{"texts": [text, …]}` -> `{"findings": [[{"start", "end", "severity", …}, …], …]}`, one list for each text.

    start, end: code points. What may not even be sent here is refused by the door before.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        try:
            texts = json.loads(request.body)["texts"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return HttpResponseBadRequest(_("请求格式不正确"))
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            return HttpResponseBadRequest(_("请求格式不正确"))
        if sum(map(len, texts)) > LONGEST:
            return JsonResponse({"findings": [], "too_long": True})
        rules = screener()
        return JsonResponse({"findings": [[_told(one) for one in screen_text(rules, text)] for text in texts]})


def _told(finding: Finding) -> dict[str, Any]:
    return {
        "start": finding.start,
        "end": finding.end,
        "severity": Severity(finding.severity).value,
        "level": str(SEVERITIES[finding.severity]),
        "category": str(CATEGORIES[finding.category]),
        "excerpt": finding.masked,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "replacement": finding.replacement or "",
    }
