"""Whether a link of a public text leads somewhere the public can go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page

from gongkai.portal.links.reading import Link, Unreachable, links_of, unreachable_for_public
from gongkai.portal.models import Address, ArticlePage, AttachmentFile
from gongkai.portal.serving import is_attached_in_public
from gongkai.review.digests import sm3

FILE = re.compile(r"^/documents/(\d+)/")
FAILURES = 2  # in a row, before an address outside counts as dead; the product's own


@dataclass(frozen=True, slots=True)
class Bad:
    """place: which link of the text, from 1."""

    place: int
    link: Link
    href: str
    why: str


@dataclass(slots=True)
class Judge:
    """Links of many articles, with what they lead to fetched at once."""

    pages: dict[int, Page]
    addresses: dict[str, Address]

    def bad_in(self, links: list[Link]) -> Iterable[Bad]:
        for place, link in enumerate(links, 1):
            why = self.why(link)
            if why:
                yield Bad(place, link, link.href or _("站内页面 %d") % link.page, why)

    def why(self, link: Link) -> str:
        """What is wrong with it; "" when nothing is known to be."""
        if link.page:
            page = self.pages.get(link.page)
            if page is None:
                return _("指向的页面已删除")
            return "" if page.live else _("指向的页面没有公开")
        closed = unreachable_for_public(link)
        if closed is not None:
            return _("内部地址，公众打不开") if closed is Unreachable.INSIDE else _("没有可用的网址")
        if link.href.startswith("/"):
            return _local(link.href)
        address = self.addresses.get(sm3(link.href))
        return address.said if address is not None and address.failures >= FAILURES else ""


def _local(href: str) -> str:
    """An address of this portal: a file, or the page of that path; other addresses of the product are not judged."""
    path = unquote(urlsplit(href).path)
    found = FILE.match(path)
    if found:
        file = AttachmentFile.objects.filter(pk=int(found[1])).first()
        return "" if file is not None and is_attached_in_public(file) else _("指向的附件没有公开或者已删除")
    ending = path if path.endswith("/") else f"{path}/"
    pages = Page.objects.filter(url_path__endswith=ending, depth__gt=2, live=False)
    closed = ending != "/" and pages.filter(url_path__regex=_below_home(ending)).exists()
    return _("指向的页面没有公开") if closed else ""


def _below_home(path: str) -> str:
    """The path of a page begins with the slug of its front page, which no address shows."""
    return rf"^/[^/]+{re.escape(path)}$"


def judge_of(articles: Iterable[tuple[int, list[Link]]]) -> Judge:
    links = [link for _article, found in articles for link in found]
    pages = Page.objects.only("pk", "live").in_bulk({link.page for link in links if link.page})
    digests = {sm3(link.href) for link in links if is_outside(link)}
    return Judge(pages, {one.digest: one for one in Address.objects.filter(digest__in=digests)})


def is_outside(link: Link) -> bool:
    return link.href.startswith(("http://", "https://")) and unreachable_for_public(link) is None


def links_in(article: ArticlePage) -> list[Link]:
    return links_of(LexborHTMLParser(article.body))
