"""What a visitor reads when something cannot be shown: what happened, and what to do. No database is needed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.foundation.guard import UploadTooLarge


def _page(request: HttpRequest, status: int, title: str, meaning: str, advice: list[str]) -> HttpResponse:
    context = {
        "at_work": request.path.startswith(reverse("wagtailadmin_home")),
        "status": status,
        "title": title,
        "meaning": meaning,
        "advice": advice,
        "failing": status == 500,
    }
    return render(request, "portal/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, UploadTooLarge):
        return too_large(request)
    return _page(
        request,
        400,
        _("无法识别这次请求"),
        _("网址或提交的内容不完整，或者格式不对。"),
        [_("返回上一页，核对后重新提交。"), _("从首页重新进入需要的栏目。")],
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return _page(
        request,
        403,
        _("没有打开此页面的权限"),
        reason or _("此页面只对部分工作人员开放。"),
        [_("确认已用正确的账号登录。"), _("需要开通权限的，请联系本单位信息员或政务公开办。")],
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        _("表单已过期，没有提交成功"),
        _("页面打开的时间太长，或者浏览器没有保存本站的标识（Cookie）。"),
        [_("返回上一页，刷新后重新提交。"), _("在浏览器设置中允许本站保存标识（Cookie）。")],
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        404,
        _("没有找到这个页面"),
        _("网址可能有误，或者内容尚未公开、已经撤下。"),
        [_("检查网址是否完整。"), _("从首页重新查找。"), _("仍找不到的，可以向本级政府依法申请公开。")],
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """To a script, such as the editor's, in its own form: it shows the words where the file was chosen."""
    meaning = _("文件超过 %d MB，没有收下，也没有保存任何内容。") % (settings.GONGKAI_UPLOAD_BYTES // 2**20)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"error": meaning}, status=413)
    return _page(
        request,
        413,
        _("提交的内容过大"),
        meaning,
        [_("返回上一页，把文件压缩或拆分后重新提交。"), _("确需提交大文件的，请与政务公开办联系。")],
    )


def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    return _page(
        request,
        500,
        _("系统暂时出错"),
        _("刚才的操作没有完成，问题已经记入日志。"),
        [_("过几分钟再试。"), _("仍然出错的，请联系网站管理人员，并说明操作时间。")],
    )
