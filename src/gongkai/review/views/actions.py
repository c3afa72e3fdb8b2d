"""What can be done with one release on its screen: each act with its form, for whom it stands there, and its verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.access import Role, rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.input import numbers
from gongkai.foundation.registries import Label, reviewables
from gongkai.review import services
from gongkai.review.forms import (
    AnswerForm,
    ArchiveForm,
    AskForm,
    DecisionForm,
    DisposeForm,
    LookAgainForm,
    ReasonForm,
    SheetForm,
    WithdrawForm,
)
from gongkai.review.models import Asked, Attribute, Disposal, Release, State, StepKind, Verdict
from gongkai.review.services.disposing import DECIDERS, maskable
from gongkai.review.services.stepping import my_step

Perform = Callable[[User, Release, dict[str, Any], QueryDict], object]


@dataclass(frozen=True, slots=True)
class Action:
    """stands: whether the act is offered to the person for the release as it is now; its verb decides in the end."""

    key: str
    form: type[forms.Form]
    stands: Callable[[User, Release], bool]
    perform: Perform
    done: Label


def _waits(release: Release) -> bool:
    return release.state == State.WAITING


def _may_decide(user: User, release: Release) -> bool:
    return _waits(release) and my_step(user, release) is not None


def _may_describe(user: User, release: Release) -> bool:
    secrecy = release.steps.filter(kind=StepKind.SECRECY, outcome="").first()
    if secrecy is None or not _waits(release):
        return False
    reviews = rights_of(user).holds({Role.SECRECY_REVIEWER}, secrecy.reviewer_body_id)
    return reviews or user.pk == release.requested_by_id


def _may_dispose(user: User, release: Release) -> bool:
    return _waits(release) and rights_of(user).holds(DECIDERS, release.body_id)


def _may_mask(user: User, release: Release) -> bool:
    able = release.kind in reviewables and reviewables.get(release.kind).mask is not None
    writes = rights_of(user).holds({Role.CLERK, Role.OFFICE}, release.body_id)
    return able and writes and release.state in (State.WAITING, State.STOPPED, State.RETURNED)


def _may_answer(user: User, release: Release) -> bool:
    open_ones = release.opinions.filter(verdict="")
    return _waits(release) and any(
        rights_of(user).holds({Role.SECRECY_ADMIN}, release.body_id)
        if one.asked == Asked.SECRECY_ADMIN
        else one.asked_by_id == user.pk
        for one in open_ones
    )


def _may_withdraw(user: User, release: Release) -> bool:
    open_or_waiting = release.state in (State.WAITING, State.APPROVED)
    return open_or_waiting and rights_of(user).may("review.withdraw", release.body_id)


def _may_hold(user: User, release: Release) -> bool:
    open_now = release.state == State.APPROVED and release.held_at is None
    return open_now and rights_of(user).may("review.hold", release.body_id)


def _may_resume(user: User, release: Release) -> bool:
    held = release.state == State.APPROVED and release.held_at is not None
    return held and rights_of(user).may("review.resume", release.body_id)


def _may_look_again(user: User, release: Release) -> bool:
    due = release.look_again_by is not None and release.looked_again_at is None
    others = user.pk != release.requested_by_id
    return due and others and rights_of(user).may("review.look_again", release.body_id)


def _may_archive(user: User, release: Release) -> bool:
    return not _waits(release) and rights_of(user).may("review.archive", release.body_id)


def _pass(actor: User, release: Release, data: dict[str, Any], post: QueryDict) -> None:
    services.approve(actor, release, data["note"])


def _send_back(actor: User, release: Release, data: dict[str, Any], post: QueryDict) -> None:
    services.send_back(actor, release, data["note"])


def _dispose(actor: User, release: Release, data: dict[str, Any], post: QueryDict) -> None:
    """One finding, or several with the same reason."""
    chosen = release.findings.filter(pk__in=numbers(post.getlist("finding")))
    if not chosen:
        raise ValidationError(_("请先选择要处置的机器发现"))
    with transaction.atomic():
        for finding in chosen:
            services.dispose(actor, finding, Disposal(data["disposal"]), data["reason"])


def _mask(actor: User, release: Release, data: dict[str, Any], post: QueryDict) -> None:
    """Of what was chosen, all that a machine can mask; only when that is nothing the verb says why."""
    chosen = list(release.findings.filter(pk__in=numbers(post.getlist("finding"))))
    services.mask(actor, release, [one for one in chosen if maskable(one)] or chosen)


def _ask(actor: User, release: Release, data: dict[str, Any], post: QueryDict) -> None:
    services.ask(actor, release, Asked(data["asked"]), data["question"], data["asked_name"])


def _answer(actor: User, release: Release, data: dict[str, Any], post: QueryDict) -> None:
    opinion = get_object_or_404(release.opinions, pk__in=numbers(post.getlist("opinion")))
    services.answer(actor, opinion, Verdict(data["verdict"]), data["answer"])


def _describe(actor: User, release: Release, data: dict[str, Any], post: QueryDict) -> None:
    services.describe(actor, release, **SheetForm.sheet_of(data))


ACTIONS = {
    one.key: one
    for one in (
        Action("approve", DecisionForm, _may_decide, _pass, _("已通过")),
        Action("send_back", DecisionForm, _may_decide, _send_back, _("已退回")),
        Action("describe", SheetForm, _may_describe, _describe, _("审查表已保存")),
        Action("dispose", DisposeForm, _may_dispose, _dispose, _("处置已登记")),
        Action("mask", forms.Form, _may_mask, _mask, _("已遮盖，请核对后重新报送")),
        Action("ask", AskForm, _may_decide, _ask, _("已提出，收到答复前各环节暂停")),
        Action("answer", AnswerForm, _may_answer, _answer, _("答复已登记")),
        Action(
            "withdraw",
            WithdrawForm,
            _may_withdraw,
            lambda actor, release, data, post: services.withdraw(actor, release, data["reason"], data["notice"]),
            _("已撤稿，不再对外公开"),
        ),
        Action(
            "hold",
            ReasonForm,
            _may_hold,
            lambda actor, release, data, post: services.hold(actor, release, data["reason"]),
            _("已暂停公开"),
        ),
        Action(
            "resume",
            ReasonForm,
            _may_resume,
            lambda actor, release, data, post: services.resume(actor, release, data["reason"]),
            _("已恢复公开"),
        ),
        Action(
            "archive",
            ArchiveForm,
            _may_archive,
            lambda actor, release, data, post: services.archive(actor, release, data["archive_number"]),
            _("归档号已登记"),
        ),
        Action(
            "look_again",
            LookAgainForm,
            _may_look_again,
            lambda actor, release, data, post: services.look_again(
                actor, release, data["sound"] == "yes", data["note"]
            ),
            _("复看意见已登记"),
        ),
    )
}


def forms_for(user: User, release: Release) -> dict[str, forms.Form]:
    """The forms of everything the person may do with the release now, filled in with what is known."""
    known = {
        "describe": SheetForm.initial_of(release) | {"attribute": release.attribute or Attribute.PROACTIVE},
        "archive": {"archive_number": release.archive_number},
    }
    return {key: action.form(initial=known.get(key)) for key, action in ACTIONS.items() if action.stands(user, release)}
