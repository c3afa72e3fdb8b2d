"""The course of an assignment: which step leads from which state to which."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.registries import Label
from gongkai.ledger.models import State


@dataclass(frozen=True, slots=True)
class Step:
    """办理环节: `verb` takes an assignment from one of `sources` to `target`."""

    verb: str
    label: Label
    sources: tuple[State, ...]
    target: State


ACCEPT = Step("ledger.accept", _("签收"), (State.TO_ACCEPT,), State.IN_PROGRESS)
SUBMIT = Step("ledger.submit", _("提交审核"), (State.IN_PROGRESS, State.RETURNED), State.SUBMITTED)
CLOSE = Step("ledger.close", _("办结"), (State.SUBMITTED,), State.ACCEPTED)
RETURN = Step("ledger.return", _("退回"), (State.SUBMITTED,), State.RETURNED)
REOPEN = Step("ledger.reopen", _("重新办理"), (State.ACCEPTED,), State.IN_PROGRESS)

STEPS = (ACCEPT, SUBMIT, CLOSE, RETURN, REOPEN)


def steps_from(state: str) -> tuple[Step, ...]:
    """What can be done with an assignment in this state, by whoever has the right."""
    return tuple(step for step in STEPS if state in step.sources)
