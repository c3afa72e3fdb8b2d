"""What every screen of the back office shares: the way to it, whose last step is its title."""

from __future__ import annotations

from typing import Any

from wagtail.admin.views.generic import WagtailAdminTemplateMixin


class Screen(WagtailAdminTemplateMixin):
    """Wagtail takes the last step of the trail for the heading; without one every screen would be called 首页."""

    _show_breadcrumbs = True

    def trail(self) -> list[tuple[str, str]]:
        """The way from the first screen to this one, without either: address and name of each step."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        steps = [*self.trail(), ("", str(self.get_header_title()))]
        return [*self.breadcrumbs_items, *({"url": url, "label": label} for url, label in steps)]
