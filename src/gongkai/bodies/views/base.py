"""What the registers have in common: scoped listings that export as seen, and forms that use a verb."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic import IndexView, WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from gongkai.foundation.access import Refused, Rights, rights_of, verbs
from gongkai.foundation.accounts.models import User

ROWS = 30  # a page (ui: tables)
Text = str | Promise


def crumbs(*steps: tuple[str, Text]) -> list[dict[str, Any]]:
    """The way from home: (address, label) each; an empty address is the page itself."""
    return [*WagtailAdminTemplateMixin.breadcrumbs_items, *[{"url": url, "label": label} for url, label in steps]]


def rights(request: HttpRequest) -> Rights:
    """The rights of who asks, looked up once a request."""
    kept: Rights | None = getattr(request, "_gongkai_rights", None)
    if kept is None:
        kept = rights_of(request.user)
        request._gongkai_rights = kept  # type: ignore[attr-defined]
    return kept


class RegisterView(IndexView):
    """A listing of what the person reaches, searched, filtered and exported as seen."""

    paginate_by = ROWS
    any_permission_required = None
    permission_policy = None
    is_searchable = True
    export_name: ClassVar[Text] = ""
    show_export_buttons = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs(("", self.page_title))

    @cached_property
    def rights(self) -> Rights:
        return rights(self.request)

    def export(self, queryset: Any, form: str) -> bytes:
        """The rows as a file; form: csv or xlsx."""
        raise NotImplementedError

    def as_spreadsheet(self, queryset: QuerySet[Any], spreadsheet_format: str) -> HttpResponse:
        """The listing as filtered, in the columns that the import takes."""
        kinds = {
            "csv": "text/csv; charset=utf-8",
            "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
        content = self.export(queryset, spreadsheet_format)
        response = HttpResponse(content, content_type=kinds[spreadsheet_format])
        name = f"{self.export_name}.{spreadsheet_format}"
        response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        return response


class DateField(forms.DateField):
    """A day of a body or a person; the day before and after it exist as well."""

    widget = AdminDateInput
    default_validators = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31))]


class VerbForm(forms.Form):
    """A form whose errors come from the verb as well as from its fields."""

    def add_problems(self, error: ValidationError) -> None:
        """Show each error beside its field, the others at the top."""
        named = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, found in named.items():
            for message in found:
                self.add_error(name if name in self.fields else None, message)


class PreviewedForm(VerbForm):
    """An import in two steps: what was previewed travels in the form. A subclass adds `file` in its own words."""

    content = forms.CharField(widget=forms.HiddenInput, required=False)
    file_name = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """`data`: the bytes of the file just chosen, or of the one whose preview is confirmed."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("file"):
            cleaned["data"], cleaned["file_name"] = cleaned["file"].read(), cleaned["file"].name
        elif cleaned.get("content"):
            try:
                cleaned["data"] = base64.b64decode(cleaned["content"], validate=True)
            except binascii.Error:
                self.add_error("file", _("请重新选择文件"))
        else:
            self.add_error("file", _("请选择文件"))
        return cleaned


class VerbView(WagtailAdminTemplateMixin, FormView[Any]):
    """A form that uses one verb. What was typed stays when the verb refuses."""

    template_name = "bodies/form.html"
    form_class: type[VerbForm]
    verb: ClassVar[str] = ""
    submit_label: Text = _("保存")
    explanation: Text = ""  # what will happen, in words
    danger = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.prepare()
        return super().dispatch(request, *args, **kwargs)

    def prepare(self) -> None:
        """Load what the address names, scoped by rights; raise Http404 or PermissionDenied."""

    @cached_property
    def rights(self) -> Rights:
        return rights(self.request)

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)

    def demand(self, body_id: int | None) -> None:
        """The person may use the verb on this body: asked before the form is shown, and again by the verb."""
        if not self.rights.may(self.verb, body_id):
            raise PermissionDenied(_("没有权限：%(verb)s") % {"verb": verbs.get(self.verb).label})

    def perform(self, form: Any) -> str:
        """Use the verb; the message to show."""
        raise NotImplementedError

    def back(self) -> str:
        """Where to go when it is done, and by “取消”."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                message = self.perform(form)
        except ValidationError as error:
            form.add_problems(error)
            return self.form_invalid(form)
        except Refused as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, message)
        return redirect(self.back())

    def get_success_url(self) -> str:
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "media": context["form"].media,
            "back": self.back(),
            "submit_label": self.submit_label,
            "explanation": self.explanation,
            "danger": self.danger,
        }


def address(name: str, entry: Model) -> str:
    """The address of the view `name` for one record."""
    return reverse(name, args=[entry.pk])


def labels(pairs: Iterable[tuple[Any, Any]]) -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in pairs]
