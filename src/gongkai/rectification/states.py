"""How a case looks: a word, an icon and a colour; being late goes before the state that is stored."""

from __future__ import annotations

from datetime import date

from gongkai.foundation.looks import ACCEPTED, AMBER, BLUE, GREY, OVERDUE, Look
from gongkai.rectification.models import Case, State

TO_MEND = Look("to-mend", State.TO_MEND.label, "half", "blue", BLUE)
TO_CHECK = Look("to-check", State.TO_CHECK.label, "eye", "amber", AMBER)
EXCEPTED = Look("excepted", State.EXCEPTED.label, "slash", "grey", GREY)

BY_STATE: dict[str, Look] = {
    State.TO_MEND: TO_MEND,
    State.TO_CHECK: TO_CHECK,
    State.EXCEPTED: EXCEPTED,
    State.CLOSED: ACCEPTED,
}
ALL = (OVERDUE, *BY_STATE.values())


def look_of(case: Case, today: date) -> Look:
    """已逾期 where it is, else the state."""
    return OVERDUE if case.is_overdue(today) else BY_STATE[case.state]
