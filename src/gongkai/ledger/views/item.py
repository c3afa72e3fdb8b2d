"""The page of one item: the duty in words, how it stands, its bodies, and what the office may do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.events.selectors import history
from gongkai.foundation.input import numbers
from gongkai.ledger import services
from gongkai.ledger.history import told
from gongkai.ledger.models import Evidence, Item, LinkState, PlanState, State
from gongkai.ledger.public.releasing import candidates
from gongkai.ledger.reviewables import EVIDENCE
from gongkai.ledger.selectors import Filters, count_by, sum_of
from gongkai.ledger.services.publishing import release
from gongkai.ledger.states import look_of_assignment
from gongkai.ledger.views.base import LedgerView
from gongkai.ledger.views.forms import AddBodiesForm
from gongkai.ledger.views.links import counted
from gongkai.review.selectors import latest


class ItemView(LedgerView, TemplateView):
    template_name = "ledger/item.html"

    @cached_property
    def item(self) -> Item:
        items = Item.objects.filter(plan__in=self.plans).select_related("plan", "plan__county", "group", "task")
        return get_object_or_404(items, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return _("事项（%s）") % self.item.key

    def trail(self) -> list[tuple[str, str]]:
        return [self.board_step(self.item.plan)]

    def post(self, request: HttpRequest, pk: int, key: str) -> HttpResponse:
        """Add bodies, or put the item before the gate."""
        act = {"add": self._add, "release": self._release}.get(key)
        if act is None:
            raise Http404
        try:
            messages.success(request, act(request))
        except ValidationError as error:
            messages.error(request, "；".join(error.messages))
        except PermissionDenied as error:
            messages.error(request, str(error))
        return redirect("ledger_item", pk)

    def _add(self, request: HttpRequest) -> str:
        form = AddBodiesForm(self._candidates(), request.POST)
        if not form.is_valid():
            raise ValidationError(_("请先选择要增加的单位"))
        added = services.assign(self.actor, self.item, list(form.cleaned_data["bodies"]))
        return _("已增加 %d 项任务，并通知责任单位") % len(added["assignments"])

    def _release(self, request: HttpRequest) -> str:
        ids = numbers(request.POST.getlist("evidence"))
        put = release(self.actor, [self.item], list(self._pieces().filter(pk__in=ids)))
        if not put:
            raise ValidationError(_("没有可以报送的内容：都已报送或者已经公开"))
        return _("已报送发布审查 %d 项，签发后公开") % len(put)

    def _pieces(self) -> QuerySet[Evidence]:
        """The evidence that may go to the public with the item: what the office has accepted and nobody doubts."""
        closed = self.item.assignments.live().filter(state=State.ACCEPTED)
        pieces = Evidence.objects.filter(removed=False, assignments__in=closed).select_related("body")
        return pieces.exclude(link_state__in=[LinkState.FLAGGED, LinkState.PENDING]).distinct().order_by("id")

    def _candidates(self) -> Any:
        known = self.item.assignments.live().values("body_id")
        members = Body.objects.of_county(self.item.plan.county).working().active(clock.today())
        return members.exclude(pk__in=known)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        item, today = self.item, clock.today()
        mine = self.assignments.live().filter(item=item).select_related("body", "obligation")
        rows = [(one, look_of_assignment(one, today)) for one in mine]
        totals = sum_of(count_by(mine.order_by(), today, "item_id").values())
        may: Callable[[str], bool] = lambda verb: (  # noqa: E731
            item.plan.state == PlanState.OPEN and self.rights.may(verb, item.plan.county_id)
        )
        return super().get_context_data(
            item=item,
            rows=rows,
            whole=self.reached is None or item.plan.county_id in self.reached,
            **counted(totals, item.plan_id, Filters(item=(item.pk,))),
            passage=latest(item),
            may_release=may("ledger.release"),
            pieces=candidates(EVIDENCE, list(self._pieces())) if may("ledger.release") else [],
            add_form=AddBodiesForm(self._candidates()) if may("ledger.assign") else None,
            history=told(history(item)[:50]),
            **kwargs,
        )
