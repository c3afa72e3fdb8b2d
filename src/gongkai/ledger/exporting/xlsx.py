"""The ledger as a workbook, written row by row, so that a plan of any size needs little memory."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from gongkai.foundation.spreadsheets import printable
from gongkai.ledger.exporting.layout import Sheet
from gongkai.ledger.models import State
from gongkai.ledger.models.assignment import AssignmentQuerySet

_WIDTHS = (6, 16, 22, 56, 44, 12, 10, 20, 8)
_HEAD_ROWS = 3  # title, note, head
_LINE = Side(style="thin", color="808080")
_BORDER = Border(_LINE, _LINE, _LINE, _LINE)
_WRAP = Alignment(wrap_text=True, vertical="center")
_CENTRE = Alignment(wrap_text=True, vertical="center", horizontal="center")
_BOLD = Font(bold=True)
_TITLE = Font(bold=True, size=16)
_BATCH = 2000
_A4 = 9  # the number of the paper size in the format


def write(sheet: Sheet, assignments: AssignmentQuerySet, today: date) -> bytes:
    book = Workbook(write_only=True)
    _write_items(book, sheet)
    _write_tasks(book, assignments, today)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_items(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(_("任务分解表"))
    _set_up(page, _WIDTHS, _HEAD_ROWS)
    last = get_column_letter(len(_WIDTHS))
    for line in (1, 2):
        page.merged_cells.add(f"A{line}:{last}{line}")
    page.merged_cells.add(f"B{_HEAD_ROWS}:C{_HEAD_ROWS}")
    for merge in sheet.merges:
        letter = get_column_letter(merge.column + 1)
        page.merged_cells.add(f"{letter}{merge.first + _HEAD_ROWS + 1}:{letter}{merge.last + _HEAD_ROWS + 1}")
    page.append([_cell(page, sheet.title, _TITLE, _CENTRE, border=False)])
    page.append([_cell(page, sheet.note, None, _CENTRE, border=False)])
    page.append([_cell(page, text, _BOLD, _CENTRE) for text in sheet.head])
    hidden = {(row, merge.column) for merge in sheet.merges for row in range(merge.first + 1, merge.last + 1)}
    for at, row in enumerate(sheet.rows):
        page.append(
            _cell(page, "" if (at, column) in hidden else text, None, _WRAP if column in (2, 3, 4) else _CENTRE)
            for column, text in enumerate(row.cells())
        )


def _write_tasks(book: Workbook, assignments: AssignmentQuerySet, today: date) -> None:
    page = book.create_sheet(_("任务明细"))
    _set_up(page, (10, 60, 32, 12, 12, 14, 12), 1)
    head = (_("编号"), _("具体义务"), _("责任单位"), _("责任类型"), _("状态"), _("到期日"), _("逾期天数"))
    page.append([_cell(page, text, _BOLD, _CENTRE) for text in head])
    tasks = assignments.select_related("obligation", "body").order_by(
        "item__order", "obligation__order", "body__order", "pk"
    )
    for task in tasks.iterator(chunk_size=_BATCH):
        late = (today - task.due).days if task.due and task.due < today and task.state != State.ACCEPTED else None
        values: Iterable[Any] = (
            task.obligation.key,
            task.obligation.text,
            task.body.name,
            str(task.get_role_display()),
            str(task.get_state_display()),
            task.due,
            late,
        )
        page.append([_plain(page, value) for value in values])


def _set_up(page: Any, widths: Iterable[int], head_rows: int) -> None:
    """A4 across, the head repeated on every page and kept in sight."""
    for at, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(at)].width = width
    page.freeze_panes = f"A{head_rows + 1}"
    page.print_title_rows = f"1:{head_rows}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", _A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _cell(page: Any, text: str, font: Font | None, alignment: Alignment, *, border: bool = True) -> Any:
    cell = _plain(page, text)
    cell.alignment = alignment
    if font is not None:
        cell.font = font
    if border:
        cell.border = _BORDER
    return cell


def _plain(page: Any, value: Any) -> Any:
    """A text stays a text, also one that begins like a formula."""
    if not isinstance(value, str):
        return WriteOnlyCell(page, value)
    cell = WriteOnlyCell(page, printable(value))
    cell.data_type = "s"
    return cell
