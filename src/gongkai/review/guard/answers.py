"""The answer to a request that was refused: a page for people, JSON for the scripts of the editor; 422 for both."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongkai.foundation.guard import Unexamined
from gongkai.foundation.guard.refusals import false_alarm, kind_of, procedure

STATUS = 422


def refused(request: HttpRequest, rule: str) -> HttpResponse:
    """A suspected state secret: what kind of mark, what to do, what to do when it is none."""
    context = {
        "title": _("提交的内容中有疑似国家秘密，已停止处理，没有保存"),
        "meaning": _("%(kind)s。原文没有写入本系统；系统只登记了时间、操作人、功能名称和所用规则。")
        % {"kind": kind_of(rule)},
        "basis": _("依据：保守国家秘密法第三十一条，不得在非涉密信息系统中存储、处理国家秘密。"),
        "steps": procedure(),
        "advice_title": _("核实后确认不涉密的"),
        "advice": false_alarm(),
    }
    return _answer(request, "state-secret", context)


def unexamined(request: HttpRequest, refusal: Unexamined) -> HttpResponse:
    """A file that cannot be examined is not kept: what is wrong with it, and how to hand it in."""
    context = {
        "title": _("文件无法检查是否涉密，没有收下"),
        "meaning": str(refusal),
        "basis": _("上传的文件须先检查、后保存；加密、损坏或者不能读取的文件不能保存。"),
        "steps": [
            _("按上面的提示处理后重新上传。"),
            _("加密的文件，取消密码后再上传；涉密文件不得上传。"),
            _("图片、压缩包改为常用格式（PDF、Word、Excel、PNG、JPG、ZIP）。"),
        ],
    }
    return _answer(request, "unexamined", context)


def wants_page(request: HttpRequest) -> bool:
    """Whether somebody reads the answer: scripts ask for anything, or for JSON, or say that they are scripts."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return False
    return "text/html" in request.headers.get("Accept", "")


def _answer(request: HttpRequest, code: str, context: dict[str, Any]) -> HttpResponse:
    response: HttpResponse
    if wants_page(request):
        response = render(request, "review/guard/refused.html", context, status=STATUS)
    else:
        response = JsonResponse(_for_scripts(code, context), status=STATUS, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"  # the address itself may be what was refused
    response.headers["X-Gongkai-Refused"] = code
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django would write the path into the log
    return response


def _for_scripts(code: str, context: dict[str, Any]) -> dict[str, Any]:
    """What Wagtail's scripts look for: autosave shows the text of a `validation_error`, the preview needs `is_valid`,
    uploads `error_message`; the rest is for our own (guard.js)."""
    return {
        "success": False,
        "error_code": "validation_error",
        "error_message": f"{context['title']}。{context['steps'][0]}",
        "is_valid": False,
        "is_available": False,
        "refused": code,
        "title": context["title"],
        "meaning": context["meaning"],
        "steps": context["steps"],
        "advice": context.get("advice", []),
    }
