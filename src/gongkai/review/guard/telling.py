"""Who learns of an incident. The notices say that something turned up, where and when — nothing of what it said."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.bodies.selectors import counties, holders
from gongkai.foundation import clock
from gongkai.foundation.access import Role
from gongkai.foundation.accounts.models import User
from gongkai.foundation.notifications import Kind, kinds
from gongkai.foundation.notifications.services import notify
from gongkai.review.models import Incident

REFUSED = kinds.register(Kind("review.secret_refused", _("疑似国家秘密被拦截"), urgent=True))
PUBLIC = kinds.register(Kind("review.secret_public", _("已公开内容疑似涉密"), urgent=True, wakes=True))


def tell_refused(incident: Incident) -> None:
    """The secrecy administration and the body's secrecy reviewers, once a day for each body: the list says the rest."""
    notify(
        _watchers(incident, Role.SECRECY_ADMIN, Role.SECRECY_REVIEWER),
        REFUSED,
        gettext("拦截了疑似国家秘密的内容"),
        meaning=gettext("%(body)s：%(way)s时发现，没有写入系统")
        % {"body": incident.body or gettext("社会公众"), "way": incident.get_way_display()},
        todo=gettext("请核实来源，确属国家秘密的按保密法处理"),
        link=reverse("review_incident", args=[incident.pk]),
        once=f"review.refused:{incident.body_id}:{clock.today()}",
    )


def tell_found_public(incident: Incident) -> None:
    """At once, in the night too: the secrecy administration, the office, the body's secrecy reviewers and leaders."""
    _tell_clock(incident, gettext("已公开内容疑似涉密，已停止公开"), f"review.public:{incident.pk}")


def remind(incident: Incident, stage: str) -> None:
    """While the 24 hours run, and when they are over; once for each stage."""
    over = incident.report_due is not None and incident.report_due <= clock.now()
    title = gettext("泄密隐患报告已逾期") if over else gettext("泄密隐患尚未登记报告")
    _tell_clock(incident, title, f"review.public:{incident.pk}:{stage}")


def _tell_clock(incident: Incident, title: str, once: str) -> None:
    due = date_format(timezone.localtime(incident.report_due), "DATETIME_FORMAT") if incident.report_due else ""
    notify(
        _watchers(incident, Role.SECRECY_ADMIN, Role.OFFICE, Role.SECRECY_REVIEWER, Role.LEADER),
        PUBLIC,
        title,
        meaning=gettext("%(body)s，登记编号 %(number)s。报告时限：%(due)s")
        % {"body": incident.body, "number": incident.pk, "due": due},
        todo=gettext("请立即采取补救措施，向保密行政管理部门和上级机关报告，并在系统中登记"),
        link=reverse("review_incident", args=[incident.pk]),
        about=incident,
        once=once,
    )


def _watchers(incident: Incident, *roles: Role) -> Iterable[User]:
    """Holders in the body and its county; of what no body is known for, in every county."""
    bodies: Iterable[Body] = [incident.body] if incident.body is not None else counties()
    today = clock.today()
    return [user for body in bodies for user in holders(body, *roles, on=today)]
