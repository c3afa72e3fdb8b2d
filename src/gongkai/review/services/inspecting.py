"""专项检查: begun with a sample drawn from the register, judged entry by entry, closed with a conclusion.

The notice (part 2) charges the secrecy administration with it: 保密行政管理部门……每年至少开展1次专项检查. So its people
alone begin, judge and close; the openness office reads.
"""

from __future__ import annotations

from datetime import date
from typing import cast

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.bodies.models import Body, Kind
from gongkai.foundation import clock
from gongkai.foundation.access import Refused, Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.wording import demand_text
from gongkai.review import register
from gongkai.review.inspection.drawing import draw, matching, population
from gongkai.review.machine import masked
from gongkai.review.models import (
    Attribute,
    Finding,
    Inspection,
    InspectionEntry,
    InspectionState,
    Judgement,
    Method,
    ProblemKind,
    Release,
    Step,
    What,
)

INSPECTOR = Role.SECRECY_ADMIN
SEED = 40  # characters of a seed


@verb("review.inspection_begin", gettext_lazy("发起专项检查"), INSPECTOR, body="county.pk")
def begin_inspection(
    actor: User | None,
    county: Body,
    year: int,
    title: str,
    scope_from: date,
    scope_to: date,
    method: Method = Method.RANDOM,
    seed: str = "",
    size: int | None = None,
    bodies: list[Body] | None = None,
    attribute: str = "",
) -> Inspection:
    """Draw the sample from what was signed in the period and write it down with all that is needed to draw it again.

    size: how many are taken by `seed`; None: all that the method picks.
    """
    actor, chosen, seed = cast(User, actor), bodies or [], seed.strip()
    inspection = Inspection(
        county=county,
        year=year,
        title=demand_text(title, _("检查名称"))[:200],
        scope_from=scope_from,
        scope_to=scope_to,
        method=method,
        attribute=attribute if method == Method.ATTRIBUTE else "",
        seed=seed if size else "",
        size=size,
        begun_by=actor,
        begun_at=clock.now(),
    )
    _refuse_impossible(inspection, chosen)
    picked = list(matching(inspection, chosen).values_list("pk", flat=True))
    inspection.population, inspection.matching = population(inspection).count(), len(picked)
    if not picked:
        raise ValidationError(_("所选时间段内没有符合条件的已签发登记，请调整时间段或者抽样方法"))
    sample = draw(picked, seed, size) if size else picked
    details = {"sample": sample, "bodies": [body.pk for body in chosen]}
    with change(inspection, "review.inspection_begin", actor=actor, details=details):
        pass
    inspection.bodies.set(chosen if method == Method.BODIES else ())
    drawn = {"seed": inspection.seed, "population": inspection.population, "sample": sample}
    told = {"body": county.code, "title": inspection.title, "method": str(inspection.method)}
    register.note(None, What.INSPECTED, actor, **told, **drawn)
    InspectionEntry.objects.bulk_create(
        [InspectionEntry(inspection=inspection, release_id=number) for number in sample], batch_size=500
    )
    return inspection


@verb("review.inspection_judge", gettext_lazy("判定检查项"), INSPECTOR, body="entry.inspection.county_id")
def judge_entry(
    actor: User | None,
    entry: InspectionEntry,
    judgement: Judgement,
    problem: str = "",
    what: str = "",
    measure: str = "",
) -> InspectionEntry:
    """Call an entry conforming, or name the problem and what the body is to do; may be judged anew until the close.

    Nobody judges what they wrote, put forward, reviewed or signed.
    """
    actor = cast(User, actor)
    entry = _open_entry(entry)
    _refuse_own(actor, entry.release)
    if judgement == Judgement.PROBLEM:
        if problem not in ProblemKind.values:
            raise ValidationError(_("请选择问题类型"))
        what, measure = masked(demand_text(what, _("问题"))), masked(demand_text(measure, _("整改要求")))
    else:
        problem = what = measure = ""
    with change(entry, "review.inspection_judge", actor=actor):
        entry.judgement, entry.problem, entry.what, entry.measure = judgement, problem, what, measure
        entry.judged_by, entry.judged_at = actor, clock.now()
        entry.mended_by, entry.mended_at, entry.mended_note = None, None, ""
    said = {"judgement": str(judgement), "problem": problem, "found": what, "measure": measure}
    register.note(entry.release, What.INSPECTED, actor, **said)
    return entry


@verb("review.inspection_conform", gettext_lazy("批量判定合规"), INSPECTOR, body="inspection.county_id")
def judge_conforming(
    actor: User | None, inspection: Inspection, entries: list[int]
) -> tuple[list[InspectionEntry], list[InspectionEntry]]:
    """Call all of these unjudged entries conforming; returns those done, and those the actor had a part in."""
    actor = cast(User, actor)
    rows = inspection.entries.filter(pk__in=entries, judgement=Judgement.UNJUDGED)
    own = set(rows.filter(release__in=taken_part(actor)).values_list("pk", flat=True))
    done, left = [], []
    for entry in rows.select_related("release", "inspection"):
        if entry.pk in own:
            left.append(entry)
        else:
            done.append(judge_entry(actor, entry, Judgement.CONFORMING))
    return done, left


@verb("review.inspection_mended", gettext_lazy("确认检查问题已整改"), INSPECTOR, body="entry.inspection.county_id")
def confirm_mended(actor: User | None, entry: InspectionEntry, note: str) -> InspectionEntry:
    """An inspector looked again and found the problem mended; `note` says what was looked at."""
    actor = cast(User, actor)
    register.hold_pen()
    entry = InspectionEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    _refuse_own(actor, entry.release)
    if entry.judgement != Judgement.PROBLEM or entry.mended_at is not None:
        raise ValidationError(_("这一项没有待复核的问题"))
    with change(entry, "review.inspection_mended", actor=actor):
        entry.mended_by, entry.mended_at = actor, clock.now()
        entry.mended_note = masked(demand_text(note, _("复核时看到的情况")))
    register.note(entry.release, What.INSPECTED, actor, mended=entry.mended_note)
    return entry


@verb("review.inspection_close", gettext_lazy("完成专项检查"), INSPECTOR, body="inspection.county_id")
def close_inspection(actor: User | None, inspection: Inspection, conclusion: str) -> Inspection:
    """Finish once every entry is judged; judgements stand from then on."""
    inspection = _open_inspection(inspection)
    left = inspection.entries.filter(judgement=Judgement.UNJUDGED).count()
    if left:
        raise ValidationError(_("还有 %d 项未判定，全部判定后才能完成检查") % left)
    _end(inspection, InspectionState.CLOSED, actor, demand_text(conclusion, _("检查结论")))
    return inspection


@verb("review.inspection_cancel", gettext_lazy("作废专项检查"), INSPECTOR, body="inspection.county_id")
def cancel_inspection(actor: User | None, inspection: Inspection, reason: str) -> Inspection:
    """Void an inspection that was begun by mistake; it stays in the list, counts for no year and asks nothing."""
    inspection = _open_inspection(inspection)
    _end(inspection, InspectionState.CANCELLED, actor, demand_text(reason, _("作废的原因")))
    return inspection


def taken_part(user: User) -> QuerySet[Release]:
    """The releases that the person wrote, put forward, reviewed or signed."""
    wrote = Release.authors.through.objects.filter(user=user).values("release")
    reviewed = [model.objects.filter(decided_by=user).order_by().values("release") for model in (Step, Finding)]
    theirs = Q(requested_by=user) | Q(decided_by=user) | Q(pk__in=wrote)
    return Release.objects.filter(theirs | Q(pk__in=reviewed[0]) | Q(pk__in=reviewed[1])).order_by()


def _refuse_own(user: User, release: Release) -> None:
    if taken_part(user).filter(pk=release.pk).exists():
        raise Refused(_("您参与过“%s”的撰写、报送、审查或者签发，请由其他检查人员判定") % release.title)


def _refuse_impossible(inspection: Inspection, bodies: list[Body]) -> None:
    county, size = inspection.county, inspection.size
    if county.kind != Kind.COUNTY:
        raise ValidationError(_("专项检查以县为单位开展"))
    if inspection.scope_to < inspection.scope_from:
        raise ValidationError(_("截止日期早于起始日期，请核对"))
    if size is not None and size < 1:
        raise ValidationError(_("抽取数量应为 1 以上的整数"))
    if inspection.method == Method.RANDOM and size is None:
        raise ValidationError(_("随机抽样须填写抽取数量"))
    if size and not inspection.seed:
        raise ValidationError(_("抽取部分登记须填写抽样种子"))
    if len(inspection.seed) > SEED:
        raise ValidationError(_("抽样种子不超过 %d 字") % SEED)
    if inspection.method == Method.BODIES and not bodies:
        raise ValidationError(_("请选择要检查的单位"))
    if any(body.root.pk != county.pk for body in bodies):
        raise ValidationError(_("所选单位不属于%s") % county)
    if inspection.method == Method.ATTRIBUTE and inspection.attribute not in Attribute.values:
        raise ValidationError(_("请选择公开属性"))


def _open_entry(entry: InspectionEntry) -> InspectionEntry:
    register.hold_pen()
    entry = InspectionEntry.objects.select_for_update(of=("self",)).select_related("release").get(pk=entry.pk)
    _open_inspection(entry.inspection)
    return entry


def _open_inspection(inspection: Inspection) -> Inspection:
    """The row as it is now: of two who end it at once the second sees what the first did."""
    register.hold_pen()
    inspection = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    if inspection.state != InspectionState.OPEN:
        raise ValidationError(_("“%(title)s”%(state)s，不能再改动") % _named(inspection))
    return inspection


def _end(inspection: Inspection, state: InspectionState, actor: User | None, words: str) -> None:
    words = masked(words)
    verb_key = "review.inspection_close" if state == InspectionState.CLOSED else "review.inspection_cancel"
    with change(inspection, verb_key, actor=actor, reason=words):
        inspection.state, inspection.conclusion = state, words
        inspection.ended_by, inspection.ended_at = actor, clock.now()
    told = {"body": inspection.county.code, "title": inspection.title, "state": str(state)}
    register.note(None, What.INSPECTED, actor, **told, note=words)


def _named(inspection: Inspection) -> dict[str, str]:
    return {"title": inspection.title, "state": inspection.get_state_display()}
