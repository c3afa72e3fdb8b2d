"""PDF files: ruled tables put together over page breaks, running text as paragraphs, annotations and properties."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import pdfplumber
import pypdfium2

from gongkai.core.documents.builder import Builder, RawCell, plain
from gongkai.core.documents.model import Document, DocumentError, Place, Visibility
from gongkai.core.documents.pdf.flow import Collected, Margins, follows, margins, take_running_lines
from gongkai.core.documents.pdf.grid import PdfGrid
from gongkai.core.documents.pdf.lines import Line
from gongkai.core.documents.pdf.page import PageContent, read_page
from gongkai.core.documents.pdf.stitch import continues, stitch

_MOST_PAGES = 1_000


def read(data: bytes, kind: str) -> Document:
    """Read a PDF with a text layer; pages that are pictures are named in `not_examined`."""
    builder = Builder()
    text_file = _open(data)
    try:
        count = len(text_file)
        if count > _MOST_PAGES:
            raise DocumentError(f"共 {count} 页，超过上限 {_MOST_PAGES} 页，请拆分后再试")
        with warnings.catch_warnings(), pdfplumber.open(io.BytesIO(data)) as ruled_file:
            warnings.simplefilter("ignore")
            pages = []
            for number, ruled in enumerate(ruled_file.pages[:count], start=1):
                pages.append(read_page(number, text_file[number - 1], ruled))
                _annotations(builder, ruled, number)
                ruled.close()
        running = take_running_lines(pages)
        _emit(builder, list(_blocks(pages)))
        for part, text, page in running:
            builder.part(text, Place(part=part, page=page))
        _rest(builder, text_file, pages)
    finally:
        text_file.close()
    return builder.build(kind)


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError("PDF 已加密，请用密码打开并去除密码后再上传") from error
        raise DocumentError("PDF 不完整或已损坏，请重新导出后再试") from error


def _blocks(pages: list[PageContent]) -> Iterator[Collected | PdfGrid]:
    """Paragraphs and tables in reading order, both joined over page breaks."""
    its = margins(pages)
    current: Collected | PdfGrid | None = None
    for page in pages:
        pieces: list[Line | PdfGrid] = sorted([*page.lines, *page.grids], key=lambda piece: piece.top)
        for piece in pieces:
            if current is not None and _taken_up(current, piece, page.number, its):
                continue
            if current is not None:
                yield current
            current = Collected(piece.text, page.number, piece, page.number) if isinstance(piece, Line) else piece
    if current is not None:
        yield current


def _taken_up(block: Collected | PdfGrid, piece: Line | PdfGrid, page: int, its: Margins) -> bool:
    """Join `piece` to the block before it where it continues it."""
    match block, piece:
        case PdfGrid(), PdfGrid() if block.page == page - 1 and continues(block, piece):
            stitch(block, piece)
        case Collected(), Line() if follows(block.last, piece, its, same_page=block.last_page == page):
            block.add(piece, page)
        case _:
            return False
    return True


def _emit(builder: Builder, blocks: list[Collected | PdfGrid]) -> None:
    number = 0
    for block in blocks:
        if isinstance(block, PdfGrid):
            cells = [RawCell(c.row, c.column, plain(c.text), c.row_span, c.column_span) for c in block.cells]
            builder.table(cells, block.rows, len(block.edges) - 1, Place(page=block.first_page))
        else:
            number += 1
            builder.paragraph(plain(block.text), Place(page=block.page, paragraph=number))


def _annotations(builder: Builder, page: pdfplumber.page.Page, number: int) -> None:
    for annotation in page.annots:
        text, author = annotation.get("contents"), annotation.get("title")
        if text:
            place = Place(part="annotation", page=number)
            builder.part(str(text), place, Visibility.HIDDEN, str(author or ""))


def _rest(builder: Builder, text_file: pypdfium2.PdfDocument, pages: list[PageContent]) -> None:
    for name, value in text_file.get_metadata_dict().items():
        if value:
            builder.property(name, value)
    pictures = [str(page.number) for page in pages if page.is_picture]
    if pictures:
        builder.not_examined(f"第 {'、'.join(pictures)} 页是扫描图像，没有文字层（未识别图中文字）")
    if text_file.count_attachments():
        builder.not_examined(f"附件 {text_file.count_attachments()} 个")
