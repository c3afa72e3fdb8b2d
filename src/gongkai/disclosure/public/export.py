"""Records as a table to take away: CSV and XLSX, the rows as listed, in columns that an import reads again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from gongkai.bodies.sheets import to_csv, to_xlsx
from gongkai.disclosure.declaring import Field, Kind
from gongkai.disclosure.declaring.values import headed, in_a_cell
from gongkai.disclosure.models import RecordPage

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FORMATS = tuple(TYPES)


def listed_fields(kind: Kind) -> list[Field]:
    """All but the list of people: it stands in each posting for its time, and is not handed out by the thousand."""
    return [field for field in kind.fields if field.key != kind.people]


def header(kind: Kind) -> list[str]:
    own = [headed(field) for field in listed_fields(kind)]
    earlier = [_("承接索引号")] if kind.follows is not None else []
    return [_("索引号"), _("标题"), _("公开主体"), kind.formed, _("发布日期"), *own, *earlier, _("网址")]


def row(request: HttpRequest, kind: Kind, record: RecordPage) -> list[str]:
    fields = [in_a_cell(field, record.fields.get(field.key)) for field in listed_fields(kind)]
    earlier = [record.follows.index_number if record.follows else ""] if kind.follows is not None else []
    days = [f"{record.formed_on or ''}", f"{record.published_on or ''}"]
    address = request.build_absolute_uri(record.get_url(request) or "")
    return [record.index_number, record.title, record.body.name, *days, *fields, *earlier, address]


def download(request: HttpRequest, kind: Kind, records: Iterable[RecordPage], form: str) -> HttpResponse:
    """The file as an attachment; `form` is one of `FORMATS`."""
    rows = [row(request, kind, record) for record in records]
    data = to_csv(header(kind), rows) if form == "csv" else to_xlsx(kind.name[:31], header(kind), rows)
    name = content_disposition_header(as_attachment=True, filename=f"{kind.name}.{form}")
    return HttpResponse(data, content_type=TYPES[form], headers={"Content-Disposition": name})


def described(request: HttpRequest, record: RecordPage) -> dict[str, Any]:
    """A record as the open interface gives it: fields by their keys, as they are stored."""
    files: list[dict[str, str]] = [
        {"title": str(one), "url": request.build_absolute_uri(one.document.url)} for one in record.attachments.all()
    ]
    return {
        "index_number": record.index_number,
        "kind": record.kind,
        "title": record.title,
        "body": {"code": record.body.code, "name": record.body.name},
        "formed_on": record.formed_on,
        "published_on": record.published_on,
        "published_at": record.last_published_at,
        "due_on": record.due_on,
        "shown_until": record.expire_at,
        "follows": record.follows.index_number if record.follows else None,
        "fields": record.fields,
        "attachments": files,
        "url": request.build_absolute_uri(record.get_url(request) or ""),
    }
