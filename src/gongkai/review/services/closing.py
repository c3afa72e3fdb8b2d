"""Closing the gate again: withdrawn, out of view for a time, or the posting period over."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.foundation import clock
from gongkai.foundation.access import Refused, Role, rights_of, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.registries import reviewables
from gongkai.foundation.wording import demand_text
from gongkai.review import gate
from gongkai.review.models import Decision, Release, State, What
from gongkai.review.posting import is_over
from gongkai.review.register import note
from gongkai.review.services.records import close, locked, named, releases_of, subject_of
from gongkai.review.services.standing import on_what_stands
from gongkai.review.telling import tell_held

UNDO = timedelta(minutes=10)  # the product's own; no rule sets it
WITHDRAWERS = (Role.CLERK, Role.OFFICE, Role.LEADER)


@verb("review.withdraw", gettext_lazy("撤稿"), *WITHDRAWERS, body="release.body_id")
@on_what_stands
def withdraw(actor: User | None, release: Release, reason: str, notice: str = "") -> Release:
    """撤稿: what is public disappears at once, what waits is taken back. `notice`: what the public reads instead.

    What a leader signed is withdrawn by a leader or the office; a clerk takes back only what still waits.
    """
    actor = cast(User, actor)
    release = locked(release)
    reason = demand_text(reason, _("撤稿理由"))
    if release.state not in (State.WAITING, State.APPROVED):
        raise ValidationError(_("“%(title)s”%(state)s，不需要撤稿") % named(release))
    was_open = release.state == State.APPROVED
    if was_open and not rights_of(actor).holds({Role.OFFICE, Role.LEADER}, release.body_id):
        raise Refused(_("已签发的内容由签发领导或政务公开办撤稿"))
    close(release, State.WITHDRAWN, "review.withdraw", actor, reason, notice.strip())
    if was_open:
        tell_room(release)
    return release


@verb(
    "review.hold",
    gettext_lazy("暂停公开"),
    Role.OFFICE,
    Role.LEADER,
    Role.SECRECY_ADMIN,
    body="release.body_id",
    system=True,
)
@on_what_stands
def hold(actor: User | None, release: Release, reason: str) -> Release:
    """Out of public view at once until somebody decides; what was signed stays signed."""
    release = locked(release)
    if release.state != State.APPROVED:
        raise ValidationError(_("“%(title)s”%(state)s，没有公开，不需要暂停") % named(release))
    if release.held_at is None:
        with change(release, "review.hold", actor=actor, reason=reason):
            release.held_at, release.held_reason = clock.now(), demand_text(reason, _("暂停公开的原因"))
        note(release, What.HELD, actor, reason=release.held_reason)
        tell_held(release)
    return release


@verb("review.resume", gettext_lazy("恢复公开"), Role.LEADER, Role.SECRECY_ADMIN, body="release.body_id")
@on_what_stands
def resume(actor: User | None, release: Release, reason: str) -> Release:
    """Back into public view, for a reason, as it was signed."""
    actor = cast(User, actor)
    release = locked(release)
    if release.state != State.APPROVED or release.held_at is None:
        raise ValidationError(_("“%(title)s”没有暂停公开") % named(release))
    with change(release, "review.resume", actor=actor, reason=demand_text(reason, _("恢复公开的理由"))):
        release.held_at, release.held_reason = None, ""
    note(release, What.RESUMED, actor, reason=reason)
    return release


@verb("review.expire", gettext_lazy("公示期满"), Role.OFFICE, body="release.body_id", system=True)
@on_what_stands
def expire(actor: User | None, release: Release) -> Release:
    """End a posting whose time is over."""
    release = locked(release)
    if release.state != State.APPROVED or not is_over(release, release.subject):
        raise ValidationError(_("“%(title)s”公示期未满") % named(release))
    close(release, State.EXPIRED, "review.expire", actor, _("公示期满"))
    tell_room(release)
    return release


@verb("review.reopen", gettext_lazy("撤销撤稿"), *WITHDRAWERS, body="release.body_id")
def reopen(actor: User | None, release: Release, reason: str) -> Release:
    """Back as it was signed, by who withdrew it and soon after: a slip of the hand needs no new review.

    The gate opens for exactly what was signed, so what was changed since is refused. What was withdrawn for a finding
    was no slip: it would come back with the finding.
    """
    actor = cast(User, actor)
    release = locked(release)
    soon = release.closed_at is not None and clock.now() - release.closed_at <= UNDO
    if release.state != State.WITHDRAWN or release.decided_at is None or release.closed_by_id != actor.pk or not soon:
        raise ValidationError(_("“%(title)s”不能撤销撤稿：只有撤稿人可以在 10 分钟内撤销") % named(release))
    if release.recalls.filter(decision=Decision.WITHDRAW).exists():
        raise ValidationError(_("“%(title)s”因复筛发现撤稿，不能撤销撤稿，请修改后重新报送审查") % named(release))
    entry = reviewables.get(release.kind)
    subject = subject_of(entry, release.object_id, lock=True)
    if releases_of(subject).filter(pk__gt=release.pk).exists():
        raise ValidationError(_("“%(title)s”撤稿后又报送过，不能撤销撤稿") % named(release))
    candidate = entry.candidate(subject) if entry.candidate else subject
    if gate.digest_of(release.kind, candidate) != release.digest:
        raise ValidationError(_("“%(title)s”撤稿后有改动，不能撤销撤稿，请重新报送审查") % named(release))
    with change(release, "review.reopen", actor=actor, reason=demand_text(reason, _("撤销撤稿的理由"))):
        release.state, release.notice = State.APPROVED, ""
        release.closed_by, release.closed_at, release.closed_reason = None, None, ""
    if entry.opened is not None:
        entry.opened(subject)
    note(release, What.RESUMED, actor, reason=reason)
    return release


def tell_room(release: Release) -> None:
    """The room of the record learns that the public sees it no longer."""
    entry = reviewables.get(release.kind)
    if entry.closed is not None:
        entry.closed(subject_of(entry, release.object_id))
