"""Writing a proposal: the one way in which items, obligations and assignments of a notice come about or change.

A first import writes only new lines; a corrected notice changes what it names and leaves states, evidence, comments,
extensions and history alone. Everything goes in bulk, events too, inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.foundation.accounts.models import User
from gongkai.ledger.importing.diff import Line
from gongkai.ledger.importing.proposal import Proposal
from gongkai.ledger.importing.writing.assignments import Assigning
from gongkai.ledger.importing.writing.items import remove_items, write_items
from gongkai.ledger.importing.writing.obligations import write_obligations
from gongkai.ledger.importing.writing.recorder import Recorder
from gongkai.ledger.importing.writing.structure import Structure
from gongkai.ledger.models import Plan


def write(actor: User | None, plan: Plan, proposal: Proposal, lines: Sequence[Line]) -> None:
    """Make `plan` what the lines of `proposal` say."""
    recorder = Recorder(actor, plan)
    removed = remove_items(lines, recorder)
    structure = Structure(plan, proposal.kept)
    written = write_items(plan, lines, structure, recorder)
    duties = write_obligations(written, recorder)
    assigning = Assigning(plan, recorder)
    for each in written:
        given = proposal.expansions[each.row.key].given
        for duty in duties[each.item.pk]:
            assigning.settle(duty, given, reinstate=each.bodies_reprinted)
    assigning.withdraw_removed(removed)
    assigning.save()
    structure.sweep()
    recorder.save()
