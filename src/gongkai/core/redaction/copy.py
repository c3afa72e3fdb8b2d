"""The door: a file -> a copy that may be published, proved by reading and screening it again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from gongkai.core.documents import Document, read_bytes
from gongkai.core.documents.reader import content_of
from gongkai.core.redaction.edits import Edit, edits, is_masked_here
from gongkai.core.redaction.model import Redaction, RedactionError
from gongkai.core.screening import Category, Finding, Screener, Severity, screen_document

_ROUNDS = 6  # a mask may bring a number beside it to light; more rounds than that is no progress
_REWRITERS = {
    "docx": "word",
    "xlsx": "sheet",
    "html": "web",
    "csv": "plain",
    "txt": "plain",
    "markdown": "plain",
    "pdf": "printed",
}
_OLD = {"doc": "Word（docx）", "rtf": "Word（docx）", "odf": "Word（docx）", "xls": "Excel（xlsx）"}
_SHOWN = 3  # findings named in an error


@dataclass(frozen=True, slots=True)
class _Rewriter:
    """How one kind of file is changed; a module of this package each.

    draws: it draws pages anew, and hidden text goes with the page, not stretch by stretch.
    """

    clean: Callable[[bytes], tuple[bytes, list[str]]]
    apply: Callable[[bytes, Document, list[Edit]], tuple[bytes, list[str]]]
    draws: bool


def redact(path: Path | str, screener: Screener) -> Redaction:
    """A clean copy of a file; RedactionError when none can be made, DocumentError when it cannot be read."""
    return redact_bytes(content_of(path), Path(path).name, screener)


def redact_bytes(data: bytes, name: str, screener: Screener) -> Redaction:
    """The same for a file's content; `name` is only used in messages."""
    document = read_bytes(data, name, whole=True)
    rewriter = _rewriter(document.kind, data, name)
    _refuse_secrets(name, screen_document(screener, document).findings)
    with _named(name):
        data, removed = rewriter.clean(data)
    masked: Counter[str] = Counter()
    drawn: tuple[Finding, ...] = ()  # what stays, as it was before the page became a picture and could not be read
    for _ in range(_ROUNDS):
        document = read_bytes(data, name, whole=True)
        screening = screen_document(screener, document)
        wanted = [finding for finding in screening.findings if is_masked_here(finding)]
        if not wanted:
            return Redaction(data, dict(masked), tuple(removed), drawn or screening.findings, screening.not_examined)
        if rewriter.draws:
            drawn = drawn or tuple(finding for finding in screening.findings if not is_masked_here(finding))
        stretches = [each for each in wanted if not (rewriter.draws and each.category is Category.HIDDEN_CONTENT)]
        with _named(name):
            changed, said = rewriter.apply(data, document, edits(document, stretches))
        if changed == data:
            break
        removed += said
        masked.update(finding.rule for finding in wanted)
        data = changed
    raise _stayed(name, tuple(wanted))


@contextmanager
def _named(name: str) -> Iterator[None]:
    """An error of a rewriter says of which file."""
    try:
        yield
    except RedactionError as error:
        raise RedactionError(f"{name}：{error}", error.remaining) from error


def _rewriter(kind: str, data: bytes, name: str) -> _Rewriter:
    if kind in _OLD:
        raise RedactionError(f"{name}：旧格式文件不能生成脱敏副本，请另存为 {_OLD[kind]} 后再试")
    if kind not in _REWRITERS or (kind == "xlsx" and b"xl/workbook.bin" in data):
        raise RedactionError(f"{name}：这种格式不能生成脱敏副本，请另存为 Word（docx）或 Excel（xlsx）后再试")
    module = import_module(f"gongkai.core.redaction.{_REWRITERS[kind]}")
    return _Rewriter(module.clean, module.apply, draws=kind == "pdf")


def _refuse_secrets(name: str, findings: tuple[Finding, ...]) -> None:
    """Masking settles nothing that may be secret: 保守国家秘密法 31(3); and a mark that is taken off deceives."""
    marks = tuple(
        finding
        for finding in findings
        if finding.category in (Category.STATE_SECRET, Category.WORK_SECRET)
        or (finding.category is Category.INTERNAL and finding.severity is Severity.BLOCK)
    )
    if marks:
        said = "、".join(dict.fromkeys(finding.message for finding in marks[:_SHOWN]))
        raise RedactionError(f"{name}：{said}，不能以脱敏代替保密审查，未生成副本；请交保密审查机构处理", marks)


def _stayed(name: str, remaining: tuple[Finding, ...]) -> RedactionError:
    said = "；".join(f"{finding.where or finding.start} {finding.message}".strip() for finding in remaining[:_SHOWN])
    more = f" 等{len(remaining)}处" if len(remaining) > _SHOWN else ""
    return RedactionError(f"{name}：脱敏后复查仍有“{said}”{more}，未生成副本；请在原软件中处理后再试", remaining)
