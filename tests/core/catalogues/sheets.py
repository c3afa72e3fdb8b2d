"""Workbooks in the customary form of standard catalogues, with what people do to them."""

from __future__ import annotations

import io

from openpyxl import Workbook

TOP = ("序号", "公开事项", None, "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开对象", None, "公开方式", None, "公开层级", None)  # fmt: skip
UNDER = {"B": "一级事项", "C": "二级事项", "I": "全社会", "J": "特定群众", "K": "主动", "L": "依申请", "M": "县级", "N": "乡、村级"}  # fmt: skip
TWENTY = "自信息形成或者变更之日起20个工作日内予以公开"
COLUMNS = ("number", "first", "second", "content", "basis", "limit", "body", "channels", "all", "specific", "proactive", "on_request", "county", "township")  # fmt: skip
USUAL = {
    "content": "办理条件、办理流程",
    "basis": "《中华人民共和国政府信息公开条例》",
    "limit": TWENTY,
    "body": "县民政局",
    "channels": "■政府网站 □政府公报",
    "all": "√",
    "proactive": "√",
    "county": "√",
}


def line(first="", second="", **cells):
    """One row as it stands in the sheet; what is not said is usual."""
    return USUAL | {"first": first, "second": second} | cells


def book(*lines, title="青禾县社会救助领域基层政务公开标准目录", sheet="社会救助", merges=(), note="", more=()):
    """The bytes of a workbook; `more`: further (sheet, title, lines)."""
    made = Workbook()
    made.remove(made.active)
    for name, heading, rows in ((sheet, title, lines), *more):
        _sheet(made.create_sheet(name), heading, rows)
    first = made.worksheets[0]
    for area in merges:
        first.merge_cells(area)
    if note:
        at = len(lines) + 6
        first.cell(at, 1, note)
        first.merge_cells(start_row=at, start_column=1, end_row=at, end_column=14)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _sheet(page, title, lines):
    page.cell(1, 1, title)
    page.merge_cells("A1:N1")
    for at, heading in enumerate(TOP, 1):
        page.cell(2, at, heading)
    for column, heading in UNDER.items():
        page[f"{column}3"] = heading
    for column in "ADEFGH":
        page.merge_cells(f"{column}2:{column}3")
    for left, right in ("BC", "IJ", "KL", "MN"):
        page.merge_cells(f"{left}2:{right}2")
    for at, cells in enumerate(lines, 4):
        for column, key in enumerate(COLUMNS, 1):
            page.cell(at, column, cells.get(key) or (at - 3 if key == "number" else None))
