"""The real notices: the same grid whatever the format."""

from __future__ import annotations

import io
import shutil
import subprocess

import openpyxl
import pytest
import weasyprint

from gongkai.core.documents import read, read_bytes


@pytest.fixture(scope="module")
def seed(shared):
    return read(shared / "seed" / "notice.docx")


def grid(document):
    tables = list(document.tables())
    assert len(tables) == 1
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in tables[0].cells]


def as_html(document) -> str:
    table = next(document.tables())
    rows = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append(f"<td rowspan={cell.row_span} colspan={cell.column_span}>{cell.text}</td>")
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return "".join(f"<p>{one.text}</p>" for one in document.paragraphs()) + f"<table>{body}</table>"


def test_the_seed_has_its_shape(seed, whole):
    table = next(whole(seed).tables())
    assert (table.rows, table.columns) == (45, 6)
    assert [cell.text for cell in table.cells if cell.row == 0] == [
        "序号",
        "任务名称",
        "具体内容",
        "责任单位",
        "完成时限",
    ]
    assert [cell.row_span for cell in table.cells if cell.column == 0 and cell.row] == [
        1,
        6,
        7,
        5,
        4,
        2,
        3,
        4,
        4,
        2,
        2,
        2,
        2,
    ]
    assert [cell.row_span for cell in table.cells if cell.column == 1 and cell.row] == [19, 19, 2, 4]
    items = [cell.text for cell in table.cells if cell.column == 3 and cell.row]
    assert [text.startswith(f"（{number}）") for number, text in enumerate(items, 1)] == [True] * 44


def test_the_text_as_given_has_the_same_cells(seed, shared, whole):
    text = whole(read(shared / "seed" / "notice.txt"))
    table = next(text.tables())
    assert (table.rows, table.columns) == (45, 6)
    assert [len([c for c in table.cells if c.row == row]) for row in range(45)] == [5] + [6] * 44
    given = {cell.text.replace("\n", "") for cell in table.cells if cell.text}
    assert given == {cell.text for cell in next(seed.tables()).cells}
    assert [one.text.strip() for one in text.paragraphs()] == [one.text for one in seed.paragraphs()]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_seed_as_a_page(seed, whole, encoding):
    page = f"<html><meta charset={encoding}>{as_html(seed)}"
    assert grid(whole(read_bytes(page.encode(encoding)))) == grid(seed)


def test_the_seed_as_a_workbook(seed, whole):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["任务分解表"])
    for row, column, down, across, text in grid(seed):
        sheet.cell(row + 2, column + 1, text)
        if down * across > 1:
            sheet.merge_cells(
                start_row=row + 2, end_row=row + 1 + down, start_column=column + 1, end_column=column + across
            )
    out = io.BytesIO()
    workbook.save(out)
    assert grid(whole(read_bytes(out.getvalue()))) == grid(seed)


@pytest.mark.slow
@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_the_seed_as_a_pdf(seed, whole, orientation):
    style = f"<style>@page {{size: A4 {orientation}}} body {{font: 11pt 'Noto Sans CJK SC'}} table {{border-collapse: collapse}} td {{border: 1px solid; padding: 3pt}}</style>"
    document = whole(read_bytes(weasyprint.HTML(string=style + as_html(seed)).write_pdf()))
    assert grid(document) == grid(seed)
    assert [one.text for one in document.paragraphs()] == [one.text for one in seed.paragraphs()]


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_seed_printed_by_an_office(seed, shared, whole, tmp_path):
    profile = f"-env:UserInstallation={(tmp_path / 'p').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", str(shared / "seed" / "notice.docx")]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    document = whole(read(tmp_path / "notice.pdf"))
    assert grid(document) == grid(seed)


def test_another_notice_reads_the_same_as_docx_and_as_page(shared, whole):
    folder = shared / "samples" / "notices"
    word, page = whole(read(folder / "pingtan_2022.docx")), whole(read(folder / "pingtan_2022.html"))
    assert grid(word) == grid(page)
    table = next(word.tables())
    assert (table.rows, table.columns) == (19, 4)
    assert "区经济发展局\n区行政审批局" in {cell.text for cell in table.cells}


def test_every_sample_reads(shared, whole):
    paths = [path for path in (shared / "samples").rglob("*") if path.suffix in (".txt", ".html", ".docx", ".tsv")]
    assert len(paths) > 15
    for path in paths:
        assert whole(read(path)).text.strip(), path.name
