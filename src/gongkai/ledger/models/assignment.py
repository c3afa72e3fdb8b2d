"""An assignment: one duty given to one body, and where it stands."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.foundation.events.models import Audited
from gongkai.ledger.models.item import Item, Obligation
from gongkai.ledger.models.plan import Plan, PlanState


class State(models.TextChoices):
    """办理状态. 已逾期 is not a state but computed: due before today and not accepted."""

    TO_ACCEPT = "to-accept", _("待签收")
    IN_PROGRESS = "in-progress", _("推进中")
    SUBMITTED = "submitted", _("待审核")
    RETURNED = "returned", _("已退回")
    ACCEPTED = "accepted", _("已办结")


class Role(models.TextChoices):
    """责任类型, as the Plan format names it."""

    LEAD = "lead", _("牵头")
    SUPPORT = "support", _("配合")
    RESPONSIBLE = "responsible", _("责任单位")
    SUPERVISE = "supervise", _("指导督促")


class Origin(models.TextChoices):
    """How the body came to the duty."""

    NAMED = "named", _("通知点名")
    SELECTOR = "selector", _("概括性表述展开")
    ADDED = "added", _("政务公开办指定")


# At which the body has something to do: neither done nor waiting for the office.
WITH_BODY = (State.TO_ACCEPT, State.IN_PROGRESS, State.RETURNED)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def live(self) -> AssignmentQuerySet:
        return self.filter(withdrawn=False)

    def undone(self) -> AssignmentQuerySet:
        return self.live().exclude(state=State.ACCEPTED)

    def overdue(self, today: date) -> AssignmentQuerySet:
        return self.undone().filter(due__lt=today)

    def with_body(self) -> AssignmentQuerySet:
        return self.live().filter(state__in=WITH_BODY)

    def in_open_plans(self) -> AssignmentQuerySet:
        return self.filter(plan__state=PlanState.OPEN)

    def of_bodies(self, body_ids: frozenset[int] | None) -> AssignmentQuerySet:
        """Only those of the bodies; None means all."""
        return self if body_ids is None else self.filter(body_id__in=body_ids)


class Assignment(Audited):
    """任务: a duty (obligation) given to a body. `plan` and `item` repeat the obligation's, for quick counting.

    due: computed from the notice; another day comes only from the verb `ledger.extend`, with a reason.
    """

    audited = ("state", "due", "role", "handler", "withdrawn")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="assignments")
    item = models.ForeignKey(Item, verbose_name=_("事项"), on_delete=models.PROTECT, related_name="assignments")
    obligation = models.ForeignKey(
        Obligation, verbose_name=_("具体义务"), on_delete=models.PROTECT, related_name="assignments"
    )
    body = models.ForeignKey(Body, verbose_name=_("责任单位"), on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(_("责任类型"), max_length=20, choices=Role, default=Role.RESPONSIBLE)
    origin = models.CharField(_("来源"), max_length=20, choices=Origin, default=Origin.NAMED)
    state = models.CharField(_("状态"), max_length=20, choices=State, default=State.TO_ACCEPT)
    due = models.DateField(_("到期日"), null=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("承办人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(_("状态变更时间"))
    since = models.DateField(
        _("责任起始日"), null=True, blank=True, help_text=_("台账启用后另行指定的任务填写；空表示自台账启用之日起")
    )
    withdrawn = models.BooleanField(_("已撤销"), default=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("任务")
        ordering: ClassVar[list[str]] = ["item__order", "obligation__order", "body__order", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["obligation", "body"], name="ledger_assignment_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            # The board and the home page count a plan by body, item, state and day from the index alone; `withdrawn`
            # stands in it because SQLite looks for the column even when the condition says what it is.
            models.Index(
                fields=["plan", "body", "item", "state", "due", "withdrawn"],
                condition=Q(withdrawn=False),
                name="ledger_board",
            ),
            models.Index(
                fields=["plan", "item", "state", "due", "withdrawn"],
                condition=Q(withdrawn=False),
                name="ledger_by_item",
            ),
            models.Index(fields=["body", "state", "due"], condition=Q(withdrawn=False), name="ledger_my_tasks"),
        ]

    def __str__(self) -> str:
        return f"{self.body}：{self.obligation}"

    def is_overdue(self, today: date) -> bool:
        return self.due is not None and self.due < today and self.state != State.ACCEPTED and not self.withdrawn


class CheckIn(Audited):
    """进展填报: what was done in a period of a duty that runs through the year."""

    audited = ("period", "progress", "note")

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="check_ins")
    period = models.CharField(_("期间"), max_length=10, help_text=_("如 2023Q1、2023-05、2023H1"))
    progress = models.TextField(_("进展情况"))
    note = models.TextField(_("存在问题"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("填报时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("进展填报")
        ordering: ClassVar[list[str]] = ["period"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["assignment", "period"], name="ledger_check_in_once")
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.assignment}"

    def event_body_id(self) -> int | None:
        return self.assignment.body_id
