"""Checking the links of what is public: all of it every night, one article at once when somebody asks.

Addresses of other sites are asked only where the installation allows it (`GONGKAI_CHECK_LINKS`); without it they are
neither right nor wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy

from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb, verbs
from gongkai.foundation.access.verbs import demand
from gongkai.foundation.accounts.models import User
from gongkai.foundation.snapshots import Probe, probe
from gongkai.portal.links.judging import is_outside, judge_of, links_in
from gongkai.portal.links.reading import Link
from gongkai.portal.models import Address, ArticlePage, BrokenLink
from gongkai.portal.standing import body_of, with_place
from gongkai.review.digests import sm3

SLICE = 200  # articles at a time: memory holds one slice
AGAIN = timedelta(days=7)  # what answered well is not asked sooner; the product's own
SEEN = ("body", "place", "words", "href", "why", "seen_at")  # what a look may change of a standing one
MOST = 5_000  # addresses asked in one night
CHECKERS = (Role.CLERK, Role.OFFICE, Role.LEADER)

Read = tuple[ArticlePage, list[Link]]


@verb("portal.check_links", gettext_lazy("检查链接"), *CHECKERS, system=True, atomic=False)
def check_links(actor: User | None, article: ArticlePage) -> int:
    """Check one article at once; returns how many of its links are broken."""
    demand(actor, verbs.get("portal.check_links"), body_of(article))
    some = [(_placed(article), links_in(article))]
    if settings.GONGKAI_CHECK_LINKS:
        _ask(sorted({link.href for link in some[0][1] if is_outside(link)}))
    return _write(some)


def check_all() -> int:
    """Everything that is public, slice by slice: a run that breaks off has checked what it reached."""
    reached: list[int] = []
    broken, left = 0, MOST
    for some in _slices():
        addresses = _due(some)[:left]
        left -= len(addresses)
        _ask(addresses)
        broken += _write(some)
        reached += [article.pk for article, _links in some]
    BrokenLink.objects.exclude(page__in=reached).delete()  # withdrawn, or without links now
    return broken


def _slices() -> Iterator[list[Read]]:
    articles = with_place(ArticlePage.objects.filter(live=True, body__contains="<a ").order_by("pk"))
    rows = articles.iterator(chunk_size=SLICE)
    while some := list(islice(rows, SLICE)):
        yield [(article, links_in(article)) for article in some]


def _due(some: list[Read]) -> list[str]:
    """The addresses to be asked tonight: unknown ones, those that failed, and those not asked for a while."""
    if not settings.GONGKAI_CHECK_LINKS:
        return []
    outside = {sm3(link.href): link.href for _article, links in some for link in links if is_outside(link)}
    known = Address.objects.filter(digest__in=outside, failures=0, asked_at__gt=clock.now() - AGAIN)
    fresh = set(known.values_list("digest", flat=True))
    return [href for digest, href in sorted(outside.items()) if digest not in fresh]


def _ask(addresses: Iterable[str]) -> None:
    """Outside of any transaction; nobody waits for a foreign site with the database in hand."""
    for href, answer in probe(addresses).items():
        _note(href, answer)


def _note(href: str, answer: Probe) -> None:
    address = Address.objects.filter(digest=sm3(href)).first() or Address(url=href, digest=sm3(href))
    address.failures = address.failures + 1 if answer.works is False else 0
    address.asked_at, address.said = clock.now(), answer.said[:300]
    address.save()


@transaction.atomic
def _write(some: list[Read]) -> int:
    """The broken links of these articles as they are now: new ones added, mended ones gone, others seen again."""
    judge = judge_of([(article.pk, links) for article, links in some])
    standing = {one.reference: one for one in BrokenLink.objects.filter(page__in=[article.pk for article, _l in some])}
    now: dict[str, BrokenLink] = {}
    for article, links in some:
        for bad in judge.bad_in(links):
            reference = reference_of(article.pk, bad.href)
            row = standing.get(reference) or BrokenLink(reference=reference, page=article)
            row.body_id, row.place, row.words = article.section_body, bad.place, bad.link.words[:300]
            row.href, row.why, row.seen_at = bad.href, bad.why[:300], clock.now()
            now.setdefault(reference, row)
    BrokenLink.objects.filter(reference__in=set(standing) - set(now)).delete()
    BrokenLink.objects.bulk_update([row for reference, row in now.items() if reference in standing], SEEN)
    BrokenLink.objects.bulk_create([row for reference, row in now.items() if reference not in standing])
    return len(now)


def reference_of(article: int, href: str) -> str:
    return f"{article}:{sm3(href)[:16]}"


def _placed(article: ArticlePage) -> ArticlePage:
    return with_place(ArticlePage.objects.filter(pk=article.pk)).get()
