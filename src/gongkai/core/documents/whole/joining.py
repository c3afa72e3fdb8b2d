"""Documents put into one: bodies first, then all that stands beside them, offsets and places kept right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gongkai.core.documents.model import Block, Document, Part, Place, Span, Table


def inside(document: Document, where: str) -> Document:
    """The document as part of another: `where` names it in words, in front of every place."""

    def within(place: Place) -> Place:
        return replace(place, inside=f"{where}中的{place.inside}" if place.inside else where)

    def block_within(block: Block) -> Block:
        if not isinstance(block, Table):
            return replace(block, place=within(block.place))
        cells = tuple(replace(cell, place=within(cell.place)) for cell in block.cells)
        return replace(block, cells=cells, place=within(block.place))

    return replace(
        document,
        blocks=tuple(map(block_within, document.blocks)),
        parts=tuple(replace(part, place=within(part.place)) for part in document.parts),
        spans=tuple(replace(span, place=within(span.place)) for span in document.spans),
        properties={},
        not_examined=tuple(f"{where}：{note}" for note in document.not_examined),
    )


def joined(main: Document, others: Sequence[Document]) -> Document:
    """`main` with the content of `others` behind its own; its properties and kind stay."""
    documents = [main, *others]
    bodies = [_body_end(document) for document in documents]
    beside = sum(bodies)
    texts: list[str] = []
    rest: list[str] = []
    blocks: list[Block] = []
    parts: list[Part] = []
    spans: list[Span] = []
    at = 0
    for document, end in zip(documents, bodies, strict=True):
        body_shift, beside_shift = at, beside - end
        texts.append(document.text[:end])
        rest.append(document.text[end:])
        blocks += (_moved(block, body_shift) for block in document.blocks)
        parts += (replace(part, start=part.start + beside_shift) for part in document.parts)
        for span in document.spans:
            shift = body_shift if span.start < end else beside_shift
            spans.append(replace(span, start=span.start + shift, end=span.end + shift))
        at += end
        beside += len(document.text) - end
    return replace(
        main,
        text="".join([*texts, *rest]),
        blocks=tuple(blocks),
        parts=tuple(parts),
        spans=tuple(spans),
        not_examined=tuple(dict.fromkeys(note for document in documents for note in document.not_examined)),
        has_macros=any(document.has_macros for document in documents),
    )


def without_notes(document: Document, beginnings: Iterable[str]) -> Document:
    """Without those lines of `not_examined` that have been examined after all."""
    done = tuple(beginnings)
    return replace(document, not_examined=tuple(n for n in document.not_examined if not n.startswith(done)))


def _body_end(document: Document) -> int:
    return min((part.start for part in document.parts), default=len(document.text))


def _moved(block: Block, shift: int) -> Block:
    if not shift:
        return block
    if not isinstance(block, Table):
        return replace(block, start=block.start + shift)
    return replace(block, cells=tuple(replace(cell, start=cell.start + shift) for cell in block.cells))
