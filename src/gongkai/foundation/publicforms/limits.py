"""How often one address may submit one form; counted in the database, so that all processes count together."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from gongkai.foundation.publicforms.addresses import address_hash
from gongkai.foundation.publicforms.models import Attempt
from gongkai.foundation.publicforms.moments import moment, seconds


def count_attempt(form: str, address: str, *, limit: int, window: timedelta) -> int:
    """Count one more attempt; 0 when it is within `limit` per `window`, else the seconds to wait."""
    length = int(window.total_seconds())
    start = int(seconds()) // length * length
    key = {"form": form, "address": address_hash(address), "window": moment(start)}
    with transaction.atomic():  # nobody counts between our counting and our reading
        mine = _count(key)
    return 0 if mine <= limit else max(1, start + length - int(seconds()))


def _count(key: dict[str, Any]) -> int:
    counter = Attempt.objects.filter(**key)
    if not counter.update(count=F("count") + 1):
        try:
            with transaction.atomic():
                Attempt.objects.create(**key, count=1)
        except IntegrityError:  # another process was quicker
            counter.update(count=F("count") + 1)
    return counter.values_list("count", flat=True).get()
