"""A cell that was read wrongly is corrected where it stands: by its address, in merged and blank places too."""

from tests.core.catalogues.sheets import book, line

from gongkai.core.catalogues import cell_lines, corrected, read_catalogue
from gongkai.core.documents import read_bytes


def document(*rows, **options):
    return read_bytes(book(*rows, **options), "目录.xlsx")


def spots(found, key):
    return {spot.heading: spot for one in cell_lines(found) if one.key == key for spot in one.spots}


def test_rows_are_shown_with_their_headings_and_addresses():
    found = document(line("综合业务", "政策法规"), line("综合业务", "监督检查"))
    shown = list(cell_lines(found))
    assert [(one.key, one.wheres[0]) for one in shown] == [("t0r2", "社会救助!A4"), ("t0r3", "社会救助!A5")]
    assert spots(found, "t0r3")["二级事项"].text == "监督检查"
    assert spots(found, "t0r3")["二级事项"].address == "t0r3c2"


def test_a_corrected_cell_is_read_instead():
    found = document(line("综合业务", "政策法规", limit="同上"))
    assert any("没有可以沿用" in one.message for one in read_catalogue(found).findings)
    fixed = read_catalogue(corrected(found, {"t0r2c5": "每季度公开", "t0r2c2": "政策"}))
    assert (fixed.rows[0].limit.text, fixed.rows[0].second) == ("每季度公开", "政策")
    assert not any("没有可以沿用" in one.message for one in fixed.findings)


def test_a_merged_cell_is_taken_apart_where_it_is_corrected():
    rows = [line("综合业务", "政策法规"), line("", "监督检查"), line("", "办事指南")]
    found = document(*rows, merges=("B4:B6",))
    fixed = read_catalogue(corrected(found, {"t0r3c1": "最低生活保障"}))
    assert [row.first for row in fixed.rows] == ["综合业务", "最低生活保障", "综合业务"]
    assert [row.where for row in fixed.rows] == ["社会救助!A4", "社会救助!A5", "社会救助!A6"]


def test_a_blank_place_gets_a_cell_with_its_own_name():
    found = document(line("综合业务", "政策法规", level=None), line("综合业务", "监督检查"))
    fixed = corrected(found, {"t0r2c13": "√"})
    assert read_catalogue(fixed).rows[0].levels == ("county", "township", "village")
    (cell,) = [cell for table in fixed.blocks if hasattr(table, "cells") for cell in table.cells if (cell.row, cell.column) == (2, 13)]  # fmt: skip
    assert cell.place.cell == "N4"


def test_what_is_no_address_changes_nothing():
    found = document(line("综合业务", "政策法规"))
    for address in ("", "F4", "t9r3c1", "t0r999c1", "t0r2c99"):
        assert read_catalogue(corrected(found, {address: "x"})).rows == read_catalogue(found).rows
