"""Panels of the editor that depend on the kind of the record."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.panels import FieldPanel, Panel, TabbedInterface

from gongkai.disclosure.clocks import clock_of


class DeclaredPanel(Panel):
    """The fields that the kind declares; without `fields` its head: what kind it is, on what basis, in what time."""

    def __init__(self, fields: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.with_fields = fields

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "fields": self.with_fields}

    def get_form_options(self) -> dict[str, Any]:
        return {} if self.with_fields else {"fields": ["kind"]}

    class BoundPanel(Panel.BoundPanel):
        @property
        def template_name(self) -> str:
            return f"disclosure/panels/{'fields' if self.panel.with_fields else 'head'}.html"

        def working(self) -> tuple[str, ...]:
            """How the deadline comes about, one sentence a step."""
            record = self.instance
            return clock_of(record.declared, record.formed_on).steps if record.formed_on else ()

        def declared_fields(self) -> list[BoundField]:
            return [self.form[name] for name in self.form.declared_names]


class FollowsPanel(FieldPanel):
    """承接, shown for the kinds that go on from an earlier record."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(super().is_shown()) and "follows" in self.form.fields


class RecordEditor(TabbedInterface):
    """The whole editor. Fields that no panel claims are written below it by Wagtail; declared ones have their panel."""

    class BoundPanel(TabbedInterface.BoundPanel):
        def render_missing_fields(self) -> SafeString:
            claimed = {*self.panel.get_form_options().get("fields", []), *self.form.declared_names}
            missing = [str(self.form[name]) for name in self.form.fields if name not in claimed]
            return mark_safe("".join(missing))  # noqa: S308 - widgets as the form renders them
