"""PDF: ruled tables over page breaks, running text, what stands beside it, files that cannot be read."""

from __future__ import annotations

import io
import itertools

import pypdfium2
import pytest
import weasyprint
from PIL import Image

from gongkai.core.documents import DocumentError, read_bytes

STYLE = """<style>@page {{ size: A4 {orientation}; @top-center {{ content: "政务公开" }}
@bottom-center {{ content: "— " counter(page) " —" }} }}
body {{ font-family: "Noto Sans CJK SC"; font-size: 11pt }} table {{ border-collapse: collapse }}
td, th {{ border: 1px solid; padding: 3pt }}</style>"""
BODIES = "县发展和改革局、县经济科技信息化局、县财政局、县自然资源和规划局等县级部门；各乡镇人民政府、街道办事处"


def pdf(body: str, orientation: str = "portrait", **options) -> bytes:
    return weasyprint.HTML(string=STYLE.format(orientation=orientation) + body).write_pdf(**options)


def ledger(items: int) -> tuple[str, set]:
    """A ledger with a repeated heading and merged cells of four rows, and the cells that it should read as."""
    rows, cells = [], {(0, 0, 1, 1, "序号"), (0, 1, 1, 2, "任务名称"), (0, 3, 1, 1, "责任单位"), (0, 4, 1, 1, "时限")}
    for item in range(1, items + 1):
        left = ""
        if item % 4 == 1:
            span, group = min(4, items - item + 1), item // 4 + 1
            left = f"<td rowspan={span}>{group}</td><td rowspan={span}>任务{group}</td>"
            cells |= {(item, 0, span, 1, str(group)), (item, 1, span, 1, f"任务{group}")}
        text = f"（{item}）围绕“双减”和第{item}项重点任务，主动公开政策、实施情况及2023年进展"
        rows.append(f"<tr>{left}<td>{text}</td><td>{BODIES}</td><td>全年</td></tr>")
        cells |= {(item, 2, 1, 1, text), (item, 3, 1, 1, BODIES), (item, 4, 1, 1, "全年")}
    head = "<thead><tr><td>序号<td colspan=2>任务名称<td>责任单位<td>时限</tr></thead>"
    return f"<table>{head}{''.join(rows)}</table>", cells


@pytest.mark.slow
@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_a_ledger_over_many_pages_is_one_table(whole, orientation):
    markup, cells = ledger(40)
    data = pdf(f"<p>前言</p>{markup}<p>后记</p>", orientation)
    assert len(pypdfium2.PdfDocument(data)) >= 3
    document = whole(read_bytes(data, "a.pdf"))
    assert document.kind == "pdf"
    tables = list(document.tables())
    assert [(table.rows, table.columns) for table in tables] == [(41, 5)]
    assert {(c.row, c.column, c.row_span, c.column_span, c.text) for c in tables[0].cells} == cells
    assert [one.text for one in document.paragraphs()] == ["前言", "后记"]
    assert [(part.text, part.place.part) for part in document.parts if part.place.part == "header"] == [
        ("政务公开", "header")
    ]


@pytest.mark.slow
@pytest.mark.parametrize("size", ["8.5pt", "11pt", "12pt", "13pt", "14pt"])
@pytest.mark.parametrize("css", ["", "td { vertical-align: middle } tr { break-inside: avoid }"])
def test_wherever_the_page_breaks(size, css):
    """Between two rows, inside one, and behind a strip of a row too low for its text."""
    markup, cells = ledger(24)
    style = f"<style>body {{ font-size: {size} }} {css}</style>"
    (table,) = read_bytes(pdf(style + markup, "landscape")).tables()
    assert {(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells} == cells


def test_two_tables_on_one_page_stay_two(whole):
    small = "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>"
    document = whole(read_bytes(pdf(f"{small}<p>中间</p>{small}")))
    assert [(table.rows, table.columns) for table in document.tables()] == [(2, 2), (2, 2)]
    assert [type(block).__name__ for block in document.blocks if getattr(block, "text", "") != "政务公开"] == [
        "Table",
        "Paragraph",
        "Table",
    ]


def test_wrapped_lines_join_and_paragraphs_stay_apart(whole):
    prose = [f"第{index}段。" + "各单位要认真对照任务分解表，建立工作台账，实时跟进推动。" * 7 for index in range(20)]
    markup = "".join(f"<p style='text-indent:2em;margin:0;text-align:justify'>{text}</p>" for text in prose)
    document = whole(read_bytes(pdf(f"<h1>关于印发要点的通知</h1>{markup}")))
    assert [one.text for one in document.paragraphs()] == ["关于印发要点的通知", *prose]
    assert [one.place.page for one in document.paragraphs()] == sorted(one.place.page for one in document.paragraphs())


@pytest.mark.parametrize("size", ["9pt", "10.5pt", "14pt"])
def test_numbers_in_cells_without_rulings_stay_apart(whole, size):
    numbers = ["11010519491231002X", "13812345678", "6217001234567890122"]
    row = "".join(f"<td style='padding: 0 1pt'>{number}</td>" for number in numbers)
    page = f"<table style='border-collapse: collapse; font-size: {size}'>{f'<tr>{row}</tr>' * 3}</table>"
    document = whole(read_bytes(weasyprint.HTML(string=page).write_pdf()))
    assert " ".join(one.text for one in document.paragraphs()).split() == numbers * 3


def test_numbers_set_wide_stay_whole(whole):
    page = "<p style='letter-spacing: 2pt'>电话13812345678，共2023件</p>"
    document = whole(read_bytes(weasyprint.HTML(string=page).write_pdf()))
    assert [one.text for one in document.paragraphs()] == ["电话13812345678，共2023件"]


def test_cells_keep_the_lines_their_author_broke(whole):
    document = whole(
        read_bytes(pdf("<table><tr><td style='width:9cm'>县财政局<br>县税务局<td>全年<tr><td>甲<td>乙</table>"))
    )
    assert next(document.tables()).cells[0].text == "县财政局\n县税务局"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_on_turned_pages_characters_and_rulings_stay_together(turn):
    file = pypdfium2.PdfDocument(pdf(ledger(3)[0], "landscape"))
    out, turned = io.BytesIO(), io.BytesIO()
    file.save(out)
    file[0].set_rotation(turn)
    file.save(turned)

    def printed(data: bytes) -> list[list[str]]:
        table = next(read_bytes(data).tables())
        return sorted(sorted("".join(cell.text.split())) for cell in table.cells)

    assert printed(turned.getvalue()) == printed(out.getvalue())


def test_properties_and_annotations(whole):
    markup = "<html><head><title>要点</title><meta name=author content=钱七></head><p>甲</p>"
    document = whole(read_bytes(pdf(markup)))
    assert document.properties["Title"] == "要点"
    assert document.properties["Author"] == "钱七"


def test_a_scanned_page_is_named(whole):
    out = io.BytesIO()
    Image.new("RGB", (200, 300), "white").save(out, "pdf")
    document = whole(read_bytes(out.getvalue(), "扫描.pdf"))
    assert not document.blocks
    assert document.not_examined == ("第 1 页是扫描图像，没有文字层（未识别图中文字）",)


ENCRYPTED = b"""%%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>> endobj
4 0 obj <</Filter/Standard/V 1/R 2/P -4/O<%b>/U<%b>>> endobj
trailer <</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>
""" % (b"41" * 32, b"42" * 32)


def test_an_encrypted_pdf_says_so():
    with pytest.raises(DocumentError, match="已加密"):
        read_bytes(ENCRYPTED, "密.pdf")


def test_truncated_and_damaged_files_raise_nothing_else():
    data = pdf(ledger(6)[0])
    for end, spoilt in itertools.product((len(data) // 3, len(data) // 2, len(data)), (0, 1)):
        cut = bytearray(data[:end])
        cut[end // 2 : end // 2 + 40 * spoilt] = b"\xff" * 40 * spoilt
        try:
            read_bytes(bytes(cut), "坏.pdf")
        except DocumentError as error:
            message = str(error)
            assert "\n" not in message
