"""A batch withdrawn: its articles go out of view with it."""

from __future__ import annotations

from django.db import transaction

from gongkai.portal.importing.models import Batch, Outcome
from gongkai.portal.importing.selectors import passage_of
from gongkai.review import register
from gongkai.review.models import State
from gongkai.review.services.closing import tell_room
from gongkai.review.services.records import close

SLICE = 50


@transaction.atomic
def close_slice(number: int, limit: int = SLICE) -> bool:
    """Withdraw the next articles that are still public as the batch signed them; True while some are left."""
    register.hold_pen()
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=number)
    whole = passage_of(batch)
    if whole is None or whole.state != State.WITHDRAWN:
        return False
    rows = list(batch.rows.filter(outcome=Outcome.OPEN).select_related("release__body")[:limit])
    for row in rows:
        if row.release is not None and row.release.state == State.APPROVED:
            close(row.release, State.WITHDRAWN, "review.withdraw", whole.closed_by, whole.closed_reason, whole.notice)
            tell_room(row.release)
        row.outcome = Outcome.LEFT
        row.save(update_fields=["outcome"])
    return len(rows) == limit
