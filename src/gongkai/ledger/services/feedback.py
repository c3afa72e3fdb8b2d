"""社会监督意见: left by a visitor, answered by the office, shown only when the answer has passed the gate."""

from __future__ import annotations

import secrets

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.foundation import clock
from gongkai.foundation.access import Refused, Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.wording import demand_text
from gongkai.ledger.models import Feedback, FeedbackState, Item
from gongkai.ledger.reviewables import FEEDBACK, ITEM
from gongkai.review import gate
from gongkai.review.models import Release
from gongkai.review.models import State as ReleaseState
from gongkai.review.services import request, withdraw

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read wrongly from paper
LONGEST = 1000  # characters of a visitor's opinion


@verb("ledger.leave_feedback", gettext_lazy("提交监督意见"), system=True)
def leave_feedback(actor: User | None, item: Item, text: str) -> Feedback:
    """Keep what a visitor says about a released item; nobody's name or address is stored with it."""
    text = demand_text(text, _("意见内容"))
    if len(text) > LONGEST:
        raise ValidationError(_("意见内容不能超过 %(limit)s 字") % {"limit": LONGEST})
    if item.removed or not gate.is_open(ITEM, item):
        raise Refused(_("该事项尚未公开，不能提交意见"))
    feedback = Feedback(item=item, reference=_reference(), text=text, created_at=clock.now())
    with change(feedback, "ledger.leave_feedback", actor=actor):
        pass
    return feedback


@verb("ledger.answer_feedback", gettext_lazy("答复监督意见"), Role.OFFICE, body="feedback.item.plan.county_id")
def answer_feedback(actor: User | None, feedback: Feedback, reply: str) -> Feedback:
    """Answer and put opinion and answer before the gate together; a changed answer goes there again."""
    feedback = Feedback.objects.select_for_update().get(pk=feedback.pk)
    reply = demand_text(reply, _("答复"))
    with change(feedback, "ledger.answer_feedback", actor=actor):
        feedback.reply = reply
        feedback.state = FeedbackState.WAITING
        feedback.handled_by, feedback.handled_at = actor, clock.now()
    request(actor, FEEDBACK, feedback.pk)
    return feedback


@verb("ledger.hide_feedback", gettext_lazy("不公开监督意见"), Role.OFFICE, body="feedback.item.plan.county_id")
def hide_feedback(actor: User | None, feedback: Feedback, reason: str) -> Feedback:
    """Do not show it, or show it no longer; the reason stays with the record."""
    feedback = Feedback.objects.select_for_update().get(pk=feedback.pk)
    reason = demand_text(reason, _("不公开的理由"))
    if feedback.state == FeedbackState.HIDDEN:
        raise ValidationError(_("“%(reference)s”已经不公开") % {"reference": feedback.reference})
    with change(feedback, "ledger.hide_feedback", actor=actor, reason=reason):
        feedback.state = FeedbackState.HIDDEN
        feedback.handled_by, feedback.handled_at = actor, clock.now()
    live = Release.objects.filter(kind=FEEDBACK, object_id=feedback.pk)
    for release in live.filter(state__in=[ReleaseState.WAITING, ReleaseState.APPROVED]):
        withdraw(actor, release, reason)
    return feedback


def _reference() -> str:
    """回执编号, such as JD20230920-7K3Q: the day and four characters that are not taken yet."""
    while True:
        tail = "".join(secrets.choice(ALPHABET) for _position in range(4))
        reference = f"JD{clock.today():%Y%m%d}-{tail}"
        if not Feedback.objects.filter(reference=reference).exists():
            return reference
