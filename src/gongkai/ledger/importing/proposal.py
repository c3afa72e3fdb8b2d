"""What a draft would become: its rows with their bodies, what is left to settle, and what importing will do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from gongkai.foundation import clock
from gongkai.ledger.importing import findings as reading_findings
from gongkai.ledger.importing.decisions import empty
from gongkai.ledger.importing.entries import Entry, entries_of
from gongkai.ledger.importing.expand import Expansion, expand
from gongkai.ledger.importing.findings import Issue
from gongkai.ledger.importing.missing import Missing, propose
from gongkai.ledger.importing.register import Register
from gongkai.ledger.models import Draft, Plan


@dataclass(frozen=True, slots=True)
class Counts:
    """What importing will write: items, obligations, assignments, and the bodies that get any."""

    items: int
    duties: int
    assignments: int
    bodies: int


class Proposal:
    """A draft opened: reading + decisions + today's register. Computed anew each time, never stored."""

    def __init__(self, draft: Draft, register: Register | None = None) -> None:
        self.draft = draft
        self.register = register or Register(draft.county, clock.today())
        self.reading: dict[str, Any] = draft.reading
        self.decisions: dict[str, Any] = empty() | draft.decisions
        self.rows: list[Entry] = entries_of(self.reading, self.decisions["items"], draft.year)
        settled = self.decisions["findings"]
        self._printed = reading_findings.issues_of(self.reading["findings"], self.rows, settled)
        reading_findings.settle(self.rows, self._printed, draft.year)

    @cached_property
    def kept(self) -> list[Entry]:
        """The rows that will become items."""
        return [row for row in self.rows if not row.dropped]

    @cached_property
    def expansions(self) -> dict[str, Expansion]:
        """The bodies of each row, by key."""
        return {row.key: expand(row, self.register, self.decisions["names"]) for row in self.rows}

    @cached_property
    def issues(self) -> list[Issue]:
        """Every finding that concerns a row to be imported or the notice as a whole, in the notice's order."""
        dropped = {row.key for row in self.rows if row.dropped}
        hollow: dict[str, list[str]] = defaultdict(list)
        for row in self.kept:
            for selector in self.expansions[row.key].hollow:
                hollow[selector].append(row.key)
        own = [reading_findings.hollow(each, keys, self.decisions["findings"]) for each, keys in hollow.items()]
        return [each for each in [*self._printed, *own] if each.key not in dropped]

    @cached_property
    def missing(self) -> list[Missing]:
        """Names that no registered body answers to, with the rows that use them."""
        using: dict[str, list[str]] = defaultdict(list)
        for row in self.kept:
            for name in self.expansions[row.key].unknown:
                using[name].append(row.key)
        return [propose(name, keys, self.draft.county) for name, keys in using.items()]

    @property
    def open_errors(self) -> list[Issue]:
        return [each for each in self.issues if each.blocks]

    @property
    def open_warnings(self) -> list[Issue]:
        return [each for each in self.issues if each.is_open and not each.blocks]

    @property
    def incomplete(self) -> list[Entry]:
        """Rows whose list of bodies ends in 等 and was not completed; a hint, never a bar."""
        return [row for row in self.kept if row.lacks_bodies]

    @property
    def splittable(self) -> list[Entry]:
        return [row for row in self.kept if row.undecided_split]

    @cached_property
    def counts(self) -> Counts:
        duties = {row.key: len(row.duties) for row in self.kept}
        return Counts(
            items=len(self.kept),
            duties=sum(duties.values()),
            assignments=sum(count * len(self.expansions[key].given) for key, count in duties.items()),
            bodies=len({given.body.pk for row in self.kept for given in self.expansions[row.key].given}),
        )

    @cached_property
    def plan(self) -> Plan | None:
        """The ledger that this year already has; the draft then corrects it."""
        return Plan.objects.filter(county=self.draft.county, year=self.draft.year).first()

    def obstacles(self) -> list[str]:
        """Why the draft cannot be imported yet, one line each; empty when it can."""
        found = [
            _("事项（%(key)s）%(title)s：%(message)s") % {"key": each.key, "title": each.title, "message": each.message}
            if each.key
            else f"{each.title}：{each.message}"
            for each in self.open_errors
        ]
        found += [
            _("未登记的单位“%(name)s”（事项 %(items)s）") % {"name": each.name, "items": "、".join(each.items)}
            for each in self.missing
        ]
        if not self.kept:
            found.append(_("没有要导入的事项"))
        return found
