"""What a redaction says."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.core.screening import Category, Finding

_WORDING = (Category.TYPO, Category.LEXICON)


@dataclass(frozen=True, slots=True)
class Redaction:
    """A copy that was screened again.

    masked: how many stretches were masked, by rule.
    removed: what else was taken out, in words.
    left: findings that masking must not settle (wording, internal marks); a person decides.
    not_examined: what the copy holds but nobody could read, so that nothing is proved of it.
    """

    data: bytes
    masked: dict[str, int]
    removed: tuple[str, ...]
    left: tuple[Finding, ...]
    not_examined: tuple[str, ...]

    @property
    def wording(self) -> tuple[Finding, ...]:
        """Slips and outdated words that stay: the machine rewords nothing."""
        return tuple(finding for finding in self.left if finding.category in _WORDING)

    @property
    def unsettled(self) -> tuple[Finding, ...]:
        """What else stays, marks of internal papers above all: with any of these the copy is not clean."""
        return tuple(finding for finding in self.left if finding.category not in _WORDING)


class RedactionError(Exception):
    """No copy was made: `str()` is one line in Chinese that says why and what to do. remaining: what stayed."""

    def __init__(self, message: str, remaining: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.remaining = remaining
