"""A draft under review: its proposal beside the ledger that it would correct."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from functools import cached_property

from django.db.models import Prefetch

from gongkai.ledger.importing.diff import Line, Status, compare
from gongkai.ledger.importing.proposal import Proposal
from gongkai.ledger.models import Assignment, Draft, Item


class Review:
    """Everything that is shown before an import, and that the import then does."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.proposal = Proposal(draft)

    @cached_property
    def lines(self) -> list[Line]:
        """The rows beside the items they correct; all new where there is no ledger yet."""
        plan = self.proposal.plan
        if plan is None:
            return [Line(Status.NEW, row, None) for row in self.proposal.kept]
        live = Assignment.objects.filter(withdrawn=False).select_related("body").order_by()
        items = Item.objects.filter(plan=plan, removed=False).select_related("group", "task")
        return compare(self.proposal, list(items.prefetch_related(Prefetch("assignments", live))))

    @property
    def corrects(self) -> bool:
        """Whether the year has a ledger already."""
        return self.proposal.plan is not None

    @cached_property
    def by_status(self) -> dict[str, int]:
        counted = Counter(line.status.value for line in self.lines)
        return {status.value: counted[status.value] for status in Status}

    @cached_property
    def mark(self) -> str:
        """Changes with everything that the import depends on: decisions, register, the ledger there is."""
        plan = self.proposal.plan
        seen = [
            self.draft.decisions,
            plan.pk if plan else None,
            [[line.status.value, [change.after for change in line.changes]] for line in self.lines],
            sorted(
                (row.key, given.body.pk, given.role)
                for row in self.proposal.kept
                for given in self.proposal.expansions[row.key].given
            ),
        ]
        return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:16]
