"""One row for one period of one job: what makes it run at most once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.registries import Unknown
from gongkai.foundation.schedules.declaring import periodic_jobs


class RunState(models.TextChoices):
    WAITING = "waiting", _("待执行")
    RUNNING = "running", _("执行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("失败")


class JobRun(models.Model):
    """定时任务执行记录. `period`: the first moment of the period."""

    key = models.CharField(_("任务代码"), max_length=80)
    period = models.DateTimeField(_("周期起点"))
    state = models.CharField(_("状态"), max_length=10, choices=RunState, default=RunState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("执行次数"), default=1)
    started_at = models.DateTimeField(_("开始时间"))
    finished_at = models.DateTimeField(_("结束时间"), null=True)
    count = models.PositiveIntegerField(_("处理数量"), null=True)
    error = models.TextField(_("失败原因"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("定时任务执行记录")
        ordering: ClassVar[list[str]] = ["-started_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key", "period"], name="schedules_once_per_period"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state"], name="schedules_state")]

    def __str__(self) -> str:
        return f"{self.label}（{self.period:%Y-%m-%d %H:%M}）"

    @property
    def label(self) -> str:
        """The job's name in words; its key when the job is no longer declared."""
        try:
            return str(periodic_jobs.get(self.key).label)
        except Unknown:
            return self.key
