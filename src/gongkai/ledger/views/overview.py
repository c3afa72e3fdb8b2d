"""How the plan stands: the board of bodies × items, and the same by item, by body and by deadline."""

from __future__ import annotations

from typing import Any

from django.urls import resolve
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from gongkai.foundation import clock
from gongkai.foundation.access.addresses import name_of, row_for
from gongkai.ledger.selectors import DueDay, Filters, Totals, board, by_body, by_item, duties, timeline
from gongkai.ledger.states import LEGEND, look_of_duty
from gongkai.ledger.views.base import LedgerView
from gongkai.ledger.views.filtering import bar_of
from gongkai.ledger.views.heatmap import heatmap
from gongkai.ledger.views.links import counted

TABS = (
    ("ledger_board", _("看板")),
    ("ledger_by_item", _("按事项")),
    ("ledger_by_body", _("按单位")),
    ("ledger_timeline", _("按时限")),
)


class Overview(LedgerView, TemplateView):
    """Base of the four: conditions, legend, tabs; each adds its own table."""

    tab = ""

    @cached_property
    def filters(self) -> Filters:
        return Filters.parse(self.request.GET)

    def get_page_title(self) -> str:
        return str(dict(TABS)[self.tab])

    def trail(self) -> list[tuple[str, str]]:
        return [self.board_step(self.plan)] if self.tab != "ledger_board" else []

    def counted(self, totals: Totals, **narrowed: Any) -> dict[str, Any]:
        """The numbers of one line, which narrows the conditions of the whole."""
        return counted(totals, self.plan.pk, self.filters.but(**narrowed))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            plan=self.plan,
            plans=self.plans,
            query=self.filters.to_query(),
            **bar_of(self.filters, self.plan, self.bodies),
            legend=LEGEND,
            tab=self.tab,
            tabs=TABS,
            **kwargs,
        )


class BoardView(Overview):
    """看板: thirty bodies a page; a cell leads to the assignment, a total to the list of what it counts."""

    tab = "ledger_board"
    template_name = "ledger/board.html"

    def get_page_title(self) -> str:
        return self.board_step(self.plan)[1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("page", "")
        page = int(asked) if asked.isdecimal() and len(asked) < 7 else 1
        matrix = board(self.plan, page, self.filters, within=self.reached)
        return super().get_context_data(
            board=matrix, heatmap=heatmap(matrix, self.filters), duties=self._duties(), **kwargs
        )

    def _duties(self) -> list[dict[str, Any]]:
        """What the notice demands of the year outside its table; a way there for those who may go it."""
        return [
            {"duty": duty, "look": look_of_duty(duty), "href": duty.address if self._may_open(duty.address) else ""}
            for duty in duties(self.plan, clock.today())
        ]

    def _may_open(self, address: str) -> bool:
        row = row_for(name_of(resolve(address))) if address else None
        return row is not None and self.rights.holds(row.audience)


class ByItemView(Overview):
    """按事项: every item with its bar of states."""

    tab = "ledger_by_item"
    template_name = "ledger/by_item.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = by_item(self.plan, self.filters, within=self.reached)
        rows = [{"item": item, **self.counted(totals, item=(item.pk,))} for item, totals in found]
        return super().get_context_data(rows=rows, **kwargs)


class ByBodyView(Overview):
    """按单位: every body with its bar of states; `sort=share` puts those that are behind first."""

    tab = "ledger_by_body"
    template_name = "ledger/by_body.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = by_body(self.plan, self.filters, within=self.reached)
        behind = self.request.GET.get("sort") == "share"
        if behind:
            found = sorted(found, key=lambda row: (row[1].share or 0, -row[1].overdue))
        rows = [{"body": body, **self.counted(totals, body=(body.pk,))} for body, totals in found]
        return super().get_context_data(rows=rows, behind=behind, **kwargs)


class TimelineView(Overview):
    """按时限: deadlines in order, each with its items."""

    tab = "ledger_timeline"
    template_name = "ledger/timeline.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.today()
        days = [
            {"due": day.due, "past": day.due is not None and day.due < today, **self._day(day)}
            for day in timeline(self.plan, self.filters, within=self.reached)
        ]
        return super().get_context_data(days=days, **kwargs)

    def _day(self, day: DueDay) -> dict[str, Any]:
        """Its numbers, each with the list of what falls due on the day, or of what has no deadline."""
        span: dict[str, Any] = {"due_from": day.due, "due_to": day.due} if day.due else {"dated": False}
        items = [(item, self.counted(totals, item=(item.pk,), **span)) for item, totals in day.items]
        return {"items": items, **self.counted(day.totals, **span)}
