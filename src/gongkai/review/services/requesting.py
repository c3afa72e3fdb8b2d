"""报送审查: a record is put forward; the machine looks first, then the people, one step after the other."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.access.table import verbs
from gongkai.foundation.access.verbs import demand
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.registries import Reviewable, reviewables
from gongkai.foundation.wording import demand_text
from gongkai.review import register
from gongkai.review.digests import sm3
from gongkai.review.machine import Look, candidate_of, look, masked
from gongkai.review.models import Attribute, Carrier, OtherWay, Release, State
from gongkai.review.posting import last_day
from gongkai.review.questions import checked
from gongkai.review.services.machine_step import begin
from gongkai.review.services.records import close, named, releases_of, subject_of

UNCHANGED = "unchanged"  # code of the refusal to put forward what waits or is open already


@verb("review.request", gettext_lazy("报送公开审查"), Role.CLERK, Role.OFFICE, atomic=False)
def request(
    actor: User | None,
    kind: str,
    record: int,
    note: str = "",
    attribute: Attribute = Attribute.PROACTIVE,
    ground: str = "",
    answers: dict[str, Any] | None = None,
    urgent: bool = False,
    urgent_reason: str = "",
    show_until: date | None = None,
    carrier: Carrier | None = None,
    other_ways: list[OtherWay] | None = None,
) -> Release:
    """Put a record forward, as it is now: `kind` is the key of a reviewable, `record` its id.

    What already waits or is open unchanged is refused; a changed one replaces the one that waits. What the machine
    stops is kept in the register as stopped and goes to nobody. `ground` and `answers` (key of a question on Articles
    14-16 -> "no", "yes" or {"answer", "note"}) may be left to the secrecy reviewer, who cannot pass without them.
    """
    actor = cast(User, actor)
    entry = reviewables.get(kind)
    subject = subject_of(entry, record)
    demand(actor, verbs.get("review.request"), entry.body_id(subject))
    if urgent:
        urgent_reason = demand_text(urgent_reason, _("加急事由"))
    candidate = candidate_of(entry, subject)
    if entry.complete is not None:
        entry.complete(candidate)
    sheet = {
        "attribute": attribute,
        "ground": ground.strip(),
        "answers": checked(answers or {}, attribute),
        "urgent": urgent,
        "urgent_reason": urgent_reason if urgent else "",
        "show_until": last_day(candidate, show_until),
        "carrier": carrier or "",
        "other_ways": list(map(str, other_ways or ())),
    }
    seen = look(entry, candidate, together=True)  # may take long: before the transaction
    with transaction.atomic():
        return _put_forward(actor, entry, record, note, seen, sheet)


def _put_forward(actor: User, entry: Reviewable, record: int, note: str, seen: Look, sheet: dict[str, Any]) -> Release:
    register.hold_pen()
    subject = subject_of(entry, record, lock=True)
    candidate = candidate_of(entry, subject)
    if sm3(entry.digest(candidate)) != seen.digest:
        raise ValidationError(_("机器检查期间内容有改动，请重新报送"))
    earlier = list(releases_of(subject).filter(state__in=[State.WAITING, State.APPROVED]))
    _refuse_unchanged(earlier, seen)
    for one in earlier:
        if one.state == State.WAITING:
            close(one, State.SUPERSEDED, "review.request", actor, _("内容已修改，重新报送"))
    release = Release(
        kind=entry.key,
        content_type=ContentType.objects.get_for_model(subject),
        object_id=subject.pk,
        body=Body.objects.get(pk=entry.body_id(subject)),
        title=masked(entry.title(candidate))[:300],
        digest=seen.digest,
        revision=getattr(candidate, "latest_revision_id", None),
        machine=seen.version,
        not_examined=list(seen.not_examined),
        together=seen.together,
        requested_by=actor,
        requested_at=clock.now(),
        **sheet,
    )
    with change(release, "review.request", actor=actor, reason=note):
        pass
    authors = _authors(entry, candidate)
    release.authors.set(authors)
    register.note_requested(release, [one.get_full_name() for one in authors], note)
    begin(release, seen)
    return release


def _refuse_unchanged(earlier: list[Release], seen: Look) -> None:
    """An open one that is held may be put forward again as it is: that is how it comes back into view."""
    for one in earlier:
        if one.digest == seen.digest and one.held_at is None:
            told = _("“%(title)s”%(state)s，内容没有变化，不必重复报送") % named(one)
            raise ValidationError(told, code=UNCHANGED)


def _authors(entry: Reviewable, candidate: Model) -> list[User]:
    return list(User.objects.filter(pk__in=entry.authors(candidate))) if entry.authors else []
