"""Tables of Word files: merges of every kind, and merges that python-docx writes read back the same."""

from __future__ import annotations

import io

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.documents import Visibility, read_bytes


def tc(text: str, properties: str = "") -> str:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


SPAN = '<w:gridSpan w:val="{}"/>'.format
RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def shape(document, index=0):
    table = list(document.tables())[index]
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells], table.rows, table.columns


def test_a_header_with_fewer_cells_than_the_rows(read_word):
    document = read_word(
        tbl(
            tr(tc("序号"), tc("任务名称", SPAN(2)), properties="<w:tblHeader/>"),
            tr(tc("1"), tc("一、深化\n主动公开", RESTART), tc("甲")),
            tr(tc(""), tc("", CONTINUE), tc("乙")),
        )
    )
    assert shape(document) == (
        [
            (0, 0, 1, 1, "序号"),
            (0, 1, 1, 2, "任务名称"),
            (1, 0, 1, 1, "1"),
            (1, 1, 2, 1, "一、深化\n主动公开"),
            (1, 2, 1, 1, "甲"),
            (2, 0, 1, 1, ""),
            (2, 2, 1, 1, "乙"),
        ],
        3,
        3,
    )
    table = next(document.tables())
    assert table.header_rows == 1
    assert table.cells[3].place.table == 1


def test_grid_before_shifts_and_old_horizontal_merges_count(read_word):
    document = read_word(
        tbl(
            tr(tc("甲"), tc("乙"), tc("丙")),
            tr(tc("丁"), properties='<w:gridBefore w:val="2"/>'),
            tr(tc("戊", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("己")),
        )
    )
    cells, rows, columns = shape(document)
    assert cells[3:] == [(1, 2, 1, 1, "丁"), (2, 0, 1, 2, "戊"), (2, 2, 1, 1, "己")]
    assert (rows, columns) == (3, 3)


def test_a_vertical_merge_continues_only_directly_below_and_of_one_width(read_word):
    document = read_word(
        tbl(
            tr(tc("甲", RESTART), tc("乙")),
            tr(tc("断"), tc("丙")),
            tr(tc("续", CONTINUE), tc("丁")),
            tr(tc("宽", CONTINUE + SPAN(2))),
        )
    )
    cells, *_ = shape(document)
    assert [cell[:4] for cell in cells if cell[1] == 0] == [(0, 0, 1, 1), (1, 0, 1, 1), (2, 0, 1, 1), (3, 0, 1, 2)]


def test_text_under_a_merge_is_hidden_not_lost(read_word):
    document = read_word(tbl(tr(tc("上", RESTART), tc("右")), tr(tc("藏", CONTINUE), tc("下"))))
    assert shape(document)[0][0] == (0, 0, 2, 1, "上")
    assert [(part.text, part.visibility) for part in document.parts] == [("藏", Visibility.HIDDEN)]


def test_deleted_and_hidden_rows_leave_the_grid(read_word):
    document = read_word(
        tbl(
            tr(tc("甲", RESTART), tc("乙")),
            tr(tc("", CONTINUE), tc("删"), properties='<w:del w:author="张三"/>'),
            tr(tc("隐"), tc("行"), properties="<w:hidden/>"),
            tr(tc("", CONTINUE), tc("增"), properties="<w:ins/>"),
        )
    )
    cells, rows, _ = shape(document)
    assert cells == [(0, 0, 2, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 1, 1, 1, "增")]
    assert rows == 2
    assert [(part.text, part.visibility) for part in document.parts] == [
        ("删", Visibility.DELETED),
        ("隐\t行", Visibility.HIDDEN),
    ]
    assert document.parts[0].place.table == 1
    assert [document.text[s.start : s.end] for s in document.spans if s.visibility is Visibility.INSERTED] == ["增"]


def test_a_table_inside_a_data_cell_stays_text_of_the_cell(read_word):
    inner = tbl(tr(tc("内1"), tc("内2")), tr(tc("内3"), tc("内4")))
    rows = [tr(tc("列一" * 9), tc("列二" * 9), tc("列三" * 9)) for _ in range(3)]
    rows.append(tr(tc("末"), f"<w:tc>{inner}<w:p/></w:tc>", tc("尾")))
    cells, _, _ = shape(read_word(tbl(*rows)))
    assert cells[-2][4] == "内1\t内2\n内3\t内4"


def test_a_table_that_only_arranges_others_is_opened(read_word):
    inner = tbl(tr(tc("内1"), tc("内2")), tr(tc("内3"), tc("内4")))
    document = read_word(tbl(tr(f"<w:tc><w:p><w:r><w:t>题</w:t></w:r></w:p>{inner}<w:p/></w:tc>")))
    assert [one.text for one in document.paragraphs()] == ["题"]
    assert shape(document)[1:] == (2, 2)


def test_spans_beyond_reason_are_bounded(read_word):
    document = read_word(tbl(tr(tc("甲", SPAN(10**9)), tc("乙", SPAN("x"))), tr(tc("丙"))))
    assert next(document.tables()).columns == 256


rectangles = st.tuples(st.integers(0, 5), st.integers(0, 4), st.integers(1, 3), st.integers(1, 3))


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(rows=st.integers(1, 6), columns=st.integers(1, 5), wanted=st.lists(rectangles, max_size=6), data=st.data())
def test_merged_tables_written_by_python_docx_read_back_the_same(rows, columns, wanted, data):
    taken: set[tuple[int, int]] = set()
    merges: dict[tuple[int, int], tuple[int, int]] = {}
    for top, left, down, across in wanted:
        area = {(row, column) for row in range(top, top + down) for column in range(left, left + across)}
        if top + down <= rows and left + across <= columns and not area & taken:
            taken |= area
            merges[top, left] = (down, across)
    covered = {
        (row, column)
        for (top, left), (down, across) in merges.items()
        for row in range(top, top + down)
        for column in range(left, left + across)
    } - merges.keys()
    words = st.text(st.characters(categories=["Lo", "Nd"], max_codepoint=0xFFFF), max_size=6)
    expected = {
        (row, column, *merges.get((row, column), (1, 1)), data.draw(words))
        for row in range(rows)
        for column in range(columns)
        if (row, column) not in covered
    }

    file = docx.Document()
    table = file.add_table(rows, columns)
    for row, column, down, across, text in expected:
        cell = table.cell(row, column)
        if (down, across) != (1, 1):
            cell = cell.merge(table.cell(row + down - 1, column + across - 1))
        cell.text = text
    out = io.BytesIO()
    file.save(out)
    read = next(read_bytes(out.getvalue(), "随机.docx").tables())
    assert {(c.row, c.column, c.row_span, c.column_span, c.text) for c in read.cells} == expected
    assert (read.rows, read.columns) == (rows, columns)
