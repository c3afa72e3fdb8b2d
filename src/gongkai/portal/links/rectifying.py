"""错链 for the bodies that must mend them; closed by the check that found them."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.foundation.registries import Finding, Recheck, RectificationSource, rectification_sources
from gongkai.portal.links.services import check_links
from gongkai.portal.models import ArticlePage, BrokenLink


class CannotLook(Exception):
    """The check of what other sites answer is switched off."""


def findings() -> Iterator[Finding]:
    for link in BrokenLink.objects.select_related("page").iterator(chunk_size=500):
        yield Finding(
            reference=link.reference,
            body_id=link.body_id,
            title=_("错链：%s") % link.page.title,
            detail=_("第 %(place)s 个链接“%(words)s”（%(href)s）：%(why)s")
            % {"place": link.place, "words": link.words, "href": link.href, "why": link.why},
            address=reverse("wagtailadmin_pages:edit", args=[link.page_id]),
        )


def recheck(reference: str) -> Recheck:
    """The article as it is public now, its addresses asked again."""
    article = ArticlePage.objects.filter(pk=int(reference.partition(":")[0]), live=True).first()
    if article is None:
        return Recheck(True, _("文章已不再公开"))
    known = BrokenLink.objects.filter(reference=reference).first()
    if known is not None and known.href.startswith("http") and not settings.GONGKAI_CHECK_LINKS:
        raise CannotLook(_("本系统没有开启外部链接检查（GONGKAI_CHECK_LINKS），外部链接无法复核"))
    check_links(None, article)
    link = BrokenLink.objects.filter(reference=reference).first()
    if link is None:
        return Recheck(True, _("重新检查“%s”的链接，该处已没有问题") % article.title)
    return Recheck(False, _("重新检查“%(title)s”的链接，“%(words)s”仍然：%(why)s") % {
        "title": article.title, "words": link.words, "why": link.why,
    })  # fmt: skip


rectification_sources.register(RectificationSource("portal.links", gettext_lazy("错链"), findings, recheck))
