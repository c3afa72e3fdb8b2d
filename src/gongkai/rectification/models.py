"""What a body must mend, the times it need not, and how the checks that find such things fare."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.foundation.events.models import Audited
from gongkai.foundation.registries import Severity


class State(models.TextChoices):
    """整改状态. 已逾期 is not a state but computed: due before today and neither closed nor excepted."""

    TO_MEND = "to-mend", _("待整改")
    TO_CHECK = "to-check", _("待复核")
    EXCEPTED = "excepted", _("例外")
    CLOSED = "closed", _("已办结")


class Ruling(models.TextChoices):
    """人工认定: what the office decided against the check; it holds until the office decides otherwise.

    MENDED: closed, although the check still finds it; STANDING: not closed by the check, only by the office.
    """

    MENDED = "mended", _("认定已整改")
    STANDING = "standing", _("认定未整改")


OWED = (State.TO_MEND, State.TO_CHECK)  # in these states time runs


class CaseQuerySet(models.QuerySet["Case"]):
    def unclosed(self) -> CaseQuerySet:
        return self.exclude(state=State.CLOSED)

    def overdue(self, today: date) -> CaseQuerySet:
        return self.filter(state__in=OWED, due__lt=today)

    def set_aside(self) -> CaseQuerySet:
        """Closed by ruling although their source still finds them: they are not opened again."""
        return self.filter(state=State.CLOSED, ruling=Ruling.MENDED, ruling_ended_on=None)

    def of_bodies(self, body_ids: frozenset[int] | None) -> CaseQuerySet:
        """Only those of the bodies; None means all."""
        return self if body_ids is None else self.filter(body_id__in=body_ids)


class Case(Audited):
    """整改事项: one problem that one body must mend, from being found to being closed.

    source, reference: which check found it, and what it is called there; title and detail hold masked excerpts only.
    days, term_basis: the term in working days and where it comes from; counted_from: the day after which it runs.
    due: computed from them and the exceptions (see `deadline`), kept for lists.
    ruling: see `Ruling`; ruling_ended_on: since when the source no longer finds what was closed by ruling.
    earlier: the case of the same problem closed before; times: how often it was found, this time included.
    """

    audited = (
        "state",
        "body",
        "title",
        "detail",
        "days",
        "counted_from",
        "due",
        "mended_by",
        "mended_note",
        "check_mended",
        "check_words",
        "ruling",
        "ruling_ended_on",
        "closed_at",
        "leader_told_on",
        "office_told_on",
    )

    source = models.CharField(_("来源"), max_length=60)
    reference = models.CharField(_("来源编号"), max_length=300)
    body = models.ForeignKey(Body, verbose_name=_("责任单位"), on_delete=models.PROTECT, related_name="rectifications")
    title = models.CharField(_("问题"), max_length=300)
    detail = models.TextField(_("具体情况"), blank=True)
    address = models.CharField(_("查看地址"), max_length=1000, blank=True)
    severity = models.CharField(_("程度"), max_length=20, choices=Severity, default=Severity.ORDINARY)
    basis = models.CharField(_("依据"), max_length=300, blank=True)
    state = models.CharField(_("状态"), max_length=20, choices=State, default=State.TO_MEND)
    found_at = models.DateTimeField(_("发现时间"))
    days = models.PositiveSmallIntegerField(_("整改期限（工作日）"))
    term_basis = models.CharField(_("期限来源"), max_length=300)
    counted_from = models.DateField(_("期限起算日"))
    counted_because = models.CharField(_("重新起算的原因"), max_length=200, blank=True)
    due = models.DateField(_("到期日"))
    mended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("报告人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    mended_at = models.DateTimeField(_("报告整改时间"), null=True)
    mended_note = models.TextField(_("整改情况"), blank=True)
    checked_at = models.DateTimeField(_("复核时间"), null=True)
    check_mended = models.BooleanField(_("复核结论"), null=True, help_text=_("空表示尚未复核，或者复核未能完成"))
    check_words = models.TextField(_("复核情况"), blank=True)
    ruling = models.CharField(_("人工认定"), max_length=20, choices=Ruling, blank=True)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("认定人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    ruled_because = models.TextField(_("认定理由"), blank=True)
    ruling_ended_on = models.DateField(_("认定终止日期"), null=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True)
    earlier = models.ForeignKey(
        "self", verbose_name=_("上一次"), null=True, on_delete=models.PROTECT, related_name="later"
    )
    times = models.PositiveSmallIntegerField(_("第几次发现"), default=1)
    urged_count = models.PositiveSmallIntegerField(_("催办次数"), default=0)
    urged_on = models.DateField(_("最近催办日期"), null=True)
    leader_told_on = models.DateField(_("报告签发领导日期"), null=True)
    office_told_on = models.DateField(_("报告政务公开办日期"), null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("整改事项")
        ordering: ClassVar[list[str]] = ["due", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["source", "reference"], condition=~Q(state="closed"), name="rectification_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="rectification_closed_at",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["body", "state", "due"], name="rectification_body"),
            models.Index(fields=["source", "reference", "-id"], name="rectification_reference"),
            models.Index(fields=["state", "due"], name="rectification_due"),
        ]

    def __str__(self) -> str:
        return f"{self.body}：{self.title}"

    def is_overdue(self, today: date) -> bool:
        return self.state in OWED and self.due < today

    @property
    def link(self) -> str:
        """The address when it can be followed; what a source took from elsewhere may be anything."""
        return self.address if self.address.startswith(("https://", "http://", "/")) else ""


class Exemption(Audited):
    """例外: days on which the body need not mend it, by decision of the office; they do not count.

    until: the last day, included; brought forward when the exception is ended early.
    """

    audited = ("case", "since", "until", "reason")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exemptions")
    since = models.DateField(_("起始日期"))
    until = models.DateField(_("截止日期"), help_text=_("含当日"))
    reason = models.TextField(_("理由"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("决定人"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("整改例外")
        ordering: ClassVar[list[str]] = ["since", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="rectification_until_after_since"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.since}—{self.until}"

    def event_body_id(self) -> int | None:
        return self.case.body_id


class SourceRun(models.Model):
    """采集情况: how the last look of one source went, and when it last succeeded."""

    source = models.CharField(_("来源"), max_length=60, unique=True)
    ran_at = models.DateTimeField(_("最近采集"))
    succeeded_at = models.DateTimeField(_("最近成功"), null=True)
    failed = models.BooleanField(_("失败"), default=False)
    error = models.TextField(_("失败原因"), blank=True)
    found = models.PositiveIntegerField(_("发现问题"), default=0)
    opened = models.PositiveIntegerField(_("新立事项"), default=0)
    closed = models.PositiveIntegerField(_("复核办结"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("采集情况")
        ordering: ClassVar[list[str]] = ["source"]

    def __str__(self) -> str:
        return self.source
