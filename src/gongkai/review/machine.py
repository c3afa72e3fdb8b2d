"""The machine's look at what is put forward: every text and every attachment, screened before any person reads it.

Nothing here writes. What it returns carries masked excerpts and keyed digests, never the stretch itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from gongkai.core.documents import Document, DocumentError
from gongkai.core.screening import Category, Finding, Screener, Severity, screen_document, screen_text
from gongkai.foundation import clock
from gongkai.foundation.registries import Reviewable
from gongkai.review.digests import parts_of, sm3
from gongkai.review.files import read_file
from gongkai.review.fingerprints import keyed
from gongkai.review.rescreening.rules import county_of, screener_of, version_of
from gongkai.review.together import judge_together

MASKED = {Category.STATE_SECRET, Category.WORK_SECRET, Category.PERSONAL}


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with the part it stands in and the keyed digest of its stretch."""

    part: str
    in_file: bool
    finding: Finding
    keyed: str


@dataclass(frozen=True, slots=True)
class Look:
    """What the machine saw: of the content with this digest, under rules of this version.

    together: how the attached lists were judged together; empty when they were not.
    """

    digest: str
    version: str
    found: tuple[Found, ...]
    not_examined: tuple[str, ...] = ()
    together: dict[str, Any] = field(default_factory=dict)

    @property
    def stops(self) -> bool:
        return any(one.finding.severity == Severity.BLOCK for one in self.found)


def screener(county_id: int | None = None) -> Screener:
    """The rules and word lists in force today; of a county also its own lists."""
    return screener_of(county_id, clock.today())


def look(entry: Reviewable, candidate: Model, *, together: bool = False) -> Look:
    """Screen everything of `candidate`: a record, or the draft of it that is put forward.

    together: also judge attached lists, alone and with what is public already; rescreening, which looks at every
    record by itself, does not.
    """
    return look_by(screener(county_of(entry.body_id(candidate))), entry, candidate, together=together)


def look_by(rules: Screener, entry: Reviewable, candidate: Model, *, together: bool = False) -> Look:
    """The same for one of many that fall under the same rules."""
    found = [one for label, text in texts_of(entry, candidate) for one in _in_text(rules, label, text)]
    missed: list[str] = []
    documents: list[tuple[str, Document]] = []
    for label, file in entry.files(candidate) if entry.files else ():
        try:
            document = read_file(file)
        except (DocumentError, OSError) as error:
            missed.append(_("%(file)s：%(why)s") % {"file": label, "why": error})
            continue
        screening = screen_document(rules, document)
        found += [Found(label, True, one, _keyed_in(document, one)) for one in screening.findings]
        missed += [f"{label}：{one}" for one in screening.not_examined]
        documents.append((label, document))
    told: dict[str, Any] = {}
    if together:
        judged = judge_together(entry, candidate, documents)
        found += [Found(label, True, one, _keyed_list(document, one)) for label, document, one in judged.found]
        missed += judged.not_examined
        told = judged.told
    return Look(sm3(entry.digest(candidate)), version_of(rules), tuple(found), tuple(missed), told)


def candidate_of(entry: Reviewable, subject: Model) -> Any:
    """The version of the record that is put forward."""
    return entry.candidate(subject) if entry.candidate else subject


def texts_of(entry: Reviewable, candidate: Model) -> Iterable[tuple[str, str]]:
    """The labelled plain texts that people and the machine read."""
    return entry.texts(candidate) if entry.texts else parts_of(entry.digest(candidate))


def _in_text(rules: Screener, label: str, text: str) -> Iterator[Found]:
    for finding in screen_text(rules, text):
        yield Found(label, False, finding, keyed(text[finding.start : finding.end]))


def _keyed_in(document: Document, finding: Finding) -> str:
    return keyed(document.text[finding.start : finding.end] or finding.rule)


def _keyed_list(document: Document, finding: Finding) -> str:
    """What is said of a list counts as well as the row it is said at: with more people in it, it is decided anew."""
    return keyed(f"{finding.message}{document.text[finding.start : finding.end]}")


def masked(text: str) -> str:
    """A line for registers, mails and lists: what must not be written there stands in its accepted masked form."""
    return masked_by(screener().screen(text), text)


def masked_by(findings: Iterable[Finding], text: str) -> str:
    """The same for a line that has been screened already."""
    shown, edge = text, len(text)
    for finding in sorted(findings, key=lambda one: one.start, reverse=True):
        if finding.category in MASKED and finding.start < edge:  # of two that overlap both are masked
            stars, rest = finding.replacement or finding.masked or "＊＊＊", shown[min(finding.end, edge) :]
            edge = finding.start
            shown = shown[:edge] + stars + rest
    return shown
