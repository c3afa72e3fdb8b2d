"""“本页还缺什么” above the form: read from the draft as it was saved last."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

LOOKS = {"block": "help-critical", "hint": "help-warning"}


class LackingPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "portal/editing/lacking.html"

        def is_shown(self) -> bool:
            """A page that was never saved lacks everything."""
            return bool(self.instance.pk) and bool(super().is_shown())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from gongkai.portal.editing.lacking import Level, missing_in

            context: dict[str, Any] = super().get_context_data(parent_context)
            missing = missing_in(self.instance)
            groups = [
                (LOOKS[level], level.label, [one.words for one in missing if one.level == level]) for level in Level
            ]
            return context | {"groups": [group for group in groups if group[2]]}
