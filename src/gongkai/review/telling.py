"""Telling people what waits for them at the gate, and what became of what they put forward."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.selectors import holders
from gongkai.foundation import clock
from gongkai.foundation.access import Role
from gongkai.foundation.notifications import Kind, kinds
from gongkai.foundation.notifications.services import notify
from gongkai.review.models import Release, State

WAITING = kinds.register(Kind("review.waiting", _("内容待签发")))
DECIDED = kinds.register(Kind("review.decided", _("报送内容的审查结果")))


def tell_leaders(release: Release) -> None:
    """Once a day for each leader, however much waits: the list says the rest. Nobody signs what they put forward."""
    today = clock.today()
    leaders = holders(release.body, Role.LEADER, on=today).exclude(pk=release.requested_by_id)
    notify(
        leaders,
        WAITING,
        gettext("有内容待签发"),
        meaning=gettext("%(body)s报送：%(title)s") % {"body": release.body, "title": release.title},
        todo=gettext("请审阅后签发或退回"),
        link=reverse("review_waiting"),
        once=f"review.waiting:{release.body_id}:{today}",
    )


def tell_requester(release: Release) -> None:
    """Signed, or sent back and why."""
    signed = release.state == State.APPROVED
    title = gettext("已签发：%s") if signed else gettext("已退回：%s")
    notify(
        [release.requested_by],
        DECIDED,
        title % release.title,
        meaning=release.note,
        todo="" if signed else gettext("请按意见修改后重新报送"),
        link=reverse("review_release", args=[release.pk]),
        about=release,
    )
