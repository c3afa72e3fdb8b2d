"""What bodies must mend: information that was formed and is not public when its time is over."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.disclosure.models import RecordPage
from gongkai.disclosure.selectors import Announced, announced, announcements, expired_mechanisms, late
from gongkai.foundation import clock
from gongkai.foundation.registries import Finding, Recheck, RectificationSource, rectification_sources
from gongkai.review.machine import masked


def findings() -> Iterator[Finding]:
    """Every record past its day that never became public."""
    for record in late(RecordPage.objects.all(), clock.today()).order_by("pk").iterator():
        yield Finding(
            reference=str(record.pk),
            body_id=record.body_id,
            title=_("逾期未公开：%(title)s") % {"title": masked(record.title)},
            detail=_("%(kind)s，%(label)s为%(formed)s，最迟应于%(due)s公开") % _facts(record),
            address=reverse("wagtailadmin_pages:edit", args=[record.pk]),
            basis=str(record.declared.limit.source),
        )


def recheck(reference: str) -> Recheck:
    """Mended when it became public or its draft was given up."""
    record = RecordPage.objects.filter(pk=reference).first()
    if record is None:
        return Recheck(True, _("草稿已删除"))
    if record.first_published_at is not None:
        return Recheck(True, _("已于%s公开") % f"{record.first_published_at:%Y-%m-%d}")
    if record.due_on is None or record.due_on >= clock.today():
        return Recheck(True, _("公开时限为%s，尚未到期") % record.due_on)
    return Recheck(False, _("最迟应于%(due)s公开，现仍是草稿") % _facts(record))


def _facts(record: RecordPage) -> dict[str, object]:
    kind = record.declared
    return {"kind": kind.name, "label": kind.formed, "formed": record.formed_on, "due": record.due_on}


def expired() -> Iterator[Finding]:
    """Mechanism documents that are shown although they no longer hold."""
    for record in expired_mechanisms(clock.today()).order_by("pk"):
        yield Finding(
            reference=str(record.pk),
            body_id=record.body_id,
            title=_("机制文件已过有效期：%(title)s") % {"title": masked(record.title)},
            detail=_("有效期至%s，请修订后公开替代文件，或者撤下") % record.fields["until"],
            address=reverse("wagtailadmin_pages:edit", args=[record.pk]),
            basis=_("年度政务公开工作要点第三部分：定期清理过时、失效的信息"),
        )


def recheck_expired(reference: str) -> Recheck:
    """Mended when it was replaced, prolonged or taken down."""
    standing = expired_mechanisms(clock.today()).filter(pk=reference).first()
    if standing is None:
        return Recheck(True, _("已更新有效期、公开替代文件或者撤下"))
    return Recheck(False, _("有效期至%s，仍在公开") % standing.fields["until"])


def unanswered() -> Iterator[Finding]:
    """Every announced problem whose being mended was not published in time; the body that must answer mends it."""
    for row in announced(announcements()):
        if row.is_late(clock.today()):
            yield Finding(
                reference=f"{row.record.pk}:{row.key}",
                body_id=row.owner.pk,
                title=_("整改结果未公布：%(title)s，问题%(key)s") % {"title": masked(row.record.title), "key": row.key},
                detail=_("公告日期%(formed)s，最迟应于%(due)s公布整改结果") % _announced_facts(row),
                address=f"{reverse('disclosure_answers')}?open=1",
                basis=_("年度政务公开工作要点（18）项：审计公告问题的整改结果公开"),
            )


def recheck_unanswered(reference: str) -> Recheck:
    """Mended when a public record answers that row, or the announcement is no longer public."""
    pk, _colon, key = reference.partition(":")
    found = [row for row in announced(announcements().filter(pk=pk)) if row.key == key]
    if not found:
        return Recheck(True, _("公告已撤下，或者不再列有该问题"))
    if found[0].answer is not None:
        words = {"title": found[0].answer.title, "result": found[0].result}
        return Recheck(True, _("已在“%(title)s”中公布：%(result)s") % words)
    return Recheck(not found[0].is_late(clock.today()), _("最迟应于%(due)s公布，尚未公布") % _announced_facts(found[0]))


def _announced_facts(row: Announced) -> dict[str, object]:
    return {"formed": row.record.formed_on, "due": row.due}


for _key, _label, _findings, _recheck in (
    ("disclosure.late", gettext_lazy("逾期未公开"), findings, recheck),
    ("disclosure.unanswered", gettext_lazy("整改结果未公布"), unanswered, recheck_unanswered),
    ("disclosure.mechanism", gettext_lazy("机制文件失效"), expired, recheck_expired),
):
    rectification_sources.register(RectificationSource(_key, _label, _findings, _recheck))
