"""What a PDF said before it was last saved: programs append the change and leave what was there before."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2

from gongkai.core.documents.model import Document, Place
from gongkai.core.documents.whole.gathering import Gathering

_END = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF")
_MOST_REVISIONS = 5
_MOST_PAGES = 1_000  # of all earlier revisions together


def earlier(data: bytes, document: Document, gathering: Gathering) -> None:
    """Gather the lines of earlier revisions that the file does not show any more."""
    ends = [match.end() for match in _END.finditer(data) if int(match[1])][:-1]  # 0: the first half of a fast web view
    if len(ends) > _MOST_REVISIONS:
        gathering.not_examined(
            f"较早保存的版本 {len(ends) - _MOST_REVISIONS} 个（数量过多，只读取最近的{_MOST_REVISIONS}个）"
        )
    known = _squeezed(document.text)
    left = _MOST_PAGES
    for end in reversed(ends[-_MOST_REVISIONS:]):
        try:
            file = pypdfium2.PdfDocument(data[:end])
        except pypdfium2.PdfiumError:
            gathering.not_examined("较早保存的版本（未能读取）")
            continue
        try:
            if len(file) > left:
                gathering.not_examined("较早保存的版本（页数过多）")
                continue
            left -= len(file)
            for number, line in _lines(file):
                if _squeezed(line) not in known:
                    gathering.part(line, "history", place=Place(page=number))
        finally:
            file.close()


def _lines(file: pypdfium2.PdfDocument) -> Iterator[tuple[int, str]]:
    for number in range(len(file)):
        page = file[number]
        text_page = page.get_textpage()
        try:
            text = text_page.get_text_range()
        finally:
            text_page.close()
            page.close()
        yield from ((number + 1, line.strip()) for line in text.splitlines() if line.strip())


def _squeezed(text: str) -> str:
    return "".join(text.split())
