"""One attachment as the machine reads it, hidden parts too, with every finding marked where it stands."""

from __future__ import annotations

from typing import Any, cast

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from gongkai.core.documents import DocumentError
from gongkai.foundation.access import rights_of
from gongkai.foundation.screens import Screen
from gongkai.review.files import read_file
from gongkai.review.marking import marked
from gongkai.review.models import Finding, Release
from gongkai.review.selectors import files_of, has_changed, register

PICTURES = {"jpg": "jpeg", "png": "png", "webp": "webp"}  # as they stand in texts; a browser shows them
LONGEST = 200_000  # code points on one screen; findings beyond are in the list


class AttachmentView(Screen, TemplateView):
    template_name = "review/attachment.html"
    header_icon = "doc-full-inverse"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.release, self.label, self.file = _found(request, kwargs["pk"], kwargs["number"])
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
        """Where the file is to be had when it is to be looked at and not only read."""
        if not _kind(self.file) or not self.file.storage.exists(str(self.file.name)):
            return ""
        return reverse("review_picture", args=[self.release.pk, self.kwargs["number"]])

    def _in_place(self, text: str, findings: list[Finding]) -> str:
        shown = text[:LONGEST]
        return shown if has_changed(self.release) else marked(shown, findings)

    def _read(self) -> tuple[str, str]:
        """The text of the file, or why it cannot be read."""
        try:
            return read_file(self.file).text, ""
        except (DocumentError, OSError) as error:
            return "", str(error)


@require_safe
def picture(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """The very file that goes through the gate, for the eyes of those who may see its review."""
    _release, _label, file = _found(request, pk, number)
    kind = _kind(file)
    if not kind or not file.storage.exists(str(file.name)):
        raise Http404(_("没有这张图片"))
    return FileResponse(file.open("rb"), content_type=f"image/{kind}")


def _found(request: HttpRequest, pk: int, number: int) -> tuple[Release, str, FieldFile]:
    """The review, the name of the file in it and the file; 404 for who may not see the review."""
    release = get_object_or_404(register(rights_of(request.user)), pk=pk)
    files = files_of(release)
    if number >= len(files):
        raise Http404(_("没有这个附件"))
    return release, *files[number]


def _kind(file: FieldFile) -> str | None:
    return PICTURES.get(str(file.name).rpartition(".")[2].lower())
