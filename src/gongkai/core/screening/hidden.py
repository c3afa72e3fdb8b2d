"""What a reader of the printed file would not see, but everybody who opens it can: a finding whatever it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.core.screening.model import Category, Finding, Severity
from gongkai.core.screening.places import in_words

if TYPE_CHECKING:
    from gongkai.core.documents import Document, Place
    from gongkai.core.documents.model import Visibility

# Kind of hidden content -> what is said of it. Document properties are not among them: every file has some, and what
# they say is screened like everything else.
_KINDS = {
    "comment": ("批注", Severity.CONFIRM, "删除批注后再发布"),
    "deleted": ("修订痕迹中删除的内容", Severity.CONFIRM, "接受全部修订并关闭修订功能后再发布"),
    "annotation": ("注释", Severity.CONFIRM, "删除注释后再发布"),
    "attachment": ("内嵌附件", Severity.CONFIRM, "删除内嵌附件后再发布"),
    "embedded": ("嵌入对象", Severity.CONFIRM, "改为图片或文字后再发布"),
    "hidden": ("隐藏的文字、行、列或工作表", Severity.CONFIRM, "取消隐藏并核对，不需要的删除"),
}
_RULE = "hidden-content"


def hidden_rules() -> list[tuple[str, str]]:
    """Rule ids of hidden content and what each says, for listings."""
    return [(f"{_RULE}-{kind}", f"文件含{name}") for kind, (name, _, _) in _KINDS.items()]


def hidden_findings(document: Document) -> Iterator[Finding]:
    """One finding for each part or stretch that is not plainly visible."""
    seen: set[tuple[int, int]] = set()
    for part in document.parts:
        kind = _kind(part.place, part.visibility)
        if kind and part.text.strip():
            seen.add((part.start, part.start + len(part.text)))
            yield _finding(kind, part.start, part.start + len(part.text), part.place, part.visibility)
    for span in document.spans:
        kind = _kind(span.place, span.visibility)
        if kind and (span.start, span.end) not in seen and span.end > span.start:
            yield _finding(kind, span.start, span.end, span.place, span.visibility)


def _kind(place: Place, visibility: Visibility) -> str:
    if place.part in ("comment", "annotation", "attachment", "embedded"):
        return place.part
    return visibility.value if visibility.value in ("deleted", "hidden") else ""


def _finding(kind: str, start: int, end: int, place: Place, visibility: Visibility) -> Finding:
    name, severity, suggestion = _KINDS[kind]
    return Finding(
        f"{_RULE}-{kind}",
        Category.HIDDEN_CONTENT,
        severity,
        start,
        end,
        "",
        f"文件含{name}，打开文件的人都能看到",
        suggestion,
        where=in_words(place, visibility),
    )
