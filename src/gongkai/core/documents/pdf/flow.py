"""Lines outside tables: page headers and footers taken out, the rest joined into paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.core.documents.pdf.lines import Line, join, starts_item, wraps
from gongkai.core.documents.pdf.page import PageContent

_PAGE_NUMBER = re.compile(
    r"[\s—–\-－·.]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共]\s*(?:共\s*)?\d{1,4}\s*页?)?[\s—–\-－·.]*"
)
_MARGIN = 0.12  # of the page height, above and below
_INDENT = 0.8  # characters


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the running text of the document stands, in points."""

    left: float
    right: float


def take_running_lines(pages: Sequence[PageContent]) -> list[tuple[str, str, int]]:
    """Remove headers, footers and page numbers from the pages; part, text and page of each different one."""
    seen = Counter(key for page in pages for key in {_key(line, page) for line in _marginal(page)})
    taken: dict[tuple[str, str], int] = {}
    for page in pages:
        for line in _marginal(page):
            repeated = seen[_key(line, page)] >= max(2, len(pages) // 2)
            is_number = _PAGE_NUMBER.fullmatch(line.text) is not None
            if repeated or is_number:
                page.lines.remove(line)
                part = "header" if line.top < page.height / 2 else "footer"
                if not is_number:
                    taken.setdefault((part, line.text), page.number)
    return [(part, text, number) for (part, text), number in taken.items()]


def _marginal(page: PageContent) -> list[Line]:
    edge = page.height * _MARGIN
    return [line for line in page.lines if line.bottom < edge or line.top > page.height - edge]


def _key(line: Line, page: PageContent) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.top / 4)


def margins(pages: Sequence[PageContent]) -> Margins:
    """The outermost positions of text, by the widest lines."""
    every = [line for page in pages for line in page.lines]
    if not every:
        return Margins(0, 0)
    return Margins(min(line.x0 for line in every), max(line.x1 for line in every))


def follows(before: Line, line: Line, its: Margins, *, same_page: bool) -> bool:
    """`line` goes on with the paragraph of `before`."""
    indented = line.x0 - its.left > _INDENT * line.size
    sizes = abs(before.size - line.size) < 0.15 * line.size
    near = not same_page or line.top - before.bottom < 1.2 * line.size
    return sizes and near and not indented and not starts_item(line.text) and wraps(its.right - before.x1, line)


@dataclass(slots=True)
class Collected:
    """A paragraph being put together over lines and pages."""

    text: str
    page: int
    last: Line
    last_page: int

    def add(self, line: Line, page: int) -> None:
        self.text = join(self.text, line.text)
        self.last, self.last_page = line, page
