"""Where stretches of the extracted text stand on the pages of a PDF: characters and their boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pypdfium2
from pypdfium2 import raw

from gongkai.core.redaction.edits import Edit, Piece

_MOST_CHARS = 200_000  # on one page, as the reader takes them
_LEAST = 4  # characters: a shorter stretch may be any other and is only looked for with what stands around it
_AROUND = (12, 6, 3)
_NO_CHARACTER = (0, 0xFFFE, 0xFFFF, 0xAD)

Box = tuple[float, float, float, float]


class PageText:
    """The characters of one page in the order in which they are drawn, without white space."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        text_page = page.get_textpage()
        try:
            found = list(_characters(text_page))
        finally:
            text_page.close()
        self.text = "".join(character for character, _ in found)
        self.boxes = [box for _, box in found]

    def find(self, wanted: str) -> Iterator[int]:
        at = self.text.find(wanted)
        while at >= 0:
            yield at
            at = self.text.find(wanted, at + 1)


def _characters(text_page: pypdfium2.PdfTextPage) -> Iterator[tuple[str, Box]]:
    high = 0
    for index in range(min(text_page.count_chars(), _MOST_CHARS)):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if 0xD800 <= code < 0xDC00:  # the first half of a character outside the basic plane
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code, high = 0x10000 + ((high - 0xD800 & 0x3FF) << 10) + (code - 0xDC00), 0
        if code in _NO_CHARACTER or chr(code).isspace() or raw.FPDFText_IsGenerated(text_page, index):
            continue
        loose, tight = text_page.get_charbox(index, loose=True), text_page.get_charbox(index)
        lows, highs = map(min, loose[:2], tight[:2]), map(max, loose[2:], tight[2:])
        yield chr(code), (*lows, *highs)


def located(
    pages: Sequence[PageText], pieces: Sequence[Piece], edits: Sequence[Edit], text: str
) -> dict[int, list[Box]] | None:
    """Page number (from 1) -> boxes to paint over; None when one edit is found nowhere.

    Every occurrence counts, on whatever page: what must not be read here must not be read there.
    """
    found: dict[int, list[Box]] = {}
    for edit in edits:
        own = _whole(pages, edit, text) or _by_pieces(pages, pieces, edit, text)
        if not own:
            return None
        for number, boxes in own:
            found.setdefault(number, []).extend(boxes)
    return found


Places = list[tuple[int, list[Box]]]


def _whole(pages: Sequence[PageText], edit: Edit, text: str) -> Places:
    """The stretch in one, with paint only where its new form hides something."""
    stretch = _squeezed(text[edit.start : edit.end])
    return _occurrences(pages, stretch, _hidden(stretch, _squeezed(edit.text))) if len(stretch) >= _LEAST else []


def _by_pieces(pages: Sequence[PageText], pieces: Sequence[Piece], edit: Edit, text: str) -> Places:
    """Line by line and cell by cell, each part with what stands around it; nothing when one part is not found."""
    found: Places = []
    for piece in pieces:
        start, end = max(edit.start, piece.start), min(edit.end, piece.end)
        part = _squeezed(text[start:end]) if start < end else ""
        if not part:
            continue
        whole = (start, end) == (edit.start, edit.end)
        hidden = _hidden(part, _squeezed(edit.text)) if whole else list(range(len(part)))
        before, after = _squeezed(piece.text[: start - piece.start]), _squeezed(piece.text[end - piece.start :])
        own = _with_surroundings(pages, part, before, after, hidden) or _in_two(pages, part)
        if not own:
            return []
        found += own
    return found


def _with_surroundings(pages: Sequence[PageText], part: str, before: str, after: str, hidden: list[int]) -> Places:
    for width in _AROUND:
        first = before[-width:]
        if own := _occurrences(pages, first + part + after[:width], [len(first) + at for at in hidden]):
            return own
    return _occurrences(pages, part, hidden) if len(part) >= _LEAST else []


def _in_two(pages: Sequence[PageText], part: str) -> Places:
    """Broken once, by the end of a page or of a line in a cell."""
    for at in range(_LEAST, len(part) - _LEAST + 1):
        first = _occurrences(pages, part[:at], list(range(at)))
        rest = _occurrences(pages, part[at:], list(range(len(part) - at))) if first else []
        if rest:
            return [*first, *rest]
    return []


def _occurrences(pages: Sequence[PageText], wanted: str, hidden: list[int]) -> Places:
    return [
        (number, [page.boxes[at + each] for each in hidden])
        for number, page in enumerate(pages, start=1)
        for at in page.find(wanted)
    ]


def _hidden(stretch: str, form: str) -> list[int]:
    """Which of the characters the new form does not show; all where it is not laid out like the old one."""
    if len(form) != len(stretch):
        return list(range(len(stretch)))
    return [at for at, (old, new) in enumerate(zip(stretch, form, strict=True)) if old != new]


def _squeezed(text: str) -> str:
    return "".join(character for character in text if not character.isspace() and ord(character) not in _NO_CHARACTER)
