"""Where a county publishes: sites with their columns, and new-media accounts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.events.models import Audited


class Site(Audited):
    """网站: a web site of a body; evidence links are held against its host names."""

    audited = ("name", "url", "owner", "identifier", "active")

    name = models.CharField(_("网站名称"), max_length=100)
    url = models.URLField(_("首页网址"), unique=True)
    owner = models.ForeignKey(Body, verbose_name=_("主办单位"), on_delete=models.PROTECT, related_name="sites")
    identifier = models.CharField(_("网站标识码"), max_length=20, blank=True, help_text=_("10 位数字"))
    active = models.BooleanField(_("在用"), default=True)
    portal = models.BooleanField(_("本系统的门户"), default=False, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("网站")
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def event_body_id(self) -> int | None:
        return self.owner_id


class ColumnClass(models.TextChoices):
    """栏目类别, as the inspection indicators distinguish them."""

    NEWS = "news", _("动态要闻类")
    NOTICE = "notice", _("通知公告类")
    POLICY = "policy", _("政策文件类")
    STATUTORY = "statutory", _("法定公开类")
    GUIDE = "guide", _("办事服务类")
    INTERACTION = "interaction", _("互动交流类")
    OTHER = "other", _("其他")


SOON = 0.8  # of the interval: from then on a column is soon stale


class ColumnQuerySet(models.QuerySet["Column"]):
    """Those of the own portal, by how they stand on a day. What nobody must feed is never stale, but can be blank."""

    def watched(self) -> ColumnQuerySet:
        """Columns in use whose pages this installation serves itself, so that it knows what is in them.

        What a dissolved body left is an archive: nobody feeds it.
        """
        return self.filter(page__isnull=False, active=True).exclude(owner__active_to__lt=clock.today())

    def blank(self) -> ColumnQuerySet:
        return self.watched().filter(fed_on__isnull=True)

    def stale(self, on: date) -> ColumnQuerySet:
        return self.watched().filter(due_on__lt=on)

    def soon_stale(self, on: date) -> ColumnQuerySet:
        return self.watched().filter(due_on__gte=on, warn_on__lte=on)


class Column(Audited):
    """栏目: a column of a site, how often it must be fed, and by whom.

    page: its page when it stands in the own portal; name, address and `active` then follow the page.
    newest_on: the day of its newest public content, kept by the portal; none_on: 暂无声明, the day on which its body
    stated that there is nothing to publish; the later of both is `fed_on`. due_on: the last day on which it is not yet
    stale; warn_on: from when it is soon. All computed, none typed.
    """

    audited = ("site", "name", "url", "column_class", "max_days", "outdated_days", "owner", "active", "none_on")

    site = models.ForeignKey(Site, verbose_name=_("网站"), on_delete=models.PROTECT, related_name="columns")
    name = models.CharField(_("栏目名称"), max_length=100)
    url = models.URLField(_("栏目网址"), blank=True)
    column_class = models.CharField(_("类别"), max_length=20, choices=ColumnClass, default=ColumnClass.OTHER)
    max_days = models.PositiveIntegerField(
        _("最长更新间隔（天）"), null=True, blank=True, help_text=_("超过即视为未及时更新；没有更新要求的留空")
    )
    outdated_days = models.PositiveIntegerField(
        _("内容过时的天数"),
        null=True,
        blank=True,
        help_text=_("文章公开超过这么多天的，列入过时内容，建议撤下；不清理的留空"),
    )
    owner = models.ForeignKey(Body, verbose_name=_("保障单位"), on_delete=models.PROTECT, related_name="columns")
    active = models.BooleanField(_("在用"), default=True)
    page = models.OneToOneField(
        "wagtailcore.Page",
        verbose_name=_("页面"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="channel_column",
    )
    newest_on = models.DateField(_("最近更新"), null=True, editable=False)
    none_on = models.DateField(_("暂无内容的声明日期"), null=True, editable=False)
    fed_on = models.DateField(_("最近更新或声明"), null=True, editable=False)
    warn_on = models.DateField(_("提醒日期"), null=True, editable=False, db_index=True)
    due_on = models.DateField(_("应更新日期"), null=True, editable=False, db_index=True)

    objects = ColumnQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("栏目")
        ordering: ClassVar[list[str]] = ["site", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["site", "name"], condition=Q(page__isnull=True), name="channels_column_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.site} · {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.reckon()
        super().save(*args, **kwargs)

    def reckon(self) -> None:
        """Compute the days that follow from what it holds and how often it must be fed."""
        self.fed_on = max((day for day in (self.newest_on, self.none_on) if day), default=None)
        if self.fed_on is None or self.max_days is None:
            self.warn_on = self.due_on = None
        else:
            self.due_on = self.fed_on + timedelta(days=self.max_days)
            self.warn_on = self.fed_on + timedelta(days=int(self.max_days * SOON))

    def event_body_id(self) -> int | None:
        return self.owner_id


class Platform(models.TextChoices):
    """新媒体平台."""

    WECHAT = "wechat", _("微信公众号")
    WEIBO = "weibo", _("微博")
    DOUYIN = "douyin", _("抖音")
    KUAISHOU = "kuaishou", _("快手")
    TOUTIAO = "toutiao", _("今日头条")
    APP = "app", _("移动客户端")
    MINI = "mini", _("小程序")
    OTHER = "other", _("其他")


class Account(Audited):
    """政务新媒体账号: its owner is one of the 政务新媒体主办单位."""

    audited = ("name", "platform", "handle", "owner", "active")

    name = models.CharField(_("账号名称"), max_length=100)
    platform = models.CharField(_("平台"), max_length=20, choices=Platform)
    handle = models.CharField(_("账号标识"), max_length=100, blank=True)
    owner = models.ForeignKey(Body, verbose_name=_("主办单位"), on_delete=models.PROTECT, related_name="accounts")
    active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("新媒体账号")
        ordering: ClassVar[list[str]] = ["platform", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["platform", "name"], name="channels_account_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_platform_display()} {self.name}"

    def event_body_id(self) -> int | None:
        return self.owner_id
