"""The public ledger as a table to take away: CSV and XLSX, the rows as seen on the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook

from gongkai.foundation.spreadsheets import harmless
from gongkai.ledger.public.selectors import Entry

HEADINGS = ("编号", "任务分组", "任务", "具体内容", "责任单位", "完成时限", "到期日", "状态", "最近更新")
WIDTHS = (8, 24, 28, 60, 40, 16, 12, 10, 12)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = "公开台账"
FORMATS = ("csv", "xlsx")


def rows(entries: Iterable[Entry]) -> Iterator[tuple[str, ...]]:
    for entry in entries:
        item = entry.item
        cells = (
            item.key,
            entry.group,
            entry.task,
            item.text,
            "、".join(f"{duty.body.name}（{duty.role}）" for duty in entry.duties),
            item.deadline_text,
            f"{item.due:%Y-%m-%d}" if item.due else "",
            str(entry.look.word),
            f"{timezone.localtime(entry.changed_at):%Y-%m-%d}" if entry.changed_at else "",
        )
        yield tuple(harmless(cell) for cell in cells)


def download(entries: Iterable[Entry], kind: str, name: str) -> HttpResponse:
    """The file as an attachment; `kind` is one of `FORMATS`."""
    content, mime = (_csv(entries), "text/csv; charset=utf-8") if kind == "csv" else (_xlsx(entries), XLSX)
    return HttpResponse(
        content, content_type=mime, headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    )


def _csv(entries: Iterable[Entry]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows(rows(entries))
    return out.getvalue().encode("utf-8-sig")  # the mark by which spreadsheets know the encoding


def _xlsx(entries: Iterable[Entry]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    for column, width in zip("ABCDEFGHI", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "B2"
    sheet.append(HEADINGS)
    for row in rows(entries):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
