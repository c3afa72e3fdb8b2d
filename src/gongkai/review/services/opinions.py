"""征求意见 and 转报: others are asked before the release is decided, and their answer is written down."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.foundation import clock
from gongkai.foundation.access import Refused, Role, rights_of, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.wording import demand_text
from gongkai.review.models import Asked, Opinion, Release, Verdict
from gongkai.review.register import note_opinion
from gongkai.review.services.deciding import REVIEWERS
from gongkai.review.services.records import waiting
from gongkai.review.services.stepping import step_for
from gongkai.review.telling import tell_answered, tell_asked


@verb("review.ask", gettext_lazy("征求意见或者转报"), *REVIEWERS)
def ask(actor: User | None, release: Release, asked: Asked, question: str, asked_name: str = "") -> Opinion:
    """Ask the secrecy administration (条例第十七条第三款), another organ or a third party (第三十二条).

    Only somebody who may take a step now can ask; until the answer is there nobody passes one.
    """
    actor = cast(User, actor)
    release = waiting(release)
    step_for(actor, release)
    question = demand_text(question, _("征求的问题"))
    if asked != Asked.SECRECY_ADMIN:
        asked_name = demand_text(asked_name, _("征求对象名称"))
    opinion = Opinion(
        release=release,
        asked=asked,
        asked_name=asked_name.strip(),
        question=question,
        asked_by=actor,
        asked_at=clock.now(),
    )
    with change(opinion, "review.ask", actor=actor):
        pass
    note_opinion(opinion)
    tell_asked(opinion)
    return opinion


@verb("review.answer", gettext_lazy("登记答复"), Role.SECRECY_ADMIN, *REVIEWERS)
def answer(actor: User | None, opinion: Opinion, verdict: Verdict, answer: str) -> Opinion:
    """Write down the answer: the secrecy administration its own, the one who asked what others replied."""
    actor = cast(User, actor)
    release = waiting(opinion.release)
    opinion = Opinion.objects.select_for_update(of=("self",)).get(pk=opinion.pk)
    if opinion.verdict:
        raise ValidationError(_("这项征求意见已有答复"))
    if opinion.asked == Asked.SECRECY_ADMIN:
        if not rights_of(actor).holds({Role.SECRECY_ADMIN}, release.body_id):
            raise Refused(_("转报的内容由保密行政管理部门答复"))
    elif actor.pk != opinion.asked_by_id:
        raise Refused(_("答复由提出征求意见的人登记"))
    with change(opinion, "review.answer", actor=actor):
        opinion.verdict, opinion.answer = verdict, demand_text(answer, _("答复内容"))
        opinion.answered_by, opinion.answered_at = actor, clock.now()
    note_opinion(opinion)
    tell_answered(opinion)
    return opinion
