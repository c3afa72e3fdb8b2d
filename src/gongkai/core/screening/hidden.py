"""What a reader of the printed file would not see, but everybody who opens it can: a finding whatever it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from gongkai.core.documents.places import describe
from gongkai.core.screening.model import Category, Finding, Severity

if TYPE_CHECKING:
    from gongkai.core.documents import Document, Place
    from gongkai.core.documents.model import Visibility

# Kind of hidden content -> what is said of it.
_KINDS = {
    "comment": ("批注", Severity.CONFIRM, "删除批注后再发布"),
    "deleted": ("修订痕迹中删除的内容", Severity.CONFIRM, "接受全部修订并关闭修订功能后再发布"),
    "annotation": ("注释", Severity.CONFIRM, "删除注释后再发布"),
    "attachment": ("内嵌附件", Severity.CONFIRM, "删除内嵌附件后再发布"),
    "embedded": ("嵌入对象", Severity.CONFIRM, "改为图片或文字后再发布"),
    "hidden": ("隐藏的文字、行、列或工作表", Severity.CONFIRM, "取消隐藏并核对，不需要的删除"),
}
# What every proper file has: no finding for being there, but what it says is screened like everything else.
_ORDINARY = frozenset({"alt", "bookmark", "field", "link", "markup", "properties", "remains", "script", "settings"})
_RULE = "hidden-content"


class _Piece(NamedTuple):
    """A stretch that is not plainly visible."""

    kind: str
    start: int
    end: int
    place: Place
    visibility: Visibility


def hidden_rules() -> list[tuple[str, str]]:
    """Rule ids of hidden content and what each says, for listings."""
    return [(f"{_RULE}-{kind}", f"文件含{name}") for kind, (name, _, _) in _KINDS.items()]


def hidden_findings(document: Document) -> Iterator[Finding]:
    """One finding for each stretch that is not plainly visible; neighbours of one kind on one sheet or page together.

    A hidden column of a thousand cells is one thing to decide.
    """
    for kind, group in groupby(_pieces(document), key=lambda piece: (piece.kind, piece.place.sheet, piece.place.page)):
        pieces = list(group)
        yield _finding(kind[0], pieces)


def _pieces(document: Document) -> Iterator[_Piece]:
    """Parts and spans that are not plainly visible, in order, each stretch once."""
    found: dict[tuple[int, int], _Piece] = {}
    for part in document.parts:
        if part.text.strip() and (kind := _kind(part.place, part.visibility)):
            end = part.start + len(part.text)
            found[part.start, end] = _Piece(kind, part.start, end, part.place, part.visibility)
    for span in document.spans:
        if span.end > span.start and (kind := _kind(span.place, span.visibility)):
            found.setdefault((span.start, span.end), _Piece(kind, span.start, span.end, span.place, span.visibility))
    return iter(sorted(found.values(), key=lambda piece: (piece.start, piece.end)))


def _kind(place: Place, visibility: Visibility) -> str:
    if place.part in ("comment", "annotation", "attachment", "embedded"):
        return place.part
    if place.part in _ORDINARY:
        return ""
    return visibility.value if visibility.value in ("deleted", "hidden") else ""


def _finding(kind: str, pieces: Sequence[_Piece]) -> Finding:
    name, severity, suggestion = _KINDS[kind]
    first = pieces[0]
    number = f"（{len(pieces)}处）" if len(pieces) > 1 else ""
    return Finding(
        f"{_RULE}-{kind}",
        Category.HIDDEN_CONTENT,
        severity,
        first.start,
        max(piece.end for piece in pieces),
        "",
        f"文件含{name}{number}，打开文件的人都能看到",
        suggestion,
        where=describe(first.place, first.visibility),
    )
