"""What screening says: one `Finding` for each suspicious stretch of text. The machine suspects; a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """What kind of trouble it would be if the text were published."""

    STATE_SECRET = "state-secret"  # noqa: S105
    WORK_SECRET = "work-secret"  # noqa: S105
    INTERNAL = "internal"
    PERSONAL = "personal"
    LEXICON = "lexicon"
    TYPO = "typo"
    HIDDEN_CONTENT = "hidden-content"
    AGGREGATION = "aggregation"


class Severity(StrEnum):
    """What must happen before publishing: nothing passes a block, a person decides a confirm, a hint is shown."""

    BLOCK = "block"
    CONFIRM = "confirm"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One suspicious stretch.

    rule: id of the rule that spoke, as `gongkai screen --list-rules` prints it.
    start, end: code points of the screened text; equal for something that has no text of its own (an embedded object).
    masked: the stretch as registers and logs may show it, never with its secret; "" when nothing of it may be shown.
    replacement: the accepted form that may stand in its place (`138****1234`), None when it must be rewritten by hand.
    where: page, paragraph, sheet!cell, header, comment, tracked change, in words; "" for plain text.
    """

    rule: str
    category: Category
    severity: Severity
    start: int
    end: int
    masked: str
    message: str
    suggestion: str
    replacement: str | None = None
    where: str = ""
