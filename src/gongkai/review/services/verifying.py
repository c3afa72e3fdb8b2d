"""核验登记簿: going over the whole chain, held against where it ended when somebody last found it intact."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy

from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import record
from gongkai.review.models import Verification
from gongkai.review.register.verify import stored, verify
from gongkai.review.telling import tell_broken

EARLIER = 100  # verifications that serve as anchors; whoever can write the database can write these, too
PLACES = 20

VERIFIERS = (Role.OFFICE, Role.SECRECY_ADMIN, Role.AUDITOR)


@verb("review.verify_register", gettext_lazy("核验登记簿"), *VERIFIERS, system=True, atomic=False)
def verify_register(actor: User | None) -> Verification:
    """Say whether the register is intact, and keep that; when it is not, the office and who supervises it are told."""
    sound = Verification.objects.filter(problems=0).values_list("number", "digest")[:EARLIER]
    verdict = verify(stored(), {number: digest for number, digest in sound if number})
    done = Verification(
        at=clock.now(),
        by=actor,
        number=verdict.number,
        digest=verdict.digest,
        count=verdict.count,
        problems=verdict.total,
        places=[str(one) for one in verdict.breaks[:PLACES]],
    )
    with transaction.atomic():
        done.save()
        record("review.verify_register", done, actor=actor, details={"count": done.count, "problems": done.problems})
        if done.problems:
            tell_broken(done)
    return done
