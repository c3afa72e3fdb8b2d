"""词表: the county's own lists of words with their versions, uploading one, taking one out again."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView, View
from wagtail.admin.widgets import AdminDateInput

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.access import rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.input import number
from gongkai.foundation.screens import Screen
from gongkai.review import services
from gongkai.review.inspection.selectors import counties_for
from gongkai.review.models import WordList
from gongkai.review.rescreening.selectors import KEEPERS, lists_for
from gongkai.review.views.inspections import words_of

BLANK = "词语,类别,级别,建议,生效日期,失效日期,例外"


class WordListsView(Screen, ListView):
    """Every version of every list; those in force say so."""

    template_name = "review/word_lists.html"
    page_title = gettext_lazy("词表")
    header_icon = "list-ul"
    paginate_by = 30
    context_object_name = "lists"

    def get_queryset(self) -> QuerySet[WordList]:
        return lists_for(rights_of(self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rights, today = rights_of(self.request.user), clock.today()
        context = super().get_context_data(may_add=rights.may("review.word_list_add"), **kwargs)
        for row in context["lists"]:
            ended = row.active_to is not None and row.active_to < today
            row.standing = _("已停用") if ended else _("使用中") if row.active_from <= today else _("未启用")
            row.can_end = not ended and rights.may("review.word_list_end", row.county_id)
        return context

    def post(self, request: HttpRequest) -> HttpResponse:
        row = get_object_or_404(lists_for(rights_of(request.user)), pk=number(request.POST.get("id")))
        try:
            services.end_word_list(cast(User, request.user), row)
        except (ValidationError, PermissionDenied) as error:
            messages.error(request, words_of(error))
        else:
            messages.success(request, _("“%s”已停用，下次复筛起不再使用") % row)
        return redirect("review_word_lists")


class WordListForm(forms.Form):
    county = forms.ModelChoiceField(label=gettext_lazy("县"), queryset=Body.objects.none(), empty_label=None)
    name = forms.CharField(
        label=gettext_lazy("名称"),
        max_length=40,
        help_text=gettext_lazy("与已有词表同名的，作为它的新版本，旧版本停用并保留"),
    )
    file = forms.FileField(
        label=gettext_lazy("词表文件"),
        help_text=gettext_lazy(
            "CSV，首行为：词语,类别,级别,建议,生效日期,失效日期,例外。只有“词语”必填；"
            "级别为阻断、待确认或者提示，不填为提示；不得收录国家秘密"
        ),
    )
    active_from = forms.DateField(
        label=gettext_lazy("启用日期"), required=False, widget=AdminDateInput, help_text=gettext_lazy("不填为今天")
    )
    active_to = forms.DateField(
        label=gettext_lazy("停用日期"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy("选填，最后使用的一天"),
    )
    note = forms.CharField(label=gettext_lazy("说明"), required=False, max_length=200, help_text=gettext_lazy("选填"))


class AddView(Screen, FormView):
    template_name = "review/word_list_add.html"
    page_title = gettext_lazy("上传词表")
    header_icon = "upload"
    form_class = WordListForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; or 空白表, the columns with one line as an example."""
        if "blank" not in request.GET:
            return super().get(request, *args, **kwargs)
        return _as_file(
            "\n".join((BLANK, _("县旧称局,规范用语,待确认,县新称局,2024-03-01,,原县旧称局"), "")), _("空白词表.csv")
        )

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("review_word_lists"), _("词表"))]

    def get_form(self, form_class: Any = None) -> WordListForm:
        form: WordListForm = super().get_form(form_class)
        counties = counties_for(rights_of(self.request.user), *KEEPERS)
        form.fields["county"].queryset = counties  # type: ignore[attr-defined]
        if len(counties) == 1:
            form.fields["county"].widget = forms.HiddenInput()
            form.initial["county"] = counties[0]
        return form

    def form_valid(self, form: WordListForm) -> HttpResponse:
        try:
            row = services.add_word_list(cast(User, self.request.user), **form.cleaned_data)
        except ValidationError as error:
            form.add_error("file", error.messages)
            return self.form_invalid(form)
        except PermissionDenied as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        told = _(
            "“%(list)s”已收下，共 %(words)d 个词语。新报送的内容按它筛查；已公开的内容今晚自动复筛，也可以现在发起"
        )
        messages.success(self.request, told % {"list": row, "words": row.words})
        return redirect("review_rescreenings")


class DownloadView(View):
    """One version as it was uploaded."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = get_object_or_404(lists_for(rights_of(request.user)), pk=pk)
        return _as_file(row.content, f"{row.name}-{row.version}.csv")


def _as_file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
