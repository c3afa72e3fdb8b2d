"""Screening again what is public already: the county's own word lists, the runs, and what they found."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.foundation.events.models import Audited
from gongkai.review.models.findings import CATEGORIES, SEVERITIES
from gongkai.review.models.releases import Release


class WordListQuerySet(models.QuerySet["WordList"]):
    def active(self, on: object) -> WordListQuerySet:
        """Those in force on the day."""
        return self.filter(active_from__lte=on).filter(Q(active_to__isnull=True) | Q(active_to__gte=on))


class WordList(Audited):
    """词表: a county's own words for the machine, as an uploaded CSV; each upload of a name is a version of its own.

    content: the CSV as text; active_to: the last day on which it is used.
    """

    audited = ("name", "version", "digest", "words", "active_from", "active_to", "note")

    county = models.ForeignKey(Body, verbose_name=_("县"), on_delete=models.PROTECT, related_name="word_lists")
    name = models.CharField(_("名称"), max_length=40)
    version = models.PositiveIntegerField(_("版本"))
    content = models.TextField(_("内容"))
    digest = models.CharField(_("内容摘要值"), max_length=64)
    words = models.PositiveIntegerField(_("词语数"))
    note = models.CharField(_("说明"), max_length=200, blank=True)
    active_from = models.DateField(_("启用日期"))
    active_to = models.DateField(_("停用日期"), null=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("上传人"), on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("上传时间"))

    objects = WordListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("词表")
        ordering: ClassVar[list[str]] = ["name", "-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["county", "name", "version"], name="review_word_list_version")
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.version}）"

    def event_body_id(self) -> int:
        return self.county_id


class RunState(models.TextChoices):
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    STOPPED = "stopped", _("已停止")


class Rescreening(Audited):
    """复筛: one going over everything that is open in a county, under rules of one version.

    cursor: the last release that was gone over; last: the newest there was at the start. What is killed in between
    goes on behind the cursor. touched_at: when the cursor moved, so that a run that stands still is noticed; tries: how
    often it was set going again at this cursor, so that a release which kills the worker is left out in the end.
    """

    audited = ("county", "version", "state", "started_by", "total")

    county = models.ForeignKey(Body, verbose_name=_("县"), on_delete=models.PROTECT, related_name="rescreenings")
    version = models.CharField(_("筛查规则版本"), max_length=64)
    state = models.CharField(_("状态"), max_length=20, choices=RunState, default=RunState.RUNNING)
    total = models.PositiveIntegerField(_("总数"))
    done = models.PositiveIntegerField(_("已筛"), default=0)
    found = models.PositiveIntegerField(_("发现"), default=0)
    cursor = models.BigIntegerField(default=0)
    last = models.BigIntegerField()
    tries = models.PositiveSmallIntegerField(default=0)
    missed = models.PositiveIntegerField(_("未能检查的内容数"), default=0)
    not_examined = models.JSONField(_("未能检查的内容"), default=list)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("发起人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(_("开始时间"))
    touched_at = models.DateTimeField(_("最近进展时间"))
    finished_at = models.DateTimeField(_("结束时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("复筛")
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["county"], condition=Q(state="running"), name="review_one_rescreening")
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.started_at:%Y-%m-%d} {self.get_state_display()}"

    def event_body_id(self) -> int:
        return self.county_id


class Decision(models.TextChoices):
    KEEP = "keep", _("保留")
    CHANGE = "change", _("修改")
    WITHDRAW = "withdraw", _("撤稿")


class Recall(Audited):
    """复筛发现: one stretch of something public that the machine suspects now and nobody has kept by name.

    The fields are those of `Finding`; `times`: in how many places of the release the same stretch stands.
    due: the day until which it waits for a decision; undecided after it, the release goes out of public view.
    held_at: when it did for this; it waits no longer once its release is replaced or withdrawn.
    """

    audited = ("rule", "severity", "due", "decision", "decided_by", "reason", "held_at")

    run = models.ForeignKey(Rescreening, on_delete=models.PROTECT, related_name="recalls")
    release = models.ForeignKey(Release, verbose_name=_("审查登记"), on_delete=models.PROTECT, related_name="recalls")
    rule = models.CharField(_("规则"), max_length=60)
    category = models.CharField(
        _("类别"), max_length=20, choices=[(one.value, name) for one, name in CATEGORIES.items()]
    )
    severity = models.CharField(
        _("级别"), max_length=10, choices=[(one.value, name) for one, name in SEVERITIES.items()]
    )
    part = models.CharField(_("位置"), max_length=300)
    in_file = models.BooleanField(default=False)
    where = models.CharField(_("具体位置"), max_length=300, blank=True)
    times = models.PositiveIntegerField(_("处数"), default=1)
    excerpt = models.CharField(_("摘录（已遮盖）"), max_length=300, blank=True)
    keyed = models.CharField(max_length=64)
    message = models.TextField(_("说明"))
    suggestion = models.TextField(_("建议"), blank=True)
    found_at = models.DateTimeField(_("发现时间"))
    due = models.DateField(_("处理期限"))
    decision = models.CharField(_("处理"), max_length=20, choices=Decision, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("处理人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("处理时间"), null=True)
    reason = models.TextField(_("处理理由"), blank=True)
    held_at = models.DateTimeField(_("因此暂停公开的时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("复筛发现")
        ordering: ClassVar[list[str]] = ["due", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due"], condition=Q(decision=""), name="review_recall_undecided")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["release", "rule", "keyed"], condition=Q(decision__in=["", "change"]), name="review_recall_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.release.title}：{self.get_category_display()}"

    def event_body_id(self) -> int:
        return self.release.body_id
