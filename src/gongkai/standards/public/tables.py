"""Rows to take away: CSV and XLSX, and the open interface as JSON."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from gongkai.bodies.sheets import to_csv, to_xlsx
from gongkai.portal.selectors import county_of
from gongkai.standards.differences import shown
from gongkai.standards.models import Row
from gongkai.standards.selectors import Answer, Wanted, answers, listed_rows, open_rows

MOST = 5_000  # rows of one file
PAGE = 100  # rows of one answer of the interface
UNICODE = {"ensure_ascii": False}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(request: HttpRequest, rows: list[Row], form: str, title: str) -> HttpResponse:
    """The rows as a file of one table, with where each is published."""
    header = [
        _("单位"),
        _("领域"),
        _("序号"),
        _("一级事项"),
        _("二级事项"),
        _("公开内容（要素）"),
        _("公开依据"),
        _("公开时限"),
        _("公开主体"),
        _("公开渠道"),
        _("公开对象"),
        _("公开方式"),
        _("公开层级"),
        _("未涉及的理由"),
        _("公开位置"),
        _("最新日期"),
    ]
    found = answers(rows)
    cells = [[str(value or "") for value in _cells(request, row, found.get(row.pk))] for row in rows]
    content = to_csv(header, cells) if form == "csv" else to_xlsx(_("标准目录事项"), header, cells)
    disposition = content_disposition_header(True, f"{title}.{form}") or "attachment"
    return HttpResponse(content, TYPES[form], headers={"Content-Disposition": disposition})


def _cells(request: HttpRequest, row: Row, answer: Answer | None) -> list[Any]:
    core = row.as_core()
    names = [row.catalogue.body.name, row.catalogue.field_name, row.position, row.first, row.third or row.second]
    words = [
        shown(core, name) for name in ("content", "basis", "limit", "body", "channels", "audience", "modes", "levels")
    ]
    at = [request.build_absolute_uri(answer.address), answer.day] if answer else ["", ""]
    return [*names, *words, row.exempt_reason, *at]


def rows_interface(request: HttpRequest) -> JsonResponse:
    """/api/v1/catalogues: the rows of open catalogues, a hundred to an answer."""
    county = county_of(request)
    if county is None:
        return JsonResponse({"error": _("没有已公开的内容")}, status=404, json_dumps_params=UNICODE)
    page = Paginator(listed_rows(county, Wanted.parse(request.GET.dict())), PAGE).get_page(request.GET.get("page"))
    rows = open_rows(list(page.object_list))
    found = answers(rows)
    answer = {
        "total": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "rows": [_described(request, row, found.get(row.pk)) for row in rows],
    }
    return JsonResponse(answer, json_dumps_params=UNICODE)


def _described(request: HttpRequest, row: Row, answer: Answer | None) -> dict[str, Any]:
    said = row.as_core().to_dict()
    del said["where"], said["note"]
    return {
        "body": row.catalogue.body.code,
        "body_name": row.catalogue.body.name,
        "field_key": row.catalogue.field_key,
        **said,
        "responsible": said.pop("body"),
        "exempt_reason": row.exempt_reason if row.exempt else "",
        "published_at": request.build_absolute_uri(answer.address) if answer else None,
        "newest_on": answer.day.isoformat() if answer and answer.day else None,
    }
