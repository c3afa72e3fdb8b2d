"""政府信息公开保密审查表: one release in the customary columns of the register, for the workbook and the printed form.

The columns follow the forms in use (as reported from 黑龙江 and 南通); what people wrote is masked as there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min, Prefetch
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.core.screening import Category
from gongkai.foundation.registries import Label
from gongkai.review.machine import masked
from gongkai.review.models import Attribute, Entry, Finding, Release, Step, StepKind, What
from gongkai.review.selectors import label_of, ways_of

NUMBER = "保审〔{year}〕{number}号"
WORDS = (Category.WORK_SECRET, Category.INTERNAL, Category.LEXICON, Category.TYPO)
SHOWN = 5  # findings named one by one; the register holds them all


@dataclass(frozen=True, slots=True)
class Sheet:
    """The fields of the form, in words; `release` is the one it is about."""

    release: Release
    number: str
    body: str
    title: str
    carrier: str
    attribute: str
    way: str
    when: str
    put_forward: str
    section: str
    legal: str
    secrecy: str
    signed: str
    opinions: str
    machine: str
    words: str
    personal: str
    aggregation: str
    published: str
    archive: str
    answers: dict[str, dict[str, str]]


COLUMNS: dict[str, Label] = {
    "number": gettext_lazy("编号"),
    "body": gettext_lazy("拟公开单位"),
    "title": gettext_lazy("信息名称"),
    "carrier": gettext_lazy("载体形式"),
    "attribute": gettext_lazy("公开属性及依据"),
    "way": gettext_lazy("拟公开方式"),
    "when": gettext_lazy("拟公开时间"),
    "put_forward": gettext_lazy("承办人及意见"),
    "section": gettext_lazy("科室负责人意见"),
    "legal": gettext_lazy("合法性审查意见"),
    "secrecy": gettext_lazy("保密审查意见"),
    "signed": gettext_lazy("领导审批意见"),
    "opinions": gettext_lazy("征求意见情况"),
    "machine": gettext_lazy("机器发现与处置"),
    "words": gettext_lazy("敏感词处理"),
    "personal": gettext_lazy("个人信息处理"),
    "aggregation": gettext_lazy("汇聚风险结论"),
    "published": gettext_lazy("发布人、时间、链接"),
    "archive": gettext_lazy("归档号（登记簿条目）"),
}


def number_of(release: Release) -> str:
    """编号, as people quote it."""
    return NUMBER.format(year=localtime(release.requested_at).year, number=release.pk)


def sheets_of(releases: Sequence[Release]) -> Iterator[Sheet]:
    """The sheets of releases, in their order; as many queries for a thousand as for one."""
    ids = [release.pk for release in releases]
    whole = {release.pk: release for release in _whole(ids)}
    spans = _spans(ids)
    for pk in ids:
        yield _sheet(whole[pk], spans.get(pk))


def _whole(ids: list[int]) -> Iterable[Release]:
    written = Entry.objects.filter(what__in=[What.REQUESTED, What.PUBLISHED]).select_related("actor")
    return (
        Release.objects.filter(pk__in=ids)
        .select_related("body", "requested_by")
        .prefetch_related(
            Prefetch("steps", Step.objects.select_related("decided_by")),
            Prefetch("entries", written, to_attr="written"),
            Prefetch("findings", Finding.objects.select_related("decided_by")),
            "opinions",
        )
    )


def _spans(ids: list[int]) -> dict[int, tuple[int, int]]:
    rows = Entry.objects.filter(release__in=ids).order_by().values_list("release")
    return {pk: (first, last) for pk, first, last in rows.annotate(Min("number"), Max("number"))}


def _sheet(release: Release, span: tuple[int, int] | None) -> Sheet:
    findings = list(release.findings.all())
    steps = {StepKind(step.kind): step for step in release.steps.all()}
    return Sheet(
        release=release,
        number=number_of(release),
        body=release.body.name,
        title=release.title,
        carrier=_joined([release.get_carrier_display(), label_of(release)]),
        attribute=_joined([release.get_attribute_display(), masked(release.ground)]),
        way="、".join(ways_of(release)),
        when=_when(release),
        put_forward=_put_forward(release),
        section=_step(steps.get(StepKind.REVIEWER)),
        legal=_step(steps.get(StepKind.LEGAL)),
        secrecy=_step(steps.get(StepKind.SECRECY)),
        signed=_step(steps.get(StepKind.LEADER)),
        opinions=_opinions(release),
        machine=_machine(release, findings),
        words=_named(findings, lambda one: one.category in WORDS),
        personal=_named(findings, lambda one: one.category == Category.PERSONAL),
        aggregation=_aggregation(release, findings),
        published=_published(release),
        archive=_joined([masked(release.archive_number), _("登记簿第 %d—%d 条") % span if span else ""]),
        answers={key: one | {"note": masked(one["note"])} for key, one in release.answers.items()},
    )


def _joined(parts: Iterable[str]) -> str:
    return "；".join(part for part in parts if part)


def _moment(at: datetime | None) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}" if at else ""


def _when(release: Release) -> str:
    if release.attribute != Attribute.PROACTIVE:
        return ""
    until = _("公示至 %s") % release.show_until.isoformat() if release.show_until else ""
    return _joined([_("签发后即时公开"), until])


def _put_forward(release: Release) -> str:
    entries = [one for one in _written(release) if one.what == What.REQUESTED]
    words = entries[0].facts.get("note", "") if entries else ""
    urgent = _("加急：%s") % masked(release.urgent_reason) if release.urgent else ""
    return _joined([str(release.requested_by), words, urgent, _moment(release.requested_at)])


def _step(step: Step | None) -> str:
    if step is None:
        return _("不设此环节")
    if not step.outcome:
        return _("未办理")
    return _joined([str(step.decided_by), step.get_outcome_display(), masked(step.note), _moment(step.decided_at)])


def _opinions(release: Release) -> str:
    told = [
        _joined(
            [
                f"{one.get_asked_display()}{one.asked_name and f'（{masked(one.asked_name)}）'}",
                masked(one.question),
                one.get_verdict_display() or _("待答复"),
                masked(one.answer),
            ]
        )
        for one in release.opinions.all()
    ]
    return "\n".join(told) or _("未征求意见")


def _machine(release: Release, findings: list[Finding]) -> str:
    """What was found; what could not be examined stands beside it, so that nothing passes for clean unseen."""
    if not release.machine:
        return _("未经机器审查")
    unseen = _("另有 %d 项机器未能检查") % len(release.not_examined) if release.not_examined else ""
    return _joined([_disposed(findings) or _("未发现问题"), unseen])


def _aggregation(release: Release, findings: list[Finding]) -> str:
    """How the lists were judged, what was found, who decided what about it; what was not judged says so."""
    told = release.together
    if not told:
        return _("系统未作汇聚分析，由审查人员判断")
    looked = [_("人员名单 %d 份") % told["lists"] if told["lists"] else _("附件中没有人员名单")]
    if told["smallest"] is not None:
        looked.append(_("最小组 %(smallest)d 人（应不少于 %(wanted)d 人）") % told)
    if told["compared"]:
        looked.append(_("与已公开的 %d 份附件比对") % len(told["compared"]))
    if release.not_examined:
        looked.append(_("机器未能检查的内容除外"))
    return "\n".join([_joined(looked), _named(findings, lambda one: one.category == Category.AGGREGATION)])


def _disposed(findings: list[Finding]) -> str:
    """How many were found, and how many of them met which end."""
    if not findings:
        return ""
    ends = Counter(one.get_disposal_display() or _("未处置") for one in findings)
    listed = "、".join(f"{end} {count}" for end, count in ends.items())
    return _("%(total)d 处：%(listed)s") % {"total": len(findings), "listed": listed}


def _named(findings: list[Finding], wanted: Callable[[Finding], bool]) -> str:
    mine = [one for one in findings if wanted(one)]
    if not mine:
        return _("未发现")
    more = [_("等 %d 处") % len(mine)] if len(mine) > SHOWN else []
    return "\n".join([*map(_decided, mine[:SHOWN]), *more])


def _decided(one: Finding) -> str:
    """What was found, what was decided about it, by whom and why; of a list its numbers say more than a row of it."""
    what = one.message if one.category == Category.AGGREGATION else one.excerpt or one.message
    by = str(one.decided_by) if one.decided_by else ""
    return _joined([what, one.get_disposal_display(), by, masked(one.reason)])


def _published(release: Release) -> str:
    entries = [one for one in _written(release) if one.what == What.PUBLISHED]
    if not entries:
        return _("未公开")
    last = entries[-1]
    return _joined([str(last.actor or _("系统")), _moment(last.at), last.facts.get("address", "")])


def _written(release: Release) -> list[Entry]:
    return list(getattr(release, "written", ()))
