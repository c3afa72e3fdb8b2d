"""Open pages of some bodies that have words of a question, for rooms that look for where something is published."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from wagtail.models import Page
from wagtail.search.query import PlainText

from gongkai.foundation.registries import Place
from gongkai.foundation.search import tokens
from gongkai.portal.models import SectionPage
from gongkai.portal.paths import at_or_below
from gongkai.portal.searching import hits
from gongkai.portal.tree import Tree

MOST = 12  # pages looked at for one question


def pages_with(bodies: Collection[int], questions: Collection[str]) -> dict[str, list[Place]]:
    """Question -> the pages that have most of its pairs of characters; one search each, all read together."""
    paths = list(SectionPage.objects.filter(body_id__in=bodies).values_list("path", flat=True))
    if not paths:
        return {}
    within = at_or_below(paths)
    asked = {question: _found(within, question) for question in questions}
    shown = hits(sorted({pk for pks in asked.values() for pk in pks}))
    tree = Tree(Page.objects.filter(pk__in=[hit.page.pk for hit in shown]))
    places = {}
    for hit in shown:
        body = tree.body(hit.page.path)
        if hit.kind and body is not None:
            places[hit.page.pk] = Place(str(hit.page.pk), hit.title, body, hit.page.url or "", "", hit.text)
    return {question: [places[pk] for pk in pks if pk in places] for question, pks in asked.items()}


def _found(within: Q, question: str) -> list[int]:
    pairs = [token for token in tokens(question) if len(token) > 1]
    if not pairs:
        return []
    query = PlainText(" ".join(dict.fromkeys(pairs)), operator="or")
    return [page.pk for page in Page.objects.filter(within, live=True).search(query)[:MOST]]
