"""Workbooks held against the sample tables: what is missing, and the cell of every sum that is wrong."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from gongkai.core.budgets import samples, stated, verify
from gongkai.core.documents import Document, read_bytes

OVERVIEW = [
    ["收入", "预算数", "支出", "预算数"],
    ["一、一般公共预算拨款收入", 880.5, "一般公共服务支出", 900],
    ["二、其他收入", 19.5, None, None],
    ["本年收入合计", 900, "本年支出合计", 900],
    ["收入总计", 900, "支出总计", 900],
]
SPENDING = [
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    [None, "合计", 900, 620, 280],
    ["201", "一般公共服务支出", 900, 620, 280],
    ["20103", "政府办公厅（室）", 900, 620, 280],
    ["2010301", "行政运行", 620, 620, 0],
    ["2010302", "一般行政管理事务", 280, 0, 280],
]


def wrong(sheets: dict[str, list[list]], *changes: tuple[str, int, int, object]) -> list[str]:
    """What is said of the sheets beside missing tables; changes: (sheet, row, column, value)."""
    problems = verify([opened(sheets, *changes)], "budget")
    return [str(one) for one in problems if one.cell]


def every(sheets: dict[str, list[list]]) -> list[str]:
    return [str(one) for one in verify([opened(sheets)], "budget")]


def opened(sheets: dict[str, list[list]], *changes: tuple[str, int, int, object]) -> Document:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        copied = [list(row) for row in rows]
        for _name, row, column, value in (one for one in changes if one[0] == name):
            copied[row][column] = value
        for row in copied:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return read_bytes(out.getvalue(), "表.xlsx")


BOTH = {"收支总表": OVERVIEW, "支出总表": SPENDING}


def test_sums_that_hold_are_not_spoken_of():
    assert wrong(BOTH) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("收支总表", 3, 1, 905), "工作表“收支总表”B4：“本年收入合计”为905"),
        (("收支总表", 4, 3, 901), "“收入总计”为900，“支出总计”（D5）为901，两者应相等"),
        (("支出总表", 2, 2, 910), "工作表“支出总表”C3：“合计”为910，基本支出、项目支出相加为900"),
        (("支出总表", 4, 3, 600), "“20103”为620，其下各科目相加为600"),
        (("收支总表", 3, 3, 950), "“收支总表”中的“本年支出合计”（D4）为950"),
    ],
)
def test_a_wrong_sum_names_its_cell(change, said):
    assert any(said in one for one in wrong(BOTH, change)), wrong(BOTH, change)


def test_rounded_numbers_may_miss_their_rounded_sum():
    """Each by half of its last place, and no more."""
    rounded = [
        ("支出总表", row, column, value) for row, column, value in ((1, 2, 900.01), (2, 2, 900.01), (3, 2, 900.01))
    ]
    assert wrong({"支出总表": SPENDING}, *rounded) == []
    assert wrong({"支出总表": SPENDING}, ("支出总表", 1, 2, 900.5)) != []


FUND = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]


@pytest.mark.parametrize(
    ("rows", "good"),
    [
        (FUND, False),
        ([*FUND, ["说明：本单位无政府性基金预算，此表为空"]], True),
        ([["本单位无政府性基金预算支出。"]], True),
        ([*FUND, [None, "合计", 0, 0, 0]], True),
    ],
)
def test_a_table_without_numbers_says_that_there_is_nothing(rows, good):
    said = every({"政府性基金预算支出表": rows})
    assert any("“政府性基金预算支出表”没有数据" in one for one in said) is not good
    assert not any("缺少样表“政府性基金" in one for one in said)


def test_a_list_of_the_tables_is_none_of_them():
    contents = [["目录"], ["1. 收支总表"], ["2. 支出总表"]]
    assert any("缺少样表“收支总表”" in one for one in every({"目录": contents, "支出总表": SPENDING}))
    assert wrong({"目录": contents, **BOTH}, ("收支总表", 3, 1, 905))


def test_official_expenses_in_a_row():
    head = ["单位", "合计", "因公出国(境)费用", "公务用车购置及运行费", None, None, "公务接待费"]
    below = [None, None, None, "小计", "公务用车购置费", "公务用车运行费", None]
    sheets = {"“三公”经费支出表": [head, below, ["某局", 9, 0, 6, 0, 6, 4]]}
    (said,) = wrong(sheets)
    assert "B3：“合计”为9" in said and "相加为10" in said


def test_codes_in_three_columns():
    head = ["科目编码", None, None, "科目名称", "合计", "基本支出", "项目支出"]
    rows = [["201", None, None, "一般公共服务", 900, 620, 280], ["201", "03", None, "政府办公厅（室）", 800, 520, 280]]
    (said,) = wrong({"支出总表": [head, ["类", "款", "项"], *rows]})[:1]
    assert "“201”为900，其下各科目相加为800" in said


def test_minus_signs():
    for minus in (-10, "−10.00", "（10.00）", "－10"):
        assert wrong({"收支总表": [OVERVIEW[0], ["事业收入", 910], ["其他收入", minus], ["本年收入合计", 900]]}) == []


def test_the_main_figures():
    found = stated([opened({**BOTH, "“三公”经费支出表": [["项目", "预算数"], ["合计", 9]]})])
    assert {name: (table, int(number.value)) for name, (table, number) in found.items()} == {
        "income": ("收支总表", 900),
        "spending": ("收支总表", 900),
        "official": ("“三公”经费支出表", 9),
    }


def test_missing_tables_are_named_all():
    book = Workbook()
    book.worksheets[0].append(["说明", "无"])
    out = io.BytesIO()
    book.save(out)
    problems = verify([read_bytes(out.getvalue(), "表.xlsx")], "accounts")
    assert len(problems) == sum("accounts" in sample.required for sample in samples())
    assert all("缺少样表" in str(one) for one in problems)
