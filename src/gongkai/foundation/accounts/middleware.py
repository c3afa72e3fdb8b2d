"""A person with a temporary password can do nothing but change it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

ALLOWED = {"wagtailadmin_account", "wagtailadmin_logout", "wagtailadmin_login", "wagtailadmin_javascript_catalog"}


class TemporaryPasswordMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponseBase | None:
        user = request.user
        name = request.resolver_match.url_name if request.resolver_match else ""
        if not getattr(user, "must_change_password", False) or name in ALLOWED or request.path.startswith("/static/"):
            return None
        messages.warning(request, _("当前使用的是临时密码，请先修改密码，再继续工作。"))
        return redirect(reverse("wagtailadmin_account") + "#tab-profile")
