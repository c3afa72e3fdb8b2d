"""Adding to the chain: one writer at a time, so that no number is given twice and none is left out."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.review.models import Entry, Release, What
from gongkai.review.register.links import START, Link, plain


def hold_pen() -> Entry | None:
    """The last entry, held until the transaction ends, so that whoever else wants to write waits.

    An act that will write and locks other records takes the pen first: of two acts that wait for each other none ends.
    Who waited finds a newer entry behind the one it waited for, and takes that one.
    """
    while True:
        held = Entry.objects.select_for_update(of=("self",)).order_by("-number").first()
        newest = Entry.objects.order_by("-number").first()
        if held == newest:
            return held


def append(release: Release | None, what: What, actor: User | None, facts: dict[str, Any]) -> Entry:
    """Write the next entry. The first ones of all have nothing to hold: who came second tries again."""
    kept = plain(facts)
    with transaction.atomic():
        while True:
            last = hold_pen()
            try:
                with transaction.atomic():
                    return _write(last, release, what, actor, kept)
            except IntegrityError:
                if last is not None:
                    raise


def _write(last: Entry | None, release: Release | None, what: What, actor: User | None, facts: dict[str, Any]) -> Entry:
    at = clock.now()
    link = Link(
        number=last.number + 1 if last else 1,
        release=release.pk if release else None,
        what=what.value,
        actor=actor.pk if actor else None,
        at=at,
        facts=facts,
        previous=last.digest if last else START,
    ).sealed()
    entry = Entry(
        number=link.number,
        release=release,
        what=link.what,
        actor=actor,
        at=at,
        facts=facts,
        previous=link.previous,
        digest=link.digest,
    )
    entry.save()
    return entry
