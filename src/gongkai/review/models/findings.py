"""What the machine found in what was put forward, and what a person decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.core.screening import Category, Severity
from gongkai.foundation.events.models import Audited
from gongkai.review.models.releases import Release

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CATEGORIES = {
    Category.STATE_SECRET: _("疑似国家秘密"),
    Category.WORK_SECRET: _("疑似工作秘密"),
    Category.INTERNAL: _("内部标志"),
    Category.PERSONAL: _("个人信息"),
    Category.LEXICON: _("规范用语"),
    Category.TYPO: _("疑似错字"),
    Category.HIDDEN_CONTENT: _("隐藏内容"),
    Category.AGGREGATION: _("汇聚风险"),
}
SEVERITIES = {Severity.BLOCK: _("阻断"), Severity.CONFIRM: _("待确认"), Severity.HINT: _("提示")}


def _choices(names: Mapping[Any, StrOrPromise]) -> list[tuple[str, StrOrPromise]]:
    return [(one.value, name) for one, name in names.items()]


class Disposal(models.TextChoices):
    """处置 of a finding. Mending and masking change the text, so they end this passage and begin another."""

    MEND = "mend", _("退回修改")
    MASK = "mask", _("遮盖")
    KEEP = "keep", _("保留")
    NOT_APPLICABLE = "not-applicable", _("不适用")


class Finding(Audited):
    """机器发现: one stretch in one part of what was put forward.

    part: label of the text or of the attachment; `start`, `end`: code points of that part as the machine read it.
    excerpt: masked; the stretch itself is read from the record when somebody may see it.
    replacement: the accepted masked form; "" when it must be rewritten by hand.
    keyed: HMAC of the stretch, so that what was decided about it once is known again; no way back to it.
    """

    audited = ("rule", "severity", "disposal", "decided_by", "reason")

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(_("规则"), max_length=60)
    category = models.CharField(_("类别"), max_length=20, choices=_choices(CATEGORIES))
    severity = models.CharField(_("级别"), max_length=10, choices=_choices(SEVERITIES))
    part = models.CharField(_("位置"), max_length=300)
    in_file = models.BooleanField(default=False)
    where = models.CharField(_("具体位置"), max_length=300, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    excerpt = models.CharField(_("摘录（已遮盖）"), max_length=300, blank=True)
    keyed = models.CharField(max_length=64)
    message = models.TextField(_("说明"))
    suggestion = models.TextField(_("建议"), blank=True)
    replacement = models.CharField(_("遮盖后的写法"), max_length=300, blank=True)
    disposal = models.CharField(_("处置"), max_length=20, choices=Disposal, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("处置人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("处置时间"), null=True)
    reason = models.TextField(_("处置理由"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("机器发现")
        ordering: ClassVar[list[str]] = ["in_file", "part", "start", "id"]

    def __str__(self) -> str:
        return f"{self.get_category_display()}：{self.excerpt or self.rule}"

    def event_body_id(self) -> int:
        return self.release.body_id
