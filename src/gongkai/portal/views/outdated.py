"""过时内容: what has been public for longer than it is of use, to be withdrawn several at once."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from gongkai.bodies.views.base import crumbs
from gongkai.foundation import clock
from gongkai.foundation.access import Refused, Rights, Role, rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.input import numbers
from gongkai.foundation.spreadsheets import SafeExport
from gongkai.portal.duty.selectors import columns_for, outdated
from gongkai.portal.duty.withdrawing import withdraw_outdated
from gongkai.portal.models import ArticlePage
from gongkai.rectification.views.columns import TickColumn


class OutdatedView(SafeExport, ReportView):
    model = ArticlePage
    page_title = _("过时内容")
    header_icon = "history"
    results_template_name = "portal/duty/outdated_results.html"
    index_url_name = "portal_outdated"
    index_results_url_name = "portal_outdated_results"
    paginate_by = 30
    list_export = ["title", "owner_name", "column_name", "published_on", "full_url"]
    export_headings = {
        "title": _("标题"),
        "owner_name": _("保障单位"),
        "column_name": _("栏目"),
        "published_on": _("发布日期"),
        "full_url": _("网址"),
    }

    @cached_property
    def rights(self) -> Rights:
        return rights_of(self.request.user)

    @cached_property
    def may_withdraw(self) -> bool:
        return self.rights.holds({Role.OFFICE, Role.LEADER})

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            *([TickColumn("tick", label="")] if self.may_withdraw else []),
            TitleColumn("title", label=_("标题"), get_url=lambda article: article.url, width="40%"),
            Column("column_name", label=_("栏目")),
            Column("owner_name", label=_("保障单位")),
            Column("published_on", label=_("发布日期"), sort_key="published_on"),
        ]

    def get_base_queryset(self) -> QuerySet[ArticlePage]:
        return outdated(columns_for(self.rights), clock.today())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs((reverse("portal_duty"), _("栏目保障")), ("", self.page_title))

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        here = f"{self.index_url}?{self.request.GET.urlencode()}"
        return super().get_context_data(*args, may_withdraw=self.may_withdraw, next=here, **kwargs)

    def get_filename(self) -> str:
        return str(self.page_title)


class WithdrawView(View):
    """POST `id`…, `reason`: withdraw the articles that were ticked, and back to the list with what became of each."""

    def post(self, request: HttpRequest) -> HttpResponse:
        rights = rights_of(request.user)
        listed = outdated(columns_for(rights), clock.today())
        articles = list(listed.filter(pk__in=numbers(request.POST.getlist("id"))))
        if not articles:
            messages.warning(request, gettext("请先勾选要撤下的内容"))
        try:
            done, refused = withdraw_outdated(cast(User, request.user), articles, request.POST.get("reason", ""))
        except (ValidationError, Refused) as error:
            messages.error(request, "；".join(getattr(error, "messages", [str(error)])))
        else:
            _tell(request, len(done), refused)
        target = request.POST.get("next") or ""
        safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
        return HttpResponseRedirect(target) if safe else redirect("portal_outdated")


def _tell(request: HttpRequest, done: int, refused: list[tuple[str, str]]) -> None:
    if done:
        messages.success(request, ngettext("已撤下 %d 篇", "已撤下 %d 篇", done) % done)
    for title, why in refused[:5]:
        messages.warning(request, gettext("“%(title)s”没有撤下：%(why)s") % {"title": title, "why": why})
