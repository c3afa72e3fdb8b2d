"""Web pages: paragraphs and tables with spans, hidden elements kept beside the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.core.documents.builder import Builder, Run, plain, visible_text
from gongkai.core.documents.draft import Grid, Para, emit
from gongkai.core.documents.html_table import children, is_hidden, read_table
from gongkai.core.documents.model import Document, DocumentError, Place, Visibility

_DROPPED = {"script", "style", "noscript", "template", "head", "svg", "math", "audio", "video", "canvas", "datalist"}
_UNREAD = {"img": "图片", "iframe": "内嵌页面", "object": "嵌入对象", "embed": "嵌入对象", "frame": "内嵌页面"}
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|center|d[dlt]|details|dialog|div|fieldset|figcaption|figure|footer|"
    "form|h[1-6]|header|hr|html|legend|li|main|nav|[ou]l|p|pre|section|summary"
)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_CJK = r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
_BROKEN_LINE = re.compile(rf"(?<={_CJK})[ \t\r\f]*\n[ \t\n\r\f]*(?={_CJK})")  # a line break in the source only


_DEEPEST = 1_000  # open elements; parsing takes the square of the depth
# Elements that nest: not the void ones, nor those that the next of their kind closes.
_NESTING = re.compile(
    r"<(/?)(?!(?:area|base|br|col|dd|dt|embed|hr|img|input|li|link|meta|option|p|param|source|t[dhr]|tbody|wbr)\b)[a-z]",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Flow:
    """The paragraph being collected, and what is finished."""

    done: list[Para | Grid] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    label: str = ""
    level: int | None = None

    def flush(self) -> None:
        if self.runs:
            runs = _trim(self.runs)
            label = self.label if visible_text(runs) else ""
            if any(run.text.strip() for run in runs):
                self.done.append(Para(runs, label, self.level))
            self.label = "" if label else self.label
        self.runs = []


class Page:
    """Walks the tree of one page."""

    def __init__(self) -> None:
        self.unread: dict[str, int] = {}

    def blocks(self, node: LexborNode, outer: Visibility = Visibility.VISIBLE) -> list[Para | Grid]:
        """The content of `node` as paragraphs and tables."""
        flow = _Flow()
        self._children(node, flow, outer)
        flow.flush()
        return flow.done

    def _children(self, node: LexborNode, flow: _Flow, outer: Visibility) -> None:
        items = 0
        for child in children(node):
            tag = child.tag or ""
            if tag == "li" and node.tag == "ol":
                items += 1
                flow.flush()
                flow.label = f"{_first(node) + items - 1}."
            self._node(child, tag, flow, Visibility.HIDDEN if is_hidden(child) else outer)

    def _node(self, node: LexborNode, tag: str, flow: _Flow, outer: Visibility) -> None:
        if tag == "-text":
            flow.runs += _text(node, outer)
        elif tag in _UNREAD:
            self.unread[_UNREAD[tag]] = self.unread.get(_UNREAD[tag], 0) + 1
        elif tag == "br":
            flow.flush()
        elif tag == "table":
            flow.flush()
            above = flow.done[-1] if flow.done else None
            flow.done += self._table(node, outer, above.columns if isinstance(above, Grid) else 0)
        elif _BLOCK.fullmatch(tag):
            flow.flush()
            flow.level = int(tag[1]) if tag in ("h1", "h2", "h3", "h4", "h5", "h6") else flow.level
            self._children(node, flow, outer)
            flow.flush()
            flow.level = None if tag[:1] == "h" else flow.level
        elif tag not in _DROPPED and not tag.startswith("-"):
            self._children(node, flow, outer)

    def _table(self, node: LexborNode, outer: Visibility, above: int) -> Iterator[Para | Grid]:
        """`above`: how many columns the table right before it has; a single row of as many goes on with that one."""
        for caption in (child for child in children(node) if child.tag == "caption"):
            yield from self.blocks(caption, outer)
        grid = read_table(node, self.blocks, outer)
        if min(grid.rows, grid.columns) > 1 or (grid.rows == 1 and grid.columns == above > 1):
            yield grid
            return
        for content in grid.inner:  # a single row or column of boxes is no table
            yield from content
        yield from (Para(runs) for runs in grid.aside)


def read(text: str) -> Document:
    """Read decoded HTML."""
    check_depth(text)
    tree = LexborHTMLParser(text)
    builder = Builder()
    page = Page()
    if tree.root is not None:
        emit(builder, page.blocks(tree.root), Place())
    title = tree.css_first("head > title")
    if title is not None:
        builder.property("title", title.text())
    for meta in tree.css("head > meta[name][content]"):
        name = str(meta.attributes["name"]).lower()
        if name not in ("viewport", "renderer", "generator"):
            builder.property(name, meta.attributes["content"] or "")
    for what, number in page.unread.items():
        builder.not_examined(f"{what} {number} 处（未识别其中文字）")
    return builder.build("html")


def check_depth(text: str) -> None:
    depth = 0
    for tag in _NESTING.finditer(text):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _DEEPEST:
            raise DocumentError("网页标签嵌套过深，已停止读取，请另存为 Word 或文本后再试")


def _first(node: LexborNode) -> int:
    start = node.attributes.get("start") or "1"
    return int(start) if start.lstrip("-").isdecimal() else 1


def _text(node: LexborNode, visibility: Visibility) -> list[Run]:
    text = node.text_content or ""
    parent = node.parent
    if parent is not None and parent.tag == "pre":
        return plain(text) if visibility is Visibility.VISIBLE else [Run(text, visibility)]
    text = _SPACE.sub(" ", _BROKEN_LINE.sub("", text))
    return [Run(text, visibility)] if text else []


def _trim(runs: list[Run]) -> list[Run]:
    """Without white space at the ends of the visible text, and without doubled spaces where runs meet."""
    kept: list[Run] = []
    space = True
    for run in runs:
        text = run.text
        if run.visibility is Visibility.VISIBLE:
            text = text.lstrip() if not visible_text(kept) else text.lstrip(" ") if space else text
            space = text.endswith(" ") if text else space
        if text:
            kept.append(Run(text, run.visibility))
    for index in range(len(kept) - 1, -1, -1):
        if kept[index].visibility is Visibility.VISIBLE:
            kept[index] = Run(kept[index].text.rstrip())
            if kept[index].text:
                break
    return kept
