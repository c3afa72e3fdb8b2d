"""What rescreening found, decided entry by entry: kept with a reason, changed, withdrawn; undecided: out of view.

The notice (part 5): 疑似涉密、涉敏等词汇内容，逐条逐篇对其进行处理，无法把握的信息及时删除.
"""

from __future__ import annotations

from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.core.screening import Category, Severity
from gongkai.foundation import clock
from gongkai.foundation.access import Refused, Role, rights_of, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.wording import demand_text
from gongkai.review import register
from gongkai.review.machine import masked
from gongkai.review.models import Decision, Recall, Release, State, What
from gongkai.review.rescreening.selectors import DECIDERS, WAITING
from gongkai.review.services.closing import tell_room
from gongkai.review.services.records import close, locked, named
from gongkai.review.services.rescreening import take_out_of_view
from gongkai.review.services.standing import on_what_stands
from gongkai.review.telling import tell_to_change

SECRECY = (Role.SECRECY_REVIEWER, Role.SECRECY_ADMIN)
WITHDRAWERS = (*DECIDERS, Role.LEADER, Role.OFFICE, Role.SECRECY_ADMIN)


@verb("review.recall_keep", gettext_lazy("保留复筛发现"), *DECIDERS, Role.SECRECY_ADMIN, body="recall.release.body_id")
@on_what_stands
def keep_recall(actor: User | None, recall: Recall, reason: str) -> Recall:
    """It may stay as it is, for a reason. What the machine blocks may not; a suspected secret is for secrecy reviewers.

    When it was the last one for which the release went out of view, the release is back, as it was signed.
    """
    actor = cast(User, actor)
    recall, release = _undecided(recall)
    if recall.severity == Severity.BLOCK:
        raise ValidationError(_("阻断级的发现不能保留，只能修改或者撤稿"))
    if recall.category == Category.STATE_SECRET and not rights_of(actor).holds(SECRECY, release.body_id):
        raise Refused(_("疑似国家秘密由保密审查人员或者保密行政管理部门决定"))
    _decide(recall, Decision.KEEP, "review.recall_keep", actor, demand_text(reason, _("保留的理由")))
    _back_into_view(release, actor)
    return recall


@verb("review.recall_keep_many", gettext_lazy("批量保留复筛发现"), *DECIDERS, Role.SECRECY_ADMIN)
def keep_recalls(
    actor: User | None, recalls: list[Recall], reason: str
) -> tuple[list[Recall], list[tuple[Recall, str]]]:
    """Keep each of them for one reason; those kept, and those that cannot be with the words that say why."""
    kept: list[Recall] = []
    left: list[tuple[Recall, str]] = []
    demand_text(reason, _("保留的理由"))
    for recall in recalls:
        try:
            with transaction.atomic():
                kept.append(keep_recall(actor, recall, reason))
        except ValidationError as error:
            left.append((recall, "；".join(error.messages)))
        except Refused as error:
            left.append((recall, str(error)))
    return kept, left


@verb("review.recall_change", gettext_lazy("修改复筛发现的内容"), *DECIDERS, body="recall.release.body_id")
@on_what_stands
def change_recall(actor: User | None, recall: Recall, reason: str = "") -> Recall:
    """The text is to be changed: its clerks are told, and it is over once the new version is signed."""
    actor = cast(User, actor)
    recall, release = _undecided(recall)
    _decide(recall, Decision.CHANGE, "review.recall_change", actor, reason.strip())
    tell_to_change(recall, release)
    return recall


@verb("review.recall_withdraw", gettext_lazy("因复筛发现撤稿"), *WITHDRAWERS, body="recall.release.body_id")
@on_what_stands
def withdraw_recall(actor: User | None, recall: Recall, reason: str, notice: str = "") -> Recall:
    """撤稿 at once because of the finding; a clerk or reviewer may, who otherwise needs a leader for it."""
    actor = cast(User, actor)
    recall, release = _undecided(recall, also=Decision.CHANGE)
    reason = demand_text(reason, _("撤稿理由"))
    _decide(recall, Decision.WITHDRAW, "review.recall_withdraw", actor, reason)
    close(release, State.WITHDRAWN, "review.recall_withdraw", actor, masked(reason), notice.strip())
    tell_room(release)
    return recall


def hold_overdue() -> int:
    """Out of public view goes what has findings undecided past their day. Returns how many releases."""
    late = Recall.objects.filter(WAITING, due__lt=clock.today(), held_at__isnull=True)
    releases = list(late.order_by("release").values_list("release", flat=True).distinct())
    return sum(_hold(number) for number in releases)


def _hold(number: int) -> bool:
    with transaction.atomic():
        release = locked(Release(pk=number))
        late = list(release.recalls.select_for_update().filter(WAITING, due__lt=clock.today(), held_at__isnull=True))
        if not late:
            return False
        take_out_of_view(release, late, _("复筛发现逾期未处理（%d 处），处理后恢复公开") % len(late))
        return True


def _undecided(recall: Recall, also: str = "") -> tuple[Recall, Release]:
    """The rows as they are now: of two who decide at once the second sees what the first did."""
    release = locked(recall.release)
    recall = Recall.objects.select_for_update(of=("self",)).get(pk=recall.pk)
    if recall.decision not in ("", also):
        told = {"person": recall.decided_by, "decision": recall.get_decision_display()}
        raise ValidationError(_("%(person)s已决定%(decision)s，不能重复处理") % told)
    if release.state != State.APPROVED:
        raise ValidationError(_("“%(title)s”%(state)s，不需要再处理") % named(release))
    return recall, release


def _decide(recall: Recall, decision: Decision, verb_key: str, actor: User, reason: str) -> None:
    with change(recall, verb_key, actor=actor, reason=masked(reason)):
        recall.decision, recall.reason = decision, masked(reason)
        recall.decided_by, recall.decided_at = actor, clock.now()
    said = {"rule": recall.rule, "excerpt": recall.excerpt, "keyed": recall.keyed, "part": recall.part}
    facts = {"findings": [said | {"severity": recall.severity}], "decision": recall.decision, "reason": recall.reason}
    register.note(recall.release, What.RESCREENED, actor, **facts)


def _back_into_view(release: Release, actor: User) -> None:
    """Only what went out of view for findings that are all kept now: not what a person held back, nor a secret."""
    mine = release.recalls.filter(held_at=release.held_at) if release.held_at else release.recalls.none()
    if not mine.exists() or release.recalls.exclude(decision=Decision.KEEP).exists():
        return
    if mine.filter(category=Category.STATE_SECRET).exists():
        return
    reason = _("复筛发现均已决定保留")
    with change(release, "review.resume", actor=actor, reason=reason):
        release.held_at, release.held_reason = None, ""
    register.note(release, What.RESUMED, actor, reason=reason)
