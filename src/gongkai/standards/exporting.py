"""A catalogue as a workbook in the customary form."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from gongkai.core.catalogues.writer import write_xlsx
from gongkai.standards.models import Catalogue, Row

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(catalogue: Catalogue, rows: Iterable[Row]) -> HttpResponse:
    """The file as an attachment; `rows` with their catalogue fetched."""
    content = write_xlsx([row.as_core() for row in rows], catalogue.title, catalogue.notes.splitlines())
    disposition = content_disposition_header(True, f"{catalogue.title}.xlsx") or "attachment"
    return HttpResponse(content, XLSX, headers={"Content-Disposition": disposition})
