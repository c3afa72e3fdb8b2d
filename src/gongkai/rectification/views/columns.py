"""The columns of the lists that Wagtail has not: the tick, the state, the due date."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.tables import BaseColumn, Column

from gongkai.foundation import clock
from gongkai.rectification.models import Case
from gongkai.rectification.states import look_of


class TickColumn(BaseColumn):
    """A box before each case, and one for all of the page."""

    header_template_name = "rectification/tables/tick_header.html"
    cell_template_name = "rectification/tables/tick.html"


class StateColumn(Column):
    cell_template_name = "rectification/tables/state.html"

    def get_value(self, instance: Case) -> Any:
        return look_of(instance, clock.today())


class DueColumn(Column):
    cell_template_name = "rectification/tables/due.html"
