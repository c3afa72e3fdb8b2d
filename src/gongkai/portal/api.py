"""开放接口: the read-only addresses that rooms register, and their description in OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.foundation.registries import ApiRoute, api_routes
from gongkai.portal.selectors import county_of, home_title

UNICODE = {"ensure_ascii": False}


@require_safe
def call(request: HttpRequest, route: str) -> HttpResponseBase:
    """Answer for the room that registered the path `route`."""
    entry = next((one for one in api_routes if one.path.strip("/") == route.strip("/")), None)
    if entry is None:
        problem = {"error": _("没有这个接口"), "openapi": reverse("portal_openapi")}
        return JsonResponse(problem, status=404, json_dumps_params=UNICODE)
    return entry.view(request)


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """The description of every registered address."""
    document = {
        "openapi": "3.1.0",
        "info": {"title": home_title(county_of(request)), "version": "1"},
        "servers": [{"url": request.build_absolute_uri("/api/v1").rstrip("/")}],
        "paths": {f"/{route.path.strip('/')}": {"get": _operation(route)} for route in api_routes},
    }
    return JsonResponse(document, json_dumps_params=UNICODE)


def _operation(route: ApiRoute) -> dict[str, Any]:
    return {
        "operationId": route.key,
        "summary": str(route.summary),
        "parameters": [
            {"name": name, "in": "query", "required": False, "description": meaning, "schema": {"type": "string"}}
            for name, meaning in route.parameters
        ],
        "responses": {
            "200": {"description": _("查询结果"), "content": {"application/json": {"schema": {"type": "object"}}}},
            "400": {"description": _("参数有误")},
            "404": {"description": _("没有已公开的内容")},
        },
    }
