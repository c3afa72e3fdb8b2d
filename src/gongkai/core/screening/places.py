"""Offsets -> words for where they are: the nearest paragraph, cell or part before them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from gongkai.core.documents.places import describe

if TYPE_CHECKING:
    from gongkai.core.documents import Document


class Places:
    """The places of one document, sorted by where they begin."""

    def __init__(self, document: Document) -> None:
        entries = [(paragraph.start, describe(paragraph.place)) for paragraph in document.paragraphs()]
        entries += [(cell.start, describe(cell.place)) for table in document.tables() for cell in table.cells]
        entries += [(part.start, describe(part.place, part.visibility)) for part in document.parts]
        entries.sort(key=lambda entry: entry[0])
        self._starts = [start for start, _ in entries]
        self._words = [words for _, words in entries]

    def of(self, offset: int) -> str:
        """Where the offset is, in words; "" before everything."""
        index = bisect_right(self._starts, offset) - 1
        return self._words[index] if index >= 0 else ""
