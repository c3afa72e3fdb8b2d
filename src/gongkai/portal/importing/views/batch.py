"""One import: how far it is, what came of its records, what the machine found, and what can be done now."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from typing import Any, cast
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView, View

from gongkai.foundation.access import rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.guard import procedure
from gongkai.foundation.screens import Screen
from gongkai.foundation.spreadsheets import harmless
from gongkai.portal.importing import services
from gongkai.portal.importing.models import Batch, Outcome, Phase, Row
from gongkai.portal.importing.opening import IMPORT
from gongkai.portal.importing.selectors import batches_for, outcomes, passage_of, stands_still, suspicions
from gongkai.review.models import State

MOVING = (Phase.LOADING, Phase.OPENING)


class BatchView(Screen, TemplateView):
    template_name = "importing/batch.html"
    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.batch = get_object_or_404(batches_for(rights_of(request.user)), pk=kwargs["pk"])
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def get_page_title(self) -> str:
        return self.batch.name

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("importing_batches"), _("导入网站内容"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batch, rights = self.batch, rights_of(self.request.user)
        release, found = passage_of(batch), outcomes(batch)
        counted = dict(found)
        opening = batch.phase in (Phase.OPENING, Phase.DONE)
        mine = rights.may("portal.import_settle", batch.body_id)
        at_the_gate = release is not None and release.state in (State.WAITING, State.APPROVED)
        return super().get_context_data(
            batch=batch,
            outcomes=found,
            moving=batch.phase in MOVING and not stands_still(batch),
            stands=stands_still(batch),
            done=sum(counted.get(one, 0) for one in (Outcome.OPEN, Outcome.CHANGED)) if opening else batch.cursor,
            total=batch.included if opening else batch.total,
            suspicions=suspicions(batch) if batch.phase == Phase.LOADED else [],
            may_decide=rights.may("portal.import_keep", batch.body_id),
            mine=mine,
            may_map=mine and batch.phase == Phase.MAPPING and bool(batch.file),
            may_stop=mine and batch.phase in (Phase.MAPPING, Phase.LOADING),
            may_settle=mine and batch.phase == Phase.LOADED and bool(counted.get(Outcome.READY)),
            may_put_forward=mine and batch.phase == Phase.WAITING and not at_the_gate,
            put_forward=reverse("review_put_forward", args=[IMPORT, batch.pk]),
            release=release,
            procedure=procedure() if counted.get(Outcome.SECRET) else [],
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        do, actor = request.POST.get("do", ""), cast(User, request.user)
        rule = request.POST.get("rule", "")[:60]
        doings: dict[str, Callable[[], object]] = {
            "stop": lambda: services.cancel(actor, self.batch),
            "resume": lambda: services.resume(actor, self.batch),
            "keep": lambda: services.keep(actor, self.batch, rule, request.POST.get("reason", "")),
            "leave": lambda: services.leave_out(actor, self.batch, rule),
            "settle": lambda: services.settle_list(actor, self.batch),
            "reopen": lambda: services.take_back(actor, self.batch),
        }
        if do not in doings:
            raise Http404
        try:
            doings[do]()
        except (ValidationError, PermissionDenied) as error:
            messages.error(request, "；".join(getattr(error, "messages", [])) or str(error))
            return redirect("importing_batch", pk)
        messages.success(request, _("已办理"))
        return redirect("review_put_forward", IMPORT, pk) if do == "settle" else redirect("importing_batch", pk)


class RowsView(Screen, ListView):
    """What came of the records, thirty a page; each leads to its draft or page."""

    template_name = "importing/rows.html"
    header_icon = "list-ul"
    paginate_by = 30
    context_object_name = "rows"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.batch = get_object_or_404(batches_for(rights_of(request.user)), pk=kwargs["pk"])
        wanted = request.GET.get("outcome", "")
        self.outcome = wanted if wanted in Outcome.values else ""

    def get_page_title(self) -> str:
        return _("导入结果：%s") % self.batch.name

    def trail(self) -> list[tuple[str, str]]:
        return [
            (reverse("importing_batches"), _("导入网站内容")),
            (reverse("importing_batch", args=[self.batch.pk]), self.batch.name),
        ]

    def get_queryset(self) -> QuerySet[Row]:
        rows = self.batch.rows.select_related("page").prefetch_related("findings")
        return rows.filter(outcome=self.outcome) if self.outcome else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(batch=self.batch, outcomes=outcomes(self.batch), current=self.outcome, **kwargs)


class ReportView(View):
    """The whole list as a file, with what the manifest is made of."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        batch = get_object_or_404(batches_for(rights_of(request.user)), pk=pk)
        answer = StreamingHttpResponse(_lines(batch), content_type="text/csv; charset=utf-8")
        name = quote(f"{batch.name}-{_('导入结果')}.csv")
        answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return answer


class _Echo:
    def write(self, line: str) -> str:
        return line


def _lines(batch: Batch) -> Iterator[str]:
    heads = [
        _("序号"),
        _("结果"),
        _("标题"),
        _("原栏目"),
        _("原网址"),
        _("网页编号"),
        _("内容摘要值"),
        _("登记编号"),
        _("说明"),
    ]
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow(heads)
    for row in batch.rows.order_by("number").iterator(chunk_size=2000):
        said = "；".join([*row.says, *row.not_examined])
        cells = [row.get_outcome_display(), row.title, row.column, row.url]
        rest = [row.page_id or "", row.digest, row.release_id or "", harmless(said)]
        yield writer.writerow([row.number, *map(harmless, cells), *rest])
