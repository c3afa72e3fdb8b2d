"""Telling people what waits for them at the gate, and what became of what they put forward."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.selectors import counties, holders
from gongkai.foundation import clock
from gongkai.foundation.access import Role
from gongkai.foundation.accounts.models import User
from gongkai.foundation.notifications import Kind, kinds
from gongkai.foundation.notifications.services import notify
from gongkai.review.machine import masked
from gongkai.review.models import Asked, Opinion, Recall, Release, Rescreening, State, Step, StepKind, Verification

WAITING = kinds.register(Kind("review.waiting", _("内容待审查")))
DECIDED = kinds.register(Kind("review.decided", _("报送内容的审查结果")))
ASKED = kinds.register(Kind("review.asked", _("转报与征求意见")))
VERIFIED = kinds.register(Kind("review.register_verified", _("登记簿核验完成")))
BROKEN = kinds.register(Kind("review.register_broken", _("登记簿核验发现问题"), urgent=True))
RECALLED = kinds.register(Kind("review.recalled", _("复筛发现")))
HELD = kinds.register(Kind("review.held", _("内容暂停公开")))


def _title(release: Release) -> str:
    """As today's rules let it be written: a notice must not repeat what a newer one suspects, nor fail by it."""
    return masked(release.title)


def tell_deciders(step: Step) -> None:
    """Once a day for each step of a body, however much waits, the list says the rest; what is urgent at once."""
    release, today = step.release, clock.today()
    each_day = f"review.waiting:{step.reviewer_body_id}:{step.kind}:{today}"
    title = gettext("加急：有内容待%s") if release.urgent else gettext("有内容待%s")
    notify(
        deciders(step),
        WAITING,
        title % step.get_kind_display(),
        meaning=gettext("%(body)s报送：%(title)s") % {"body": release.body, "title": _title(release)},
        todo=gettext("请审阅后通过或退回"),
        link=reverse("review_waiting"),
        once=f"review.urgent:{step.pk}" if release.urgent else each_day,
    )


def deciders(step: Step) -> Iterable[User]:
    """Who may take the step: holders of its role today who neither wrote nor sent the text nor took another step."""
    role, release = StepKind(step.kind).role, step.release
    if role is None:
        return []
    barred = {release.requested_by_id, *release.authors.values_list("pk", flat=True)}
    barred |= set(release.steps.exclude(decided_by=None).values_list("decided_by", flat=True))
    return holders(step.reviewer_body, role, on=clock.today()).exclude(pk__in=barred)


def remind(step: Step) -> None:
    """Once a day for what is late; the machine's step waits for the one who put the text forward."""
    release = step.release
    notify(
        deciders(step) or [release.requested_by],
        WAITING,
        gettext("审查超过时限：%s") % _title(release),
        meaning=gettext("“%s”环节已超过办理时限") % step.get_kind_display(),
        todo=gettext("请尽快办理"),
        link=reverse("review_release", args=[release.pk]),
        once=f"review.late:{step.pk}:{clock.today()}",
    )


def tell_requester(release: Release) -> None:
    """Signed, stopped by the machine, or sent back and why."""
    titles = {State.APPROVED: gettext("已签发：%s"), State.STOPPED: gettext("机器审查未通过：%s")}
    notify(
        [release.requested_by],
        DECIDED,
        titles.get(State(release.state), gettext("已退回：%s")) % _title(release),
        meaning=release.note or release.closed_reason,
        todo="" if release.state == State.APPROVED else gettext("请按意见修改后重新报送"),
        link=reverse("review_release", args=[release.pk]),
        about=release,
    )


def tell_asked(opinion: Opinion) -> None:
    """The secrecy administration learns of what is referred to it; others are asked outside the product."""
    if opinion.asked != Asked.SECRECY_ADMIN:
        return
    release = opinion.release
    notify(
        holders(release.body, Role.SECRECY_ADMIN, on=clock.today()),
        ASKED,
        gettext("转报确定：%s") % _title(release),
        meaning=gettext("%s转报，请确定是否可以公开") % release.body,
        todo=gettext("请答复"),
        link=reverse("review_release", args=[release.pk]),
        about=release,
    )


def tell_answered(opinion: Opinion) -> None:
    notify(
        [opinion.asked_by],
        ASKED,
        gettext("已有答复：%s") % _title(opinion.release),
        meaning=opinion.get_verdict_display(),
        todo=gettext("请继续办理审查"),
        link=reverse("review_release", args=[opinion.release_id]),
        about=opinion.release,
    )


def tell_held(release: Release) -> None:
    """The body's people and its leader: nobody in the public sees it until they decide."""
    notify(
        holders(release.body, Role.CLERK, Role.LEADER, on=clock.today()),
        HELD,
        gettext("已暂停公开：%s") % _title(release),
        meaning=release.held_reason,
        todo=gettext("请修改后重新报送、恢复公开或者撤稿"),
        link=reverse("review_release", args=[release.pk]),
        about=release,
    )


def tell_broken(done: Verification) -> None:
    """The offices, and who supervises them; once a day for as long as it is so."""
    today = clock.today()
    for county in counties():
        notify(
            holders(county, Role.OFFICE, Role.SECRECY_ADMIN, Role.AUDITOR, on=today),
            BROKEN,
            gettext("保密审查登记簿核验发现 %d 处问题") % done.problems,
            meaning="；".join(done.places[:3]),
            todo=gettext("请保留现状，不要自行修复；用留存的锚点文件和备份核对，查明原因"),
            link=reverse("review_register"),
            once=f"review.register_broken:{today}",
        )


def tell_verified(done: Verification) -> None:
    """Whoever had it done."""
    if done.by is None:
        return
    sound = gettext("登记簿完好，共 %d 条") % done.count
    notify(
        [done.by],
        VERIFIED,
        gettext("登记簿核验完成"),
        meaning=gettext("发现 %d 处问题") % done.problems if done.problems else sound,
        todo=gettext("请查看问题所在") if done.problems else "",
        link=reverse("review_verification", args=[done.pk]),
        about=done,
    )


def tell_recalled(release: Release, due: date) -> None:
    """Once a day for each body, however much was found: the list says the rest."""
    today = clock.today()
    notify(
        holders(release.body, Role.CLERK, Role.REVIEWER, Role.SECRECY_REVIEWER, on=today),
        RECALLED,
        gettext("已公开的内容有新的机器发现"),
        meaning=gettext("%(body)s：%(title)s 等。%(due)s前未处理的，暂停公开")
        % {"body": release.body, "title": _title(release), "due": date_format(due)},
        todo=gettext("请逐条决定保留、修改或者撤稿"),
        link=reverse("review_recalls"),
        once=f"review.recalled:{release.body_id}:{today}",
    )


def tell_to_change(recall: Recall, release: Release) -> None:
    notify(
        holders(release.body, Role.CLERK, on=clock.today()),
        RECALLED,
        gettext("需要修改：%s") % _title(release),
        meaning=gettext("%(part)s：%(excerpt)s。%(message)s")
        % {"part": recall.part, "excerpt": recall.excerpt, "message": recall.message},
        todo=recall.suggestion or gettext("请修改后重新报送审查"),
        link=reverse("review_recall", args=[recall.pk]),
        about=recall,
    )


def tell_rescreened(run: Rescreening) -> None:
    """Whoever began the run, or the office when it began by itself and found something."""
    office = holders(run.county, Role.OFFICE, on=clock.today()) if run.found else []
    notify(
        [run.started_by] if run.started_by else office,
        RECALLED,
        gettext("复筛已完成"),
        meaning=gettext("筛查 %(done)d 项，发现 %(found)d 处，未能检查 %(missed)d 处")
        % {"done": run.done, "found": run.found, "missed": run.missed},
        todo=gettext("请查看发现和未能检查的内容") if run.found or run.missed else "",
        link=reverse("review_rescreening", args=[run.pk]),
        about=run,
    )
