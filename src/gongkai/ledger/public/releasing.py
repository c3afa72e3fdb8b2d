"""The screen “报送公开” of the office: what of a plan is public, waits, changed since, or was never put forward."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from gongkai.foundation.access import Role, rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.input import numbers
from gongkai.foundation.registries import Label, reviewables
from gongkai.foundation.screens import Screen
from gongkai.ledger.models import Evidence, Item, Plan
from gongkai.ledger.reviewables import EVIDENCE, ITEM
from gongkai.ledger.services.publishing import release
from gongkai.review.models import Release, State
from gongkai.review.selectors import standings

PAGE = 50
KINDS = ((ITEM, gettext_lazy("台账事项")), (EVIDENCE, gettext_lazy("佐证材料")))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record with where it stands at the gate; `settled`: nothing to do for the office."""

    record: Item | Evidence
    title: str
    standing: Label
    settled: bool


def plans_for(user: User) -> QuerySet[Plan]:
    reached = rights_of(user).bodies(Role.OFFICE)
    plans = Plan.objects.select_related("county").order_by("-year", "county_id")
    return plans if reached is None else plans.filter(county_id__in=reached)


def records_of(plan: Plan, kind: str) -> QuerySet[Any]:
    if kind == ITEM:
        return plan.items.filter(removed=False).select_related("plan__county")
    pieces = Evidence.objects.filter(removed=False, uses__assignment__plan=plan, uses__assignment__withdrawn=False)
    return pieces.select_related("body").distinct()


def candidates(kind: str, records: list[Any]) -> list[Candidate]:
    """The records with their standing, by the newest passage of each through the gate."""
    entry = reviewables.get(kind)
    rows = Release.objects.filter(kind=kind, object_id__in=[record.pk for record in records]).order_by("pk")
    newest = {row.object_id: row for row in rows}
    words = standings(newest.values())
    found = []
    for record in records:
        row = newest.get(record.pk)
        standing = words[row.pk] if row else _("未报送")
        settled = row is not None and (row.state == State.WAITING or standing == _("公开中"))
        found.append(Candidate(record, entry.title(record), standing, settled))
    return found


class ReleaseScreen(Screen, TemplateView):
    template_name = "ledger/public/release.html"
    page_title = gettext_lazy("报送公开")
    header_icon = "globe"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.plans = list(plans_for(cast(User, request.user)))
        asked = request.GET.get("plan", "")
        chosen = [plan for plan in self.plans if str(plan.pk) == asked] if asked else self.plans[:1]
        if asked and not chosen:
            raise Http404(_("没有这个年度台账"))
        self.plan = chosen[0] if chosen else None
        self.kind = EVIDENCE if request.GET.get("kind") == EVIDENCE else ITEM
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = None
        if self.plan is not None:
            page = Paginator(records_of(self.plan, self.kind), PAGE).get_page(self.request.GET.get("page"))
            kwargs["candidates"] = candidates(self.kind, list(page.object_list))
        return super().get_context_data(
            plans=self.plans, plan=self.plan, kind=self.kind, kinds=KINDS, page=page, **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.plan is None:
            raise Http404(_("还没有年度台账"))
        records = records_of(self.plan, self.kind)
        if "all" not in request.POST:
            records = records.filter(pk__in=numbers(request.POST.getlist("id")))
        try:
            self._tell(_put_forward(cast(User, request.user), self.kind, list(records)))
        except ValidationError as error:
            messages.error(request, "；".join(error.messages))
        except PermissionDenied as error:
            messages.error(request, str(error))
        return redirect(request.get_full_path())

    def _tell(self, forwarded: list[Release]) -> None:
        stopped = [one.title for one in forwarded if one.state == State.STOPPED]
        if stopped:
            told = _("机器审查未通过 %(count)s 项，请在“保密审查登记”查看原因：%(titles)s")
            messages.error(self.request, told % {"count": len(stopped), "titles": "、".join(stopped)})
        done = len(forwarded) - len(stopped)
        messages.success(self.request, _("已报送 %(count)s 项，等待审查") % {"count": done})


def _put_forward(actor: User, kind: str, records: list[Any]) -> list[Release]:
    if not records:
        raise ValidationError(_("没有选择任何内容"))
    return release(actor, records) if kind == ITEM else release(actor, [], records)
