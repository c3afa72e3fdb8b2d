"""The choices beneath a selection of pages in Wagtail's lists."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from gongkai.foundation.access import Refused
from gongkai.foundation.accounts.models import User
from gongkai.portal.bulk import services
from gongkai.portal.models import Act, ColumnPage
from gongkai.portal.models.reviewed import ReviewedPage

REASON = gettext_lazy("理由")
NOTICE = gettext_lazy("对外说明")
NOTICE_HELP = gettext_lazy("选填。撤下后打开原网址的人读到这句话，例如：内容调整中，审查后重新公开")


class ActForm(forms.Form):
    reason = forms.CharField(label=REASON, max_length=500)
    notice = forms.CharField(label=NOTICE, max_length=500, required=False, help_text=NOTICE_HELP)


class MoveForm(ActForm):
    target: forms.ModelChoiceField[ColumnPage] = forms.ModelChoiceField(
        label=gettext_lazy("移到哪个栏目"),
        queryset=ColumnPage.objects.all(),
        widget=AdminPageChooser(target_models=[ColumnPage]),
        help_text=gettext_lazy("可以选其他单位的栏目（划转），须对两个单位都有权限"),
    )
    field_order = ("target", "reason", "notice")


class PagesAction(PageBulkAction):
    """One verb for all that were chosen: it judges, and what it refuses is said in the form."""

    template_name = "portal/bulk/confirm.html"
    explanation: Any = ""
    button: Any = ""

    def check_perm(self, page: Page) -> bool:
        page = page.specific
        return isinstance(page, ReviewedPage) and page.permissions_for_user(self.request.user).can_edit()

    def perform(self, pages: list[int], given: dict[str, Any]) -> Act:
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"title": self.display_name, "explanation": self.explanation, "button": self.button}

    def form_valid(self, form: Any) -> HttpResponse:
        pages = [page.pk for page in self.get_actionable_objects()[0]]
        try:
            with transaction.atomic():
                act = self.perform(pages, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return cast(HttpResponse, self.form_invalid(form))
        except Refused as error:
            form.add_error(None, str(error))
            return cast(HttpResponse, self.form_invalid(form))
        undo = messages.button(reverse("portal_act", args=[act.pk]), _("10 分钟内可以撤销"))
        messages.success(self.request, _("已完成：%s") % act, buttons=[undo])
        return redirect(self.next_url)

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)


class MovePages(PagesAction):
    display_name = gettext_lazy("移动、划转")
    action_type = "move"
    aria_label = gettext_lazy("把所选页面移到别的栏目")
    action_priority = 10
    form_class = MoveForm
    button = gettext_lazy("移动所选")
    explanation = gettext_lazy(
        "栏目属于签发的内容：已公开的文章移动时先撤稿，在新栏目重新报送审查；撤稿由签发领导或政务公开办办理。没有公开的直接移动。"
    )

    def perform(self, pages: list[int], given: dict[str, Any]) -> Act:
        return services.move(self.actor, pages, given["target"].pk, given["reason"], given["notice"])


class WithdrawPages(PagesAction):
    display_name = gettext_lazy("撤稿")
    action_type = "unpublish"
    aria_label = gettext_lazy("撤下所选页面")
    action_priority = 40
    form_class = ActForm
    button = gettext_lazy("撤下所选")
    explanation = gettext_lazy("立即从公开页面撤下，原网址改为撤稿说明；由签发领导或政务公开办办理，逐件记入登记簿。")

    def check_perm(self, page: Page) -> bool:
        return page.live and super().check_perm(page)

    def perform(self, pages: list[int], given: dict[str, Any]) -> Act:
        return services.withdraw_pages(self.actor, pages, given["reason"], given["notice"])
