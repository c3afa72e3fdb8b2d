"""A spreadsheet as people send it: titles above, totals below, columns beside, in any encoding and delimiter."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from gongkai.bodies.sheets import day
from gongkai.foundation.opening import Heading, folded, names_of, open_sheet

COLUMNS = {"name": "名称", "on": "日期", "sum": "金额（元）"}


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_heading_stands_below_titles_and_beside_what_is_not_asked_for():
    data = workbook(
        ["2026年一览表"],
        ["单位：元"],
        ["序号", "* 名称", "日 期", "金额(元)", "备注"],
        [1, "甲", "2026-03-05", 5, "急"],
    )
    sheet = open_sheet(data, COLUMNS, ["name"])
    assert [(row.number, row.values) for row in sheet.rows] == [(4, {"name": "甲", "on": "2026-03-05", "sum": "5"})]
    assert sheet.unread == ["序号", "备注"]


def test_totals_are_no_rows_and_are_named():
    data = workbook(["名称", "金额（元）"], ["甲", 5], ["合 计", 5], ["合计工程公司", 6])
    sheet = open_sheet(data, COLUMNS, ["name"])
    assert [row.values["name"] for row in sheet.rows] == ["甲", "合计工程公司"] and sheet.totals == [3]


def test_a_heading_may_say_something_for_all_of_its_cells():
    names = names_of(COLUMNS) | {folded("金额（万元）"): Heading("sum", "万元")}
    (row, blank) = open_sheet(
        workbook(["名称", "金额（万元）"], ["甲", 1.2], ["乙", None]), COLUMNS, ["name"], names
    ).rows
    assert row.values["sum"] == "1.2万元" and blank.values["sum"] == ""


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "utf-16"])
def test_delimiters_and_encodings(delimiter, encoding):
    text = f"名称{delimiter}日期\n甲{delimiter}2026年3月5日\n"
    (row,) = open_sheet(text.encode(encoding), COLUMNS, ["name"]).rows
    assert row.values == {"name": "甲", "on": "2026年3月5日"}


def test_cells_as_people_see_them():
    data = workbook(
        ["名称", "日期", "金额（元）"],
        ["甲", datetime(2026, 3, 5), 0.1 + 0.2],
        ["乙", datetime(2026, 3, 5, 8, 30), 5.0],
    )
    first, second = open_sheet(data, COLUMNS, ["name"]).rows
    assert first.values == {"name": "甲", "on": "2026-03-05", "sum": "0.3"}
    assert second.values == {"name": "乙", "on": "2026-03-05 08:30", "sum": "5"}
    assert day(first, "on") == day(second, "on")


def test_a_number_that_excel_has_cut_is_refused_with_its_place():
    with pytest.raises(ValidationError, match="第 2 行第 1 列是15位以上的数字"):
        open_sheet(workbook(["名称"], [911234567890123456]), COLUMNS, ["name"])


def test_everything_that_a_heading_lacks_is_said_at_once():
    with pytest.raises(ValidationError, match="表头缺少“名称”“日期”；没有认出的表头：姓名、颜色"):
        open_sheet(workbook(["姓名", "颜色"], ["甲", "红"]), COLUMNS, ["name", "on"])
