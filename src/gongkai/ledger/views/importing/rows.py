"""The rows of the review screen: what is printed, what was read, what is doubtful, what would change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongkai.bodies.models import Body
from gongkai.ledger.importing.diff import Line, Status
from gongkai.ledger.importing.entries import Entry
from gongkai.ledger.importing.findings import Issue
from gongkai.ledger.importing.review import Review
from gongkai.ledger.models import Item, Origin, Recurrence, Role


@dataclass(frozen=True, slots=True)
class Selected:
    """A selector and the bodies it stands for; rows point to the one list of them."""

    anchor: str
    expression: str
    bodies: list[Body]


@dataclass(slots=True)
class Shown:
    """One row as the template prints it."""

    row: Entry | None
    item: Item | None
    status: Status | None
    line: Line | None
    printed: SafeString | str = ""
    printed_bodies: SafeString | str = ""
    named: list[tuple[str, list[str]]] = field(default_factory=list)
    selected: list[Selected] = field(default_factory=list)
    added: list[Body] = field(default_factory=list)
    unknown: tuple[str, ...] = ()
    issues: list[Issue] = field(default_factory=list)
    total: int = 0

    @property
    def key(self) -> str:
        return self.row.key if self.row else self.item.key if self.item else ""

    @property
    def recurrence(self) -> str:
        return str(Recurrence(self.row.recurrence).label) if self.row and self.row.recurrence else ""

    @property
    def open_issues(self) -> list[Issue]:
        return [each for each in self.issues if each.is_open]

    @property
    def waits(self) -> bool:
        """Whether a person has something to decide here."""
        return bool(self.row and not self.row.dropped and (self.unknown or self.open_issues))


def shown_rows(review: Review) -> list[Shown]:
    """Every row in the notice's order, then the items that a correction removes."""
    selectors = {each.expression: each for each in selectors_of(review)}
    issues: dict[str, list[Issue]] = defaultdict(list)
    for each in review.proposal.issues:
        issues[each.key].append(each)
    lines = {line.entry.key: line for line in review.lines if line.entry}
    rows = [_shown(review, row, lines.get(row.key), issues[row.key], selectors) for row in review.proposal.rows]
    removed = [line for line in review.lines if line.status is Status.REMOVED]
    return rows + [Shown(None, line.item, line.status, line) for line in removed]


def selectors_of(review: Review) -> list[Selected]:
    """The distinct selectors of the rows to be imported, each with its bodies."""
    found: dict[str, list[Body]] = {}
    for row in review.proposal.kept:
        for expression in row.selectors:
            found.setdefault(expression, review.proposal.register.resolve(expression))
    return [Selected(f"selector-{at}", expression, bodies) for at, (expression, bodies) in enumerate(found.items(), 1)]


def _shown(review: Review, row: Entry, line: Line | None, issues: list[Issue], selectors: dict[str, Selected]) -> Shown:
    expansion = review.proposal.expansions[row.key]
    return Shown(
        row=row,
        item=line.item if line else None,
        status=line.status if line and review.corrects else None,
        line=line,
        printed=marked(row.printed, [each.excerpt for each in issues]),
        printed_bodies=marked(row.assignees_text, [each.excerpt for each in issues]),
        named=list(_named(row)),
        selected=[selectors[each] for each in row.selectors if each in selectors],
        added=[each.body for each in expansion.given if each.origin == Origin.ADDED],
        unknown=expansion.unknown,
        issues=issues,
        total=len(expansion.given),
    )


def _named(row: Entry) -> Iterator[tuple[str, list[str]]]:
    for role in Role:
        if names := [name for name, given in row.assignees if given == role]:
            yield str(role.label), names


def marked(text: str, excerpts: Iterable[str]) -> SafeString:
    """The text with the first place of each excerpt marked; overlapping ones once."""
    spans: list[tuple[int, int]] = []
    for excerpt in excerpts:
        start = text.find(excerpt) if excerpt else -1
        if start >= 0 and not any(start < end and begin < start + len(excerpt) for begin, end in spans):
            spans.append((start, start + len(excerpt)))
    pieces, at = [], 0
    for start, end in sorted(spans):
        pieces.append((text[at:start], text[start:end]))
        at = end
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[at:])
