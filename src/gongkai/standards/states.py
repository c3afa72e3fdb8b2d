"""How a row looks: a word, an icon and a colour."""

from __future__ import annotations

from gongkai.foundation.looks import AMBER, GREEN, GREY, RED, Look
from gongkai.standards.models import Row, State
from gongkai.standards.selectors import Totals

BY_STATE: dict[str, Look] = {
    State.EMPTY: Look("empty", State.EMPTY.label, "dash", "red", RED),
    State.DEAD: Look("dead", State.DEAD.label, "back", "red", RED),
    State.WRONG: Look("wrong", State.WRONG.label, "triangle", "amber", AMBER),
    State.STALE: Look("stale", State.STALE.label, "clock", "amber", AMBER),
    State.UNSEEN: Look("unseen", State.UNSEEN.label, "eye", "amber", AMBER),
    State.NONE: Look("none", State.NONE.label, "half", "green", GREEN),
    State.OK: Look("ok", State.OK.label, "shield", "green", GREEN),
    State.EXEMPT: Look("exempt", State.EXEMPT.label, "slash", "grey", GREY),
    State.OUTSIDE: Look("outside", State.OUTSIDE.label, "inbox", "grey", GREY),
}

# A whole cell of the board, by the worst that is in it.
COVERED = Look("covered", State.OK.label, "tick", "green", GREEN)
NOTHING_DUE = Look("nothing-due", State.OUTSIDE.label, "slash", "grey", GREY)


def look_of(row: Row) -> Look:
    """The newest verdict; not looked at yet when there is none."""
    check = getattr(row, "check_result", None)
    return BY_STATE[check.state if check is not None else State.UNSEEN]


def looks_of(row: Row) -> list[Look]:
    """All that is wrong, the gravest first; else the verdict."""
    return [BY_STATE[fault.state] for fault in row.faults.all()] or [look_of(row)]


def look_of_totals(totals: Totals) -> Look:
    """The worst state among the rows of a cell."""
    if not totals.due:
        return NOTHING_DUE
    for state in (State.EMPTY, State.DEAD, State.WRONG, State.STALE, State.UNSEEN):
        if totals.of(state):
            return BY_STATE[state]
    return COVERED
