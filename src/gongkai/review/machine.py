"""The machine's look at what is put forward: every text and every attachment, screened before any person reads it.

Nothing here writes. What it returns carries masked excerpts and keyed digests, never the stretch itself.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from gongkai.core.documents import DocumentError, read
from gongkai.core.screening import Category, Finding, Screener, Severity, screen_document
from gongkai.foundation import clock
from gongkai.foundation.registries import Reviewable
from gongkai.foundation.vault.blind import blind_indexes
from gongkai.review.digests import BLOCK, parts_of, sm3
from gongkai.review.rescreening.rules import county_of, screener_of, version_of

KEYED = "review.finding"  # purpose of the key under which stretches are digested
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
    """What the machine saw: of the content with this digest, under rules of this version."""

    digest: str
    version: str
    found: tuple[Found, ...]
    not_examined: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        return any(one.finding.severity == Severity.BLOCK for one in self.found)


def screener(county_id: int | None = None) -> Screener:
    """The rules and word lists in force today; of a county also its own lists."""
    return screener_of(county_id, clock.today())


def look(entry: Reviewable, candidate: Model) -> Look:
    """Screen everything of `candidate`: a record, or the draft of it that is put forward."""
    return look_by(screener(county_of(entry.body_id(candidate))), entry, candidate)


def look_by(rules: Screener, entry: Reviewable, candidate: Model) -> Look:
    """The same for one of many that fall under the same rules."""
    found = [one for label, text in texts_of(entry, candidate) for one in _in_text(rules, label, text)]
    missed: list[str] = []
    for label, file in entry.files(candidate) if entry.files else ():
        hits, unseen = _in_file(rules, label, file)
        found += hits
        missed += unseen
    return Look(sm3(entry.digest(candidate)), version_of(rules), tuple(found), tuple(missed))


def candidate_of(entry: Reviewable, subject: Model) -> Any:
    """The version of the record that is put forward."""
    return entry.candidate(subject) if entry.candidate else subject


def texts_of(entry: Reviewable, candidate: Model) -> Iterable[tuple[str, str]]:
    """The labelled plain texts that people and the machine read."""
    return entry.texts(candidate) if entry.texts else parts_of(entry.digest(candidate))


def _in_text(rules: Screener, label: str, text: str) -> Iterator[Found]:
    for finding in rules.screen(text):
        yield Found(label, False, finding, keyed(text[finding.start : finding.end]))


def _in_file(rules: Screener, label: str, file: FieldFile) -> tuple[list[Found], list[str]]:
    try:
        with on_disk(file) as path:
            document = read(path, whole=True)
    except (DocumentError, OSError) as error:
        return [], [_("%(file)s：%(why)s") % {"file": label, "why": error}]
    screening = screen_document(rules, document)
    hits = [
        Found(label, True, one, keyed(document.text[one.start : one.end] or one.rule)) for one in screening.findings
    ]
    return hits, [f"{label}：{one}" for one in screening.not_examined]


@contextlib.contextmanager
def on_disk(file: FieldFile) -> Iterator[Path]:
    """The file's path; of a storage without paths a copy that is removed afterwards."""
    try:
        yield Path(file.path)
        return
    except NotImplementedError:
        pass
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / Path(file.name or "file").name
        with file.open("rb") as source, copy.open("wb") as target:
            while block := source.read(BLOCK):
                target.write(block)
        yield copy


def masked(text: str) -> str:
    """A line for registers, mails and lists: what must not be written there stands in its accepted masked form."""
    shown, edge = text, len(text)
    for finding in sorted(screener().screen(text), key=lambda one: one.start, reverse=True):
        if finding.category in MASKED and finding.start < edge:  # of two that overlap both are masked
            stars, rest = finding.replacement or finding.masked or "＊＊＊", shown[min(finding.end, edge) :]
            edge = finding.start
            shown = shown[:edge] + stars + rest
    return shown


def keyed(stretch: str) -> str:
    """HMAC of the stretch under the newest key; full-width forms, case and spaces make no difference."""
    return next(iter(blind_indexes(stretch, KEYED)), "")
