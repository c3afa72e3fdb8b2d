"""Links that the public could not open."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.portal.editing.lacking.model import Lack, Level, Subject, lacks
from gongkai.portal.links.reading import Unreachable, links_of, pages_linked, unreachable_for_public


def _closed(subject: Subject) -> Iterator[str]:
    for link in links_of(subject.tree):
        why = unreachable_for_public(link)
        if why is Unreachable.INSIDE:
            yield _("链接“%(words)s”指向内部地址 %(address)s，公众打不开") % {"words": link.words, "address": link.href}
        elif why is Unreachable.NO_ADDRESS:
            yield _("链接“%s”没有可用的网址") % link.words


def _gone(subject: Subject) -> Iterator[str]:
    linked = pages_linked(links_of(subject.tree))
    for link, page in linked:
        if page is None:
            yield _("链接“%s”指向的页面已删除") % link.words


def _drafts(subject: Subject) -> Iterator[str]:
    for link, page in pages_linked(links_of(subject.tree)):
        if page is not None and not page.live:
            yield _("链接“%(words)s”指向的“%(title)s”还没有公开") % {"words": link.words, "title": page.title}


for _key, _label, _level, _look in (
    ("closed", gettext_lazy("公众打不开的链接"), Level.BLOCK, _closed),
    ("gone", gettext_lazy("链接的页面已删除"), Level.BLOCK, _gone),
    ("drafts", gettext_lazy("链接的页面未公开"), Level.HINT, _drafts),
):
    lacks.register(Lack(f"links.{_key}", _label, _level, _look))
