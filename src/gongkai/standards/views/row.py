"""One row: the duty in words, what was found, what is missing, where it stands, who and when, history."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from gongkai.foundation.events.models import Event
from gongkai.foundation.input import number
from gongkai.standards import services
from gongkai.standards.differences import COMPARED, shown
from gongkai.standards.mending import SOURCE, reference
from gongkai.standards.models import GAPS, Link, Row
from gongkai.standards.selectors import cases_of, links_of, named_by, rows_for
from gongkai.standards.states import BY_STATE, look_of
from gongkai.standards.views.base import StandardsScreen, choices, step_to


class RowView(StandardsScreen, TemplateView):
    """GET shows the row; POST to `<key>/` links, unlinks, marks 未涉及 or looks again."""

    template_name = "standards/row.html"

    @cached_property
    def row(self) -> Row:
        return get_object_or_404(rows_for(self.rights), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.row.matter

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), step_to(self.row.catalogue)]

    def post(self, request: HttpRequest, pk: int, key: str = "") -> HttpResponse:
        acts = {
            "link": self._link,
            "unlink": self._unlink,
            "exempt": self._exempt,
            "include": self._include,
            "look": self._look,
        }
        if key not in acts:
            raise Http404
        acts[key](request)
        return redirect("standards_row", pk)

    def _link(self, request: HttpRequest) -> None:
        standing = "standing" in request.POST
        source, _space, place = request.POST.get("place", "").partition(" ")
        address = request.POST.get("address", "").strip()
        if address:
            self.attempt(lambda: services.link_address(self.actor, self.row, address, standing), _("已对应到网址"))
        else:
            self.attempt(lambda: services.link_place(self.actor, self.row, source, place, standing), _("已对应到栏目"))

    def _unlink(self, request: HttpRequest) -> None:
        link = get_object_or_404(Link, pk=number(request.POST.get("link")), row=self.row)
        self.attempt(lambda: services.unlink(self.actor, link), _("已取消对应"))

    def _exempt(self, request: HttpRequest) -> None:
        reason = request.POST.get("reason", "")
        self.attempt(lambda: services.exempt(self.actor, self.row, reason), _("已标明未涉及"))

    def _include(self, request: HttpRequest) -> None:
        self.attempt(lambda: services.include(self.actor, self.row), _("已恢复为涉及事项"))

    def _look(self, request: HttpRequest) -> None:
        def look() -> None:
            services.look_outside(self.actor, self.row)
            services.reconcile(self.actor, self.row.catalogue.body)

        self.attempt(look, _("已重新核对"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row
        core = row.as_core()
        check = getattr(row, "check_result", None)
        return super().get_context_data(
            row=row,
            check=check,
            look=look_of(row),
            cells=[(label, shown(core, name)) for name, label in COMPARED],
            links=links_of(row),
            faults=[(BY_STATE[fault.state], fault) for fault in row.faults.all()],
            is_gap=check is not None and check.state in GAPS,
            cases=cases_of(SOURCE, [reference(row, state) for state in GAPS]),
            named=named_by(row),
            places=choices(row.catalogue) if self.may_write(row.answering_id) else [],
            may_write=self.may_write(row.answering_id),
            history=Event.objects.about(row).select_related("actor").reverse()[:30],
            **kwargs,
        )
