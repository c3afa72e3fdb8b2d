"""浏览方式: layout, type size and colours, chosen by a plain link and kept in a cookie, without script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from gongkai.foundation.registries import Label

YEAR = 365 * 24 * 3600  # seconds a choice is kept


@dataclass(frozen=True, slots=True)
class Choice:
    """One question about how to show pages: its cookie, and its answers, the first being the default."""

    cookie: str
    label: Label
    answers: tuple[tuple[str, Label], ...]

    def answer(self, given: str | None) -> str:
        return given if given in dict(self.answers) else self.answers[0][0]


VIEW = Choice("view", _("版式"), (("standard", _("标准版")), ("elder", _("长者版")), ("simple", _("简洁版"))))
SIZE = Choice("size", _("字号"), (("normal", _("标准")), ("large", _("大")), ("larger", _("特大"))))
THEME = Choice(
    "theme",
    _("配色"),
    (("auto", _("跟随系统")), ("light", _("浅色")), ("dark", _("深色")), ("contrast", _("高对比"))),
)
CHOICES = (VIEW, SIZE, THEME)


class PreferencesMiddleware:
    """Puts the visitor's choices on the request; caches between keep the versions apart."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.preferences = {one.cookie: one.answer(request.COOKIES.get(one.cookie)) for one in CHOICES}  # type: ignore[attr-defined]
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response


def link(choice: Choice, answer: str, back: str) -> str:
    """The address that sets a choice and comes back to the page `back`."""
    from django.urls import reverse

    return f"{reverse('portal_preferences')}?{urlencode({choice.cookie: answer, 'next': back})}"


@require_safe
def set_preferences(request: HttpRequest) -> HttpResponse:
    """Keep the choices in the address and go back to where the visitor was; never to another host."""
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back)
    for one in CHOICES:
        if one.cookie in request.GET:
            response.set_cookie(
                one.cookie, one.answer(request.GET[one.cookie]), max_age=YEAR, samesite="Lax", httponly=True
            )
    response.headers["Cache-Control"] = "no-store"
    return response
