"""保密审查登记簿: what happened at the gate, chained by SM3, so that a changed past shows.

`note` writes one entry in the transaction of the act itself; `verify` goes over all of them.
"""

from gongkai.review.register.chain import hold_pen
from gongkai.review.register.noting import (
    findings_of,
    note,
    note_closed,
    note_incident,
    note_opinion,
    note_public,
    note_requested,
    note_step,
    sheet_of,
)
from gongkai.review.register.wording import fit

__all__ = [
    "findings_of",
    "fit",
    "hold_pen",
    "note",
    "note_closed",
    "note_incident",
    "note_opinion",
    "note_public",
    "note_requested",
    "note_step",
    "sheet_of",
]
