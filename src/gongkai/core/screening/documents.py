"""A `Document` -> findings with their place, hidden content, and what could not be examined."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gongkai.core.screening.model import Finding

if TYPE_CHECKING:
    from gongkai.core.documents import Document
    from gongkai.core.screening.engine import Screener


@dataclass(frozen=True, slots=True)
class Screening:
    """What was found in a document, sorted by offset into `Document.text`, and what in it was not examined."""

    findings: tuple[Finding, ...]
    not_examined: tuple[str, ...] = ()


def screen_document(screener: Screener, document: Document) -> Screening:
    """Screen everything a document says, hidden parts too."""
    found = [replace(finding, where="") for finding in screener.screen(document.text)]
    return Screening(tuple(found), document.not_examined)
