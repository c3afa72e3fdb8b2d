"""HTML of a clipboard, read into pieces: Word and WPS say much that is no text, and hide lists in paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.core.documents import Visibility
from gongkai.core.documents.builder import Run as Shown
from gongkai.core.documents.html import Page, check_depth
from gongkai.core.documents.html_table import children, is_hidden, read_table
from gongkai.core.pasting.carried import MOST, of_element
from gongkai.core.pasting.model import Carried, Line, Pasted, Picture, Piece, Run
from gongkai.core.pasting.notes import notes_of
from gongkai.core.pasting.numbering import settle
from gongkai.core.pasting.runs import look_of, tidy
from gongkai.core.pasting.tables import table_of
from gongkai.core.pasting.writing import write

_DROPPED = {"head", "style", "script", "title", "meta", "link", "xml", "noscript", "template", "o:p", "w:sdtpr", "svg"}
_PICTURES = {"img", "v:imagedata", "v:shape", "picture", "object", "embed", "iframe", "video", "audio"}
_BLOCKS = re.compile(
    r"p|div|h[1-6]|[ou]l|li|d[dlt]|blockquote|pre|section|article|center|body|html|address|figure|figcaption|main|header|footer"
)
_HEADINGS = {"h1": "h2", "h2": "h3", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_LIST = re.compile(r"mso-list:\s*l\d+\s+level(\d+)", re.IGNORECASE)
_LABEL = re.compile(r"mso-list:\s*Ignore", re.IGNORECASE)
_UNSEEN = re.compile(r"mso-hide:\s*all", re.IGNORECASE)
_COMMENT = re.compile(r"mso-element:\s*comment|mso-special-character:\s*comment", re.IGNORECASE)
_COMMENTS = ("msocommentreference", "msocomanchor", "msocomtxt")
_LETTERED = {"a": "abcdefghijklmnopqrstuvwxyz", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def clean(html: str, *, addresses: bool = False) -> Pasted:
    """The text of a clipboard; `DocumentError` when it cannot be taken over.

    addresses: pictures of which only the address is there come along as well; whoever asks can find them.
    """
    check_depth(html)
    walk = _Walk(addresses)
    root = LexborHTMLParser(html).body
    if root is not None:
        walk.children(root, Run(""), 0)
    walk.end()
    return Pasted(write(settle(walk.pieces)), notes_of(walk.left_out), tuple(walk.pictures))


@dataclass(slots=True)
class _Walk:
    """The paragraph being collected, and what is finished. A picture within a paragraph stands behind it."""

    addresses: bool
    pieces: list[Piece] = field(default_factory=list)
    line: Line = field(default_factory=Line)
    left_out: Counter[str] = field(default_factory=Counter)
    pictures: list[Carried] = field(default_factory=list)
    behind: list[Picture] = field(default_factory=list)

    def end(self) -> None:
        self.line.runs = tidy(self.line.runs, plain=self.line.tag != "p")
        if self.line.runs:
            self.pieces.append(self.line)
        self.pieces += self.behind
        self.line, self.behind = Line(), []

    def children(self, node: LexborNode, look: Run, depth: int) -> None:
        number = _start(node)
        for child in children(node):
            tag = child.tag or ""
            if tag == "li":
                self.end()
                self.line = Line(label=_counted(node, number), level=max(depth, 1))
                number += 1
            self.node(child, tag, look, depth)

    def node(self, node: LexborNode, tag: str, look: Run, depth: int) -> None:
        if tag == "-text":
            self.line.runs.append(replace(look, text=node.text_content or ""))
        elif tag in _DROPPED or tag.startswith("-") or self._takes(node, tag) or self._is_left_out(node, tag):
            return
        elif tag == "br":
            self.line.runs.append(replace(look, text="\0"))  # apart from the line breaks of the source
        elif tag == "hr":
            self.end()
            self.pieces.append(Line(tag="hr"))
        elif tag == "table":
            self._table(node)
        elif _BLOCKS.fullmatch(tag):
            self._block(node, tag, look, depth)
        else:
            self.children(node, look_of(node, tag, look), depth)

    def _takes(self, node: LexborNode, tag: str) -> bool:
        """Whether it is a picture that comes along."""
        if tag != "img" or len(self.pictures) == MOST:
            return False
        carried = of_element(node, addresses=self.addresses)
        if carried is None or is_hidden(node):
            return False
        self.behind.append(Picture(len(self.pictures)))
        self.pictures.append(carried)
        return True

    def _is_left_out(self, node: LexborNode, tag: str) -> bool:
        """Whether it is nothing to be taken over; what a reader would miss is counted."""
        style, kind = node.attributes.get("style") or "", node.attributes.get("class") or ""
        if _LABEL.search(style):
            self.line.label = "".join((node.text(deep=True) or "").split())
            return True
        what = (
            "picture" if tag in _PICTURES
            else "deleted" if tag == "del"
            else "comment" if _COMMENT.search(style) or kind.lower() in _COMMENTS
            else "hidden" if is_hidden(node) or _UNSEEN.search(style)
            else ""
        )  # fmt: skip
        self.left_out[what] += bool(what)
        return bool(what)

    def _block(self, node: LexborNode, tag: str, look: Run, depth: int) -> None:
        begun = bool(self.line.label) and not any(run.text.strip() for run in self.line.runs)
        if tag != "li" and not begun:  # a paragraph that begins an item is the item
            self.end()
        found = _LIST.search(node.attributes.get("style") or "")
        if found:
            self.line.level = int(found[1])
        if tag in _HEADINGS:
            self.line.tag = _HEADINGS[tag]
        self.children(node, look, depth + 1 if tag in ("ol", "ul") else depth)
        self.end()

    def _table(self, node: LexborNode) -> None:
        """One row or one column of boxes is a frame around text, and its text is read as such."""
        self.end()
        page = Page()
        grid = read_table(node, page.blocks, Visibility.VISIBLE)
        if min(grid.rows, grid.columns) <= 1:
            for cell in node.css("td, th"):
                if not _is_inside(cell, node):
                    self.children(cell, Run(""), 0)
                    self.end()
            return
        caption = next((child for child in children(node) if child.tag == "caption"), None)
        cells = [(cell.row, cell.column, _shown(cell.runs), cell.row_span, cell.column_span) for cell in grid.cells]
        self.pieces.append(table_of(cells, grid.rows, grid.header_rows, _flat(caption) if caption is not None else ""))
        self.left_out["picture"] += page.unread.get("图片", 0)
        self.left_out["link"] += len(node.css('a[href]:not([href^="#"])'))
        self.left_out["nested"] += len(node.css("table")) - 1


def _shown(runs: Sequence[Shown]) -> str:
    """Visible words of a cell; its paragraphs stay lines."""
    text = "".join(run.text for run in runs if run.visibility in (Visibility.VISIBLE, Visibility.INSERTED))
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())


def _flat(node: LexborNode) -> str:
    return " ".join(node.text(deep=True).split())


def _is_inside(cell: LexborNode, table: LexborNode) -> bool:
    """Whether the cell belongs to a table within the table."""
    above = cell.parent
    while above is not None and above.tag != "table":
        above = above.parent
    return above is not None and above.mem_id != table.mem_id


def _start(node: LexborNode) -> int:
    start = node.attributes.get("start") or "1" if node.tag == "ol" else "1"
    return int(start) if start.isascii() and start.isdigit() and len(start) < 4 else 1


def _counted(node: LexborNode, number: int) -> str:
    if node.tag != "ol":
        return "•"
    letters = _LETTERED.get(node.attributes.get("type") or "")
    return f"{letters[number - 1]}." if letters and number <= len(letters) else f"{number}."
