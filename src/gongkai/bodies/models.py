"""Public bodies and the people who hold roles in them."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.credit_code import validate_credit_code
from gongkai.foundation.access import BODY_ROLES, COUNTY_ROLES, Role
from gongkai.foundation.events.models import Audited


class Kind(models.TextChoices):
    """单位类别. 国家机关 and those who owe disclosure like them (条例 Art. 55)."""

    COUNTY = "county", _("县级政府")
    DEPARTMENT = "department", _("县级部门")
    VERTICAL = "vertical", _("垂直管理单位")
    TOWNSHIP = "township", _("乡镇人民政府")
    SUBDISTRICT = "subdistrict", _("街道办事处")
    INSTITUTION = "institution", _("事业单位")
    UTILITY = "utility", _("公共企事业单位")


class BodyGroup(Audited):
    """单位分组: a set of bodies that a notice may name together, such as 县级部门 or 执法单位."""

    audited = ("name", "county")

    county = models.ForeignKey("Body", verbose_name=_("所属县"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=60, help_text=_("通知中使用的说法，如“县级执法部门”"))

    class Meta:
        verbose_name = verbose_name_plural = _("单位分组")
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["county", "name"], name="bodies_group_once")
        ]

    def __str__(self) -> str:
        return self.name

    def event_body_id(self) -> int | None:
        return self.county_id


class BodyQuerySet(models.QuerySet["Body"]):
    def active(self, on: date) -> BodyQuerySet:
        """Bodies that exist on the day."""
        begun = Q(active_from__isnull=True) | Q(active_from__lte=on)
        return self.filter(begun & (Q(active_to__isnull=True) | Q(active_to__gte=on)))

    def of_county(self, county: Body) -> BodyQuerySet:
        """The county itself and everything below it."""
        return self.filter(Q(county=county) | Q(pk=county.pk))

    def working(self) -> BodyQuerySet:
        """Bodies that can be given tasks: all but the counties themselves."""
        return self.exclude(kind=Kind.COUNTY)

    def reached(self, ids: frozenset[int] | None) -> BodyQuerySet:
        """The bodies among `ids`, as `Rights.bodies` returns them: None means every body."""
        return self.all() if ids is None else self.filter(pk__in=ids)

    def county_ids(self) -> set[int]:
        """The counties these bodies belong to; a county belongs to itself."""
        roots = self.order_by().annotate(root_id=Coalesce("county_id", "pk"))
        return set(roots.values_list("root_id", flat=True).distinct())


class Body(Audited):
    """公开主体. The county is itself a body: the root of its tree, which is also the boundary between tenants."""

    audited = (
        "code",
        "name",
        "short_names",
        "kind",
        "parent",
        "credit_code",
        "contact_phone",
        "contact_address",
        "duties",
        "office_hours",
        "leaders",
        "active_from",
        "active_to",
        "successor",
        "order",
    )

    code = models.CharField(
        _("代码"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+([.-][a-z0-9]+)*$", _("只能使用小写字母、数字、点和连字符"))],
        help_text=_("小写字母或数字，如 qinghe.fgj；用于网址和登录名，启用后不要改动"),
    )
    name = models.CharField(_("全称"), max_length=100)
    short_names = models.JSONField(_("简称"), default=list, blank=True, help_text=_("通知中可能使用的其他名称"))
    kind = models.CharField(_("类别"), max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self", verbose_name=_("上级单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    county = models.ForeignKey(
        "self", verbose_name=_("所属县"), null=True, editable=False, on_delete=models.PROTECT, related_name="members"
    )
    credit_code = models.CharField(
        _("统一社会信用代码"),
        max_length=18,
        blank=True,
        validators=[validate_credit_code],
        help_text=_("18 位，系统按 GB 32100 校验"),
    )
    contact_phone = models.CharField(_("办公电话"), max_length=40, blank=True)
    contact_address = models.CharField(_("办公地址"), max_length=120, blank=True)
    duties = models.TextField(_("机关职能"), blank=True, max_length=4000)
    office_hours = models.CharField(_("办公时间"), max_length=120, blank=True)
    # [[name, post, field of work]], the head first: of people's duties this is published, and nothing else
    leaders = models.JSONField(_("负责人和分工"), default=list, blank=True)
    groups = models.ManyToManyField(BodyGroup, verbose_name=_("所属分组"), blank=True, related_name="bodies")
    active_from = models.DateField(_("成立日期"), null=True, blank=True)
    active_to = models.DateField(_("撤销日期"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("并入单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        help_text=_("撤销后其职责由哪个单位承担"),
    )
    order = models.PositiveIntegerField(_("排序"), default=0)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("单位")
        ordering: ClassVar[list[str]] = ["order", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["county", "name"], name="bodies_name_once_in_county"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A body belongs to the county of its parent; a county belongs to none."""
        self.county = None if self.parent is None else (self.parent.county or self.parent)
        super().save(*args, **kwargs)

    def event_body_id(self) -> int | None:
        return self.pk

    def audited_state(self) -> dict[str, Any]:
        """Which groups a body was in says whom a notice of that day meant."""
        groups = list(self.groups.order_by("name").values_list("name", flat=True)) if self.pk else []
        return super().audited_state() | {"groups": groups}

    @property
    def root(self) -> Body:
        """The county this body belongs to; itself for a county."""
        return self.county or self

    @property
    def label(self) -> str:
        """The short form used in tables: the first short name, else the full name."""
        return self.short_names[0] if self.short_names else self.name


class FormerName(models.Model):
    """曾用名: names a body bore, so that older notices still find it."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(_("曾用名"), max_length=100)
    until = models.DateField(_("使用至"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("曾用名")
        ordering: ClassVar[list[str]] = ["-until", "id"]

    def __str__(self) -> str:
        return self.name


class RoleHoldingQuerySet(models.QuerySet["RoleHolding"]):
    def on(self, day: date) -> RoleHoldingQuerySet:
        """Holdings in force on the day, first and last day included."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class RoleHolding(Audited):
    """任职: a person holds a role in a body for a time. One person may serve several bodies."""

    audited = ("user", "body", "role", "since", "until")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="holdings"
    )
    body = models.ForeignKey(Body, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="holdings")
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    since = models.DateField(_("起始日期"))
    until = models.DateField(_("截止日期"), null=True, blank=True, help_text=_("含当日；在任时留空"))

    objects = RoleHoldingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("任职")
        ordering: ClassVar[list[str]] = ["body", "role", "since"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["user", "since"], name="bodies_holding_user")]

    def __str__(self) -> str:
        return f"{self.body} {self.get_role_display()} {self.user}"

    @property
    def fits(self) -> bool:
        """County roles are held in a county, the others in any body (the county's own office included)."""
        return self.role in BODY_ROLES or (self.role in COUNTY_ROLES and self.body.kind == Kind.COUNTY)


class Deputy(Audited):
    """代理: while the holder is away, another person stands in, for dated days only."""

    audited = ("holding", "user", "since", "until")

    holding = models.ForeignKey(
        RoleHolding, verbose_name=_("被代理的任职"), on_delete=models.PROTECT, related_name="deputies"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("代理人"), on_delete=models.PROTECT, related_name="deputising"
    )
    since = models.DateField(_("起始日期"))
    until = models.DateField(_("截止日期"), help_text=_("含当日"))

    class Meta:
        verbose_name = verbose_name_plural = _("代理")
        ordering: ClassVar[list[str]] = ["-since"]

    def __str__(self) -> str:
        return gettext("%(user)s 代理 %(holding)s") % {"user": self.user, "holding": self.holding}

    def event_body_id(self) -> int | None:
        return self.holding.body_id
