"""The review of a draft: one page on which rows, findings and missing bodies are settled, and the ledger imported."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from gongkai.bodies.models import Kind
from gongkai.ledger.importing.review import Review
from gongkai.ledger.models import DraftState
from gongkai.ledger.views.importing.base import ImportingView
from gongkai.ledger.views.importing.doing import DOINGS, Doing
from gongkai.ledger.views.importing.filters import chosen, tabs
from gongkai.ledger.views.importing.forms import RowForm
from gongkai.ledger.views.importing.rows import selectors_of, shown_rows

_KINDS = [choice for choice in Kind.choices if choice[0] != Kind.COUNTY]


class ReviewView(ImportingView, TemplateView):
    template_name = "ledger/importing/review.html"

    def get_template_names(self) -> list[str]:
        return [self.template_name if self.draft.state == DraftState.OPEN else "ledger/importing/closed.html"]

    def get_page_subtitle(self) -> str:
        return self.draft.file_name

    @cached_property
    def review(self) -> Review:
        return Review(self.draft)

    @property
    def show(self) -> str:
        return str(self.request.GET.get("show", ""))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do one thing and come back to its row; what was typed is kept when it cannot be done."""
        doing = Doing(self.actor, self.draft, request.POST)
        do = DOINGS.get(request.POST.get("do", ""))
        try:
            if do is None:
                raise ValidationError(_("没有这项操作"))
            address = do(doing)
        except ValidationError as error:
            return self._again(error.messages, doing)
        except PermissionDenied as error:
            return self._again([str(error)], doing)
        for message in doing.said:
            messages.success(request, message)
        return redirect(address or self._address(doing.row))

    def _again(self, errors: list[str], doing: Doing) -> HttpResponse:
        self.draft.refresh_from_db()
        edit = doing.row if doing.form else ""
        context = self.get_context_data(errors=errors, edit=edit, row_form=doing.form, typed=doing.data)
        return self.render_to_response(context, status=422)

    def _address(self, row: str) -> str:
        query = f"?{urlencode({'show': self.show})}" if self.show else ""
        return reverse("ledger_import_review", args=[self.draft.pk]) + query + (f"#item-{row}" if row else "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.draft.state != DraftState.OPEN:
            return super().get_context_data(draft=self.draft, **kwargs)
        rows = shown_rows(self.review)
        edit = kwargs.pop("edit", None) or self.request.GET.get("edit", "")
        typed: QueryDict | None = kwargs.get("typed")
        return super().get_context_data(
            draft=self.draft,
            review=self.review,
            proposal=self.review.proposal,
            rows=chosen(rows, self.show, edit or (typed.get("row", "") if typed else "")),
            tabs=tabs(rows, self.show),
            show=self.show,
            edit=edit,
            row_form=kwargs.pop("row_form", None) or self._form(edit),
            notices=[each for each in self.review.proposal.issues if not each.key],
            selectors=selectors_of(self.review),
            bodies=self.review.proposal.register.bodies.values(),
            missing=self._missing(typed),
            others=self.drafts.filter(county=self.draft.county, year=self.draft.year, state=DraftState.OPEN).exclude(
                pk=self.draft.pk
            ),
            obstacles=self.review.proposal.obstacles(),
            **kwargs,
        )

    def _missing(self, typed: QueryDict | None) -> list[dict[str, Any]]:
        """The bodies that the register lacks, each with the kinds to choose from and what was typed."""
        return [
            {
                "missing": each,
                "kind": typed.get(f"kind-{at}", each.kind) if typed else each.kind,
                "meant": typed.get(f"meant-{at}", "") if typed else "",
                "kinds": _KINDS,
            }
            for at, each in enumerate(self.review.proposal.missing)
        ]

    def _form(self, key: str) -> RowForm | None:
        row = next((row for row in self.review.proposal.rows if row.key == key), None)
        return RowForm(row) if row else None
