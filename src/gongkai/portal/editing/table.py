"""表格 in the text editor: an entity of Draftail's whose data are its cells, stored as a plain HTML table.

The body stays one rich text, so that signing, screening, masking and searching need know nothing of tables. Cells hold
text and line breaks. What comes from the browser is only read as text and small numbers, never as HTML.
"""

from __future__ import annotations

from typing import Any

from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.contentstate_models import Block, Entity
from wagtail.admin.rich_text.converters.html_to_contentstate import AtomicBlockEntityElementHandler

TYPE = "TABLE"
MOST = 200  # rows or columns that one cell can cover


class TableHandler(AtomicBlockEntityElementHandler):
    """<table>: the entity; what stands inside is written into its data by the handlers below."""

    def create_entity(self, name: str, attrs: dict[str, str], state: Any, contentstate: Any) -> Entity:
        state.table = {"caption": "", "rows": []}
        return Entity(TYPE, "IMMUTABLE", state.table)

    def handle_endtag(self, name: str, state: Any, contentstate: Any) -> None:
        state.table = None


class RowHandler:
    def handle_starttag(self, name: str, attrs: Any, state: Any, contentstate: Any) -> None:
        state.table["rows"].append([])

    def handle_endtag(self, name: str, state: Any, contentstate: Any) -> None:
        pass


class TextHandler:
    """Cells and caption: their text is collected in a block that belongs to no content."""

    def handle_starttag(self, name: str, attrs: Any, state: Any, contentstate: Any) -> None:
        state.cell = dict(attrs)
        state.current_block = Block("unstyled")
        state.leading_whitespace = 0

    def handle_endtag(self, name: str, state: Any, contentstate: Any) -> None:
        text, state.current_block = state.current_block.text, None
        if name == "caption":
            state.table["caption"] = text
            return
        given = state.cell
        cell = {"text": text, "head": name == "th", "across": _span(given, "colspan"), "down": _span(given, "rowspan")}
        state.table["rows"][-1].append(cell)


def _span(given: dict[str, Any], name: str) -> int:
    value = str(given.get(name) or "1")
    return min(max(int(value), 1), MOST) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def stored(props: dict[str, Any]) -> Any:
    """The table as the body keeps it."""
    rows = [_row(row) for row in props.get("rows") or []]
    caption = str(props.get("caption") or "").strip()
    parts = [DOM.create_element("caption", {}, *_lines(caption)), *rows] if caption else rows
    return DOM.create_element("table", {}, *parts)


def _row(row: list[dict[str, Any]]) -> Any:
    return DOM.create_element("tr", {}, *[_cell(cell) for cell in row])


def _cell(cell: dict[str, Any]) -> Any:
    attributes: dict[str, str] = {"scope": "col"} if cell.get("head") else {}
    for name, key in (("colspan", "across"), ("rowspan", "down")):
        span = _span(cell, key)
        attributes |= {name: str(span)} if span > 1 else {}
    return DOM.create_element("th" if cell.get("head") else "td", attributes, *_lines(str(cell.get("text") or "")))


def _lines(text: str) -> list[Any]:
    lines = [line.strip() for line in text.strip().split("\n")]
    parts: list[Any] = [lines[0]]
    for line in lines[1:]:
        parts += [DOM.create_element("br"), line]
    return parts


RULE = {
    "from_database_format": {
        "table": TableHandler(),
        "tr": RowHandler(),
        "th": TextHandler(),
        "td": TextHandler(),
        "caption": TextHandler(),
    },
    "to_database_format": {"entity_decorators": {TYPE: stored}},
}
