"""The table of addresses, enforced for every request before its view runs."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from gongkai.foundation.access.addresses import name_of, row_for
from gongkai.foundation.access.rights import remembering, rights_of
from gongkai.foundation.access.roles import Audience

logger = logging.getLogger("gongkai.access")


class AccessMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with remembering():
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponseBase | None:
        if request.resolver_match is None:
            return None
        row = row_for(name_of(request.resolver_match))
        if row is None:
            logger.error("address without a row in the access table: %s", name_of(request.resolver_match))
            raise PermissionDenied(_("该地址未在权限表中登记，不予开放"))
        if Audience.PUBLIC in row.audience:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not rights_of(request.user).holds(row.audience):
            raise PermissionDenied(_("您的角色没有打开此页面的权限"))
        return None
