"""The people's steps: pass or send back. After the last one the gate opens for exactly what was put forward."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.core.workdays import national
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.registries import reviewables
from gongkai.foundation.wording import demand_text
from gongkai.review import register
from gongkai.review.digests import sm3
from gongkai.review.machine import candidate_of
from gongkai.review.models import Attribute, Outcome, Release, State, StepKind, Verdict, What
from gongkai.review.questions import unanswered
from gongkai.review.services.records import close, named, releases_of, subject_of, waiting
from gongkai.review.services.standing import on_what_stands
from gongkai.review.services.stepping import open_next, step_for, take
from gongkai.review.telling import tell_requester

REVIEWERS = (Role.REVIEWER, Role.LEGAL_REVIEWER, Role.SECRECY_REVIEWER, Role.LEADER)


@verb("review.approve", gettext_lazy("审查通过"), *REVIEWERS)
def approve(actor: User | None, release: Release, note: str = "", step: StepKind | None = None) -> Release:
    """Pass the step that is the actor's; the last one opens the gate. Refused when the record changed since.

    step: which of several open ones, for a person who may take more than one (nobody takes two).
    """
    actor = cast(User, actor)
    release = waiting(release)
    mine = step_for(actor, release, step)
    _refuse_changed(release)
    _refuse_unclear(release)
    if mine.kind == StepKind.SECRECY:
        _refuse_incomplete(release)
    take(mine, Outcome.PASSED, actor, "review.approve", note)
    if not open_next(release):
        _open_gate(release, actor, note)
    return release


@verb("review.send_back", gettext_lazy("退回报送"), *REVIEWERS)
@on_what_stands
def send_back(actor: User | None, release: Release, note: str, step: StepKind | None = None) -> Release:
    """Refuse to let it through; `note` says what to mend."""
    actor = cast(User, actor)
    release = waiting(release)
    note = demand_text(note, _("退回意见"))
    take(step_for(actor, release, step), Outcome.RETURNED, actor, "review.send_back", note)
    _decide(release, State.RETURNED, "review.send_back", actor, note)
    return release


def _open_gate(release: Release, actor: User, note: str) -> None:
    entry = reviewables.get(release.kind)
    subject = subject_of(entry, release.object_id)
    for earlier in releases_of(subject).filter(state=State.APPROVED):
        close(earlier, State.SUPERSEDED, "review.approve", actor, _("新稿已签发"))
    if release.urgent:
        release.look_again_by = national().add_workdays(clock.today(), settings.GONGKAI_LOOK_AGAIN_DAYS)
    _decide(release, State.APPROVED, "review.approve", actor, note)
    register.note(release, What.SIGNED, actor, **register.sheet_of(release), note=note)
    if entry.opened is not None and release.attribute == Attribute.PROACTIVE:
        entry.opened(subject)
    register.note_public(release, actor)


def _refuse_changed(release: Release) -> None:
    entry = reviewables.get(release.kind)
    candidate = candidate_of(entry, subject_of(entry, release.object_id, lock=True))
    if sm3(entry.digest(candidate)) != release.digest:
        raise ValidationError(_("“%(title)s”报送后内容有改动，请退回，由报送人重新报送") % named(release))


def _refuse_unclear(release: Release) -> None:
    """条例第十七条第三款: what is unclear waits for the answer; what must not be published is sent back."""
    if release.opinions.filter(verdict="").exists():
        raise ValidationError(_("“%(title)s”正在征求意见，收到答复后再办理") % named(release))
    if release.attribute == Attribute.PROACTIVE and release.opinions.filter(verdict=Verdict.NOT).exists():
        raise ValidationError(_("“%(title)s”征求意见的答复为不得公开，请退回或者变更公开属性") % named(release))


def _refuse_incomplete(release: Release) -> None:
    if not release.ground:
        raise ValidationError(_("请先填写公开依据，再通过保密审查"))
    missing = "、".join(f"{one.article}（{one.text}）" for one in unanswered(release.answers))
    if missing:
        raise ValidationError(_("请先答完条例核对问题，再通过保密审查：%s") % missing)


def _decide(release: Release, state: State, verb_key: str, actor: User, note: str) -> None:
    with change(release, verb_key, actor=actor, reason=note):
        release.state = state
        release.decided_by, release.decided_at, release.note = actor, clock.now(), note
    tell_requester(release)
