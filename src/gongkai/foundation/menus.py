"""An entry of the back office's menu for those who hold one of some roles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from gongkai.foundation.access import Audience, Role, rights_of
from gongkai.foundation.registries import Label


class MenuItemFor(MenuItem):
    """Shown to whoever holds one of `roles` anywhere; the addresses behind it ask again."""

    def __init__(self, roles: Iterable[Role | Audience], label: Label, url: str, **options: Any) -> None:
        super().__init__(label, url, **options)
        self.roles = frozenset(roles)

    def is_shown(self, request: HttpRequest) -> bool:
        return rights_of(request.user).holds(self.roles)
