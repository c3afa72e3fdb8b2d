"""The passage through the gate: put forward by one person, approved or sent back by another, withdrawn for a reason.

None of it is ever done by the system itself, so an actor is always a person.
"""

from __future__ import annotations

from typing import cast

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.access import Refused, Role, rights_of, verb
from gongkai.foundation.access.table import verbs
from gongkai.foundation.access.verbs import demand
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.registries import Reviewable, reviewables
from gongkai.review.digests import sm3
from gongkai.review.models import Release, State
from gongkai.review.telling import tell_leaders, tell_requester

UNCHANGED = "unchanged"  # code of the refusal to put forward what waits or is open already


@verb("review.request", gettext_lazy("报送公开审查"), Role.CLERK, Role.OFFICE)
def request(actor: User | None, kind: str, record: int, note: str = "") -> Release:
    """Put a record forward for the public, as it is now: `kind` is the key of a reviewable, `record` its id.

    What already waits or is open unchanged is refused; a changed one replaces the one that waits.
    """
    actor = cast(User, actor)
    entry = reviewables.get(kind)
    subject = _subject(entry, record, lock=True)
    body = Body.objects.get(pk=entry.body_id(subject))
    demand(actor, verbs.get("review.request"), body.pk)
    digest = sm3(entry.digest(subject))
    for earlier in _of(subject).filter(state__in=[State.WAITING, State.APPROVED]):
        if earlier.digest == digest:
            told = _("“%(title)s”%(state)s，内容没有变化，不必重复报送") % _named(earlier)
            raise ValidationError(told, code=UNCHANGED)
        if earlier.state == State.WAITING:
            _close(earlier, State.SUPERSEDED, "review.request", actor, _("内容已修改，重新报送"))
    release = Release(
        kind=kind,
        content_type=ContentType.objects.get_for_model(subject),
        object_id=subject.pk,
        body=body,
        title=entry.title(subject)[:300],
        digest=digest,
        requested_by=actor,
        requested_at=clock.now(),
    )
    with change(release, "review.request", actor=actor, reason=note):
        pass
    tell_leaders(release)
    return release


@verb("review.approve", gettext_lazy("签发"), Role.LEADER, body="release.body_id")
def approve(actor: User | None, release: Release, note: str = "") -> Release:
    """Open the gate for exactly what was put forward; refused when the record changed since."""
    actor = cast(User, actor)
    release = _waiting(actor, release)
    entry = reviewables.get(release.kind)
    subject = _subject(entry, release.object_id)
    if sm3(entry.digest(subject)) != release.digest:
        raise ValidationError(_("“%(title)s”报送后内容有改动，请退回，由报送人重新报送") % _named(release))
    for earlier in _of(subject).filter(state=State.APPROVED):
        _close(earlier, State.SUPERSEDED, "review.approve", actor, _("新稿已签发"))
    _decide(release, State.APPROVED, "review.approve", actor, note)
    if entry.opened is not None:
        entry.opened(subject)
    return release


@verb("review.send_back", gettext_lazy("退回报送"), Role.LEADER, body="release.body_id")
def send_back(actor: User | None, release: Release, note: str) -> Release:
    """Refuse to let it through; `note` says what to mend."""
    actor = cast(User, actor)
    release = _waiting(actor, release)
    _decide(release, State.RETURNED, "review.send_back", actor, _demanded(note, _("请写明退回意见")))
    return release


@verb("review.withdraw", gettext_lazy("撤稿"), Role.CLERK, Role.OFFICE, Role.LEADER, body="release.body_id")
def withdraw(actor: User | None, release: Release, reason: str) -> Release:
    """撤稿: what is public disappears at once, what waits is taken back.

    What a leader signed is withdrawn by a leader or the office; a clerk takes back only what still waits.
    """
    actor = cast(User, actor)
    release = _locked(release)
    reason = _demanded(reason, _("请写明撤稿理由"))
    if release.state not in (State.WAITING, State.APPROVED):
        raise ValidationError(_("“%(title)s”%(state)s，不需要撤稿") % _named(release))
    was_open = release.state == State.APPROVED
    if was_open and not rights_of(actor).holds({Role.OFFICE, Role.LEADER}, release.body_id):
        raise Refused(_("已签发的内容由签发领导或政务公开办撤稿"))
    _close(release, State.WITHDRAWN, "review.withdraw", actor, reason)
    entry = reviewables.get(release.kind)
    if was_open and entry.closed is not None:
        entry.closed(_subject(entry, release.object_id))
    return release


def _subject(entry: Reviewable, record: int, *, lock: bool = False) -> Model:
    """The record. lock: of two who put it forward at once the second sees what the first did."""
    records = entry.model._default_manager.filter(pk=record)
    subject = (records.select_for_update(no_key=True) if lock else records).first()
    if subject is None:
        raise ValidationError(_("没有编号为“%(id)s”的%(kind)s") % {"id": record, "kind": entry.label})
    return subject


def _of(subject: Model) -> QuerySet[Release]:
    content_type = ContentType.objects.get_for_model(subject)
    return Release.objects.select_for_update().filter(content_type=content_type, object_id=subject.pk).order_by("pk")


def _locked(release: Release) -> Release:
    """The row as it is now, held until the transaction ends: of two leaders the second sees what the first did."""
    return Release.objects.select_for_update(of=("self",)).get(pk=release.pk)


def _waiting(actor: User, release: Release) -> Release:
    release = _locked(release)
    if release.state != State.WAITING:
        raise ValidationError(_("“%(title)s”%(state)s，不能重复办理") % _named(release))
    if release.requested_by_id == actor.pk:
        raise Refused(_("报送人不能审签自己报送的内容，请由另一位签发领导办理"))
    return release


def _decide(release: Release, state: State, verb_key: str, actor: User, note: str) -> None:
    with change(release, verb_key, actor=actor, reason=note):
        release.state = state
        release.decided_by, release.decided_at, release.note = actor, clock.now(), note
    tell_requester(release)


def _close(release: Release, state: State, verb_key: str, actor: User, reason: str) -> None:
    with change(release, verb_key, actor=actor, reason=reason):
        release.state = state
        release.closed_by, release.closed_at, release.closed_reason = actor, clock.now(), reason


def _demanded(text: str, message: str) -> str:
    if not text.strip():
        raise ValidationError(message)
    return text.strip()


def _named(release: Release) -> dict[str, str]:
    return {"title": release.title, "state": release.get_state_display()}
