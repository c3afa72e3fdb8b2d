"""The events of one import: what each record was, what it became, written at the end in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.models import Audited, Event
from gongkai.foundation.events.services import build, record_many
from gongkai.ledger.models import Plan

VERB = "ledger.commit"


class Recorder:
    def __init__(self, actor: User | None, plan: Plan) -> None:
        self._actor = actor
        self._county_id = plan.county_id
        self._before: dict[tuple[type[Audited], int], dict[str, Any]] = {}
        self._events: list[Event] = []

    def watch(self, subjects: Iterable[Audited]) -> None:
        """Remember what the records are now, before they are changed."""
        for subject in subjects:
            self._before[type(subject), subject.pk] = subject.audited_state()

    def note(self, subjects: Iterable[Audited], reason: str = "") -> None:
        """An event for each saved record that is new or differs from what was remembered."""
        for subject in subjects:
            before = self._before.get((type(subject), subject.pk), {})
            after = {
                name: value
                for name, value in subject.audited_state().items()
                if name not in before or before[name] != value
            }
            if after:
                self._events.append(
                    build(
                        VERB,
                        subject,
                        actor=self._actor,
                        before={name: before[name] for name in after if name in before},
                        after=after,
                        reason=reason,
                        # Asking each record for its body would be a query apiece.
                        body_id=getattr(subject, "body_id", None) or self._county_id,
                    )
                )

    def save(self) -> None:
        record_many(self._events)
