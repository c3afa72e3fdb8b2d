"""The steps of a passage through the gate, and how many of them a body and a kind of content must pass."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.foundation.access import Role
from gongkai.foundation.events.models import Audited
from gongkai.review.models.releases import Release


class StepKind(models.TextChoices):
    """审查环节, in the order in which they follow one another."""

    MACHINE = "machine", _("机器审查")
    REVIEWER = "reviewer", _("初审")
    LEGAL = "legal", _("合法性审查")
    SECRECY = "secrecy", _("保密审查")
    LEADER = "leader", _("签发")

    @property
    def role(self) -> Role | None:
        """Whose step it is; None for the machine's."""
        return ROLES.get(self)


ROLES = {
    StepKind.REVIEWER: Role.REVIEWER,
    StepKind.LEGAL: Role.LEGAL_REVIEWER,
    StepKind.SECRECY: Role.SECRECY_REVIEWER,
    StepKind.LEADER: Role.LEADER,
}


class Outcome(models.TextChoices):
    PASSED = "passed", _("通过")
    RETURNED = "returned", _("退回")


class Step(Audited):
    """审查环节: one look at one release. Nobody takes two steps of one release; the database sees to it.

    order: steps of one order stand open at the same time (加急), those of a higher one wait.
    opened_at: since when it waits for somebody; null while an earlier one is open.
    reviewer_body: the body whose people take the step: the release's own, or the pool that serves it.
    deputy_for: whose place the person took.
    """

    audited = ("kind", "order", "opened_at", "due_at", "outcome", "decided_by", "deputy_for", "note")

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(_("环节"), max_length=20, choices=StepKind)
    order = models.PositiveSmallIntegerField()
    reviewer_body = models.ForeignKey(Body, verbose_name=_("审查单位"), on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("开始时间"), null=True)
    due_at = models.DateTimeField(_("办理时限"), null=True)
    outcome = models.CharField(_("结果"), max_length=20, choices=Outcome, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("办理人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("办理时间"), null=True)
    deputy_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("代谁办理"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(_("意见"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("审查环节")
        ordering: ClassVar[list[str]] = ["order", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["kind", "reviewer_body"],
                condition=Q(outcome="", opened_at__isnull=False),
                name="review_open_step",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["release", "kind"], name="review_step_once"),
            models.UniqueConstraint(
                fields=["release", "decided_by"],
                condition=Q(decided_by__isnull=False) & ~Q(kind="machine"),
                name="review_one_step_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}{self.get_outcome_display()}"

    def event_body_id(self) -> int:
        return self.release.body_id


class StepRule(Audited):
    """审查环节设置: what a body adds to the legal minimum, for one kind of content or for all.

    The machine, the secrecy review and the signature are the minimum (保守国家秘密法第三十五条, 实施条例第四十二条,
    条例第十七条): no field here can take them away. kind "" means every kind; the county's own rule serves all its
    bodies that have none.
    secrecy_pool: the body whose secrecy reviewers also serve this one; null: it has its own.
    """

    audited = ("body", "kind", "reviewer", "legal", "secrecy_pool")

    body = models.ForeignKey(Body, verbose_name=_("单位"), on_delete=models.CASCADE, related_name="step_rules")
    kind = models.CharField(_("内容类型"), max_length=60, blank=True, help_text=_("空表示全部类型"))
    reviewer = models.BooleanField(_("设初审环节"), default=True)
    legal = models.BooleanField(_("设合法性审查环节"), default=False)
    secrecy_pool = models.ForeignKey(
        Body,
        verbose_name=_("代为保密审查的单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("本单位没有专职保密审查人员时，由所选单位的保密审查人员办理；空表示由本单位办理"),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("审查环节设置")
        ordering: ClassVar[list[str]] = ["body_id", "kind"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["body", "kind"], name="review_step_rule_once")
        ]

    def __str__(self) -> str:
        return f"{self.body}：{self.kind or _('全部类型')}"
