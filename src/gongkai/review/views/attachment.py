"""One attachment as the machine reads it, hidden parts too, with every finding marked where it stands."""

from __future__ import annotations

from base64 import b64encode
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from gongkai.core.documents import DocumentError
from gongkai.foundation.access import rights_of
from gongkai.foundation.screens import Screen
from gongkai.review.files import read_file
from gongkai.review.marking import marked
from gongkai.review.models import Finding
from gongkai.review.selectors import files_of, has_changed, register

PICTURES = {"jpg": "jpeg", "png": "png", "webp": "webp"}  # as they stand in texts; a browser shows them
LONGEST = 200_000  # code points on one screen; findings beyond are in the list


class AttachmentView(Screen, TemplateView):
    template_name = "review/attachment.html"
    header_icon = "doc-full-inverse"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.release = get_object_or_404(register(rights_of(request.user)), pk=kwargs["pk"])
        files = files_of(self.release)
        if kwargs["number"] >= len(files):
            raise Http404(_("没有这个附件"))
        self.label, self.file = files[kwargs["number"]]
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("review_release", args=[self.release.pk]), self.release.title)]

    def get_page_title(self) -> str:
        return self.label

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        findings = list(self.release.findings.filter(part=self.label, in_file=True).select_related("decided_by"))
        text, problem = self._read()
        return super().get_context_data(
            release=self.release,
            label=self.label,
            findings=findings,
            problem=problem,
            picture=self._picture(),
            cut=len(text) > LONGEST,
            text=self._in_place(text, findings),
            **kwargs,
        )

    def _picture(self) -> str:
        """The file as the address of its own content, when it is to be looked at and not only read."""
        kind = PICTURES.get(str(self.file.name).rpartition(".")[2].lower())
        if kind is None or not self.file.storage.exists(self.file.name):
            return ""
        with self.file.open("rb") as source:
            return f"data:image/{kind};base64,{b64encode(source.read()).decode()}"

    def _in_place(self, text: str, findings: list[Finding]) -> str:
        shown = text[:LONGEST]
        return shown if has_changed(self.release) else marked(shown, findings)

    def _read(self) -> tuple[str, str]:
        """The text of the file, or why it cannot be read."""
        try:
            return read_file(self.file).text, ""
        except (DocumentError, OSError) as error:
            return "", str(error)
