"""What a redaction says."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.core.screening import Finding


@dataclass(frozen=True, slots=True)
class Redaction:
    """A copy that was screened again and is clean.

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


class RedactionError(Exception):
    """No copy was made: `str()` is one line in Chinese that says why and what to do. remaining: what stayed."""

    def __init__(self, message: str, remaining: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.remaining = remaining
