"""空白栏目 and 更新不及时, for the bodies that must feed them; mended when the column is fed or has nothing."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.channels.models import Column
from gongkai.foundation import clock
from gongkai.foundation.registries import Finding, Recheck, RectificationSource, Severity, rectification_sources
from gongkai.portal.duty.states import BLANK, STALE, look_of
from gongkai.portal.feeding import feed

INSPECTED = "国办秘函〔2019〕19号：栏目不更新（单项否决）"


def blank_findings() -> Iterator[Finding]:
    for column in Column.objects.blank().select_related("site").order_by("pk"):
        yield _finding(column, gettext("空白栏目：%s") % column.name, gettext("栏目里没有公开的内容，也没有声明暂无"))


def stale_findings() -> Iterator[Finding]:
    for column in Column.objects.stale(clock.today()).select_related("site").order_by("pk"):
        told = gettext("最近更新 %(fed)s，应在 %(due)s 前更新（每 %(days)d 天至少一次）")
        words = {"fed": column.fed_on, "due": column.due_on, "days": column.max_days}
        yield _finding(column, gettext("更新不及时：%s") % column.name, told % words)


def _finding(column: Column, title: str, detail: str) -> Finding:
    return Finding(
        reference=str(column.pk),
        body_id=column.owner_id,
        title=title,
        detail=detail,
        address=column.url,
        severity=Severity.SERIOUS,
        basis=INSPECTED,
    )


def recheck_blank(reference: str) -> Recheck:
    return _look(reference, BLANK.key)


def recheck_stale(reference: str) -> Recheck:
    return _look(reference, STALE.key)


def _look(reference: str, wrong: str) -> Recheck:
    """Count again what is in the column now."""
    column = Column.objects.select_related("page", "site").filter(pk=reference).first()
    if column is None or not column.active or column.page_id is None:
        return Recheck(True, gettext("栏目已停用"))
    feed(column)
    look = look_of(column, clock.today())
    seen = {"name": column.name, "fed": column.fed_on or gettext("没有内容"), "state": look.word}
    return Recheck(look.key != wrong, gettext("“%(name)s”最近更新或声明：%(fed)s，%(state)s") % seen)


rectification_sources.register(RectificationSource("portal.blank", _("空白栏目"), blank_findings, recheck_blank))
rectification_sources.register(RectificationSource("portal.stale", _("更新不及时"), stale_findings, recheck_stale))
