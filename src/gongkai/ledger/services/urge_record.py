"""What followed on urging."""

from __future__ import annotations

from gongkai.foundation import clock
from gongkai.ledger.models import Assignment, Urge


def followed(assignment: Assignment, what: str) -> None:
    """The body or the office moved: `what` (a state, or `Urge.CHECK_IN`) is written on the urging it followed."""
    Urge.objects.filter(assignment=assignment, followed_at=None).update(followed_state=what, followed_at=clock.now())
