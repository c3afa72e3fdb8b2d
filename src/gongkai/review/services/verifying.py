"""核验登记簿: going over the whole chain, held against where it ended when somebody last found it intact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import record
from gongkai.review.models import Entry, Verification
from gongkai.review.register.links import Link
from gongkai.review.register.verify import stored, verify
from gongkai.review.telling import tell_broken, tell_verified

EARLIER = 100  # verifications that serve as anchors; whoever can write the database can write these, too
PLACES = 20
STRIDE = 2_000  # entries between two notes of how far it is
STANDS = timedelta(minutes=15)  # without progress: its task was killed

VERIFIERS = (Role.OFFICE, Role.SECRECY_ADMIN, Role.AUDITOR)


@verb("review.verify_register", gettext_lazy("核验登记簿"), *VERIFIERS, system=True, atomic=False)
def verify_register(actor: User | None) -> Verification:
    """Say whether the register is intact, and keep that; when it is not, the office and who supervises it are told."""
    return go_over_register(_begun(actor))


@verb("review.begin_verification", gettext_lazy("发起登记簿核验"), *VERIFIERS)
def begin_verification(actor: User | None) -> Verification:
    """The same, done by the worker; whoever began it is told the result."""
    from gongkai.review.register.tasks import verify_in_background

    running = Verification.objects.filter(finished_at=None, touched_at__gt=clock.now() - STANDS)
    if running.exists():
        raise ValidationError(_("登记簿正在核验，完成后再发起"))
    done = _begun(actor)
    transaction.on_commit(lambda: verify_in_background.enqueue(done.pk))
    return done


def _begun(actor: User | None) -> Verification:
    now = clock.now()
    return Verification.objects.create(at=now, touched_at=now, by=actor, total=Entry.objects.count())


def go_over_register(done: Verification) -> Verification:
    """The work itself, outside of any transaction; a register of a million entries takes minutes."""
    sound = Verification.objects.over().filter(problems=0).values_list("number", "digest")[:EARLIER]
    verdict = verify(_counted(stored(), done), {number: digest for number, digest in sound if number})
    done.number, done.digest, done.count = verdict.number, verdict.digest, verdict.count
    done.problems, done.places = verdict.total, [str(one) for one in verdict.breaks[:PLACES]]
    done.touched_at = done.finished_at = clock.now()
    with transaction.atomic():
        done.save()
        details = {"count": done.count, "problems": done.problems}
        record("review.verify_register", done, actor=done.by, details=details)
        if done.problems:
            tell_broken(done)
        if done.by is not None:
            tell_verified(done)
    return done


def _counted(rows: Iterable[Link], done: Verification) -> Iterator[Link]:
    """The rows, with a note now and then of how many have been looked at."""
    for count, row in enumerate(rows, 1):
        if count % STRIDE == 0:
            Verification.objects.filter(pk=done.pk).update(count=count, touched_at=clock.now())
        yield row
