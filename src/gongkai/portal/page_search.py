"""Wagtail's search over pages in the back office, without asking three times for all pages that somebody sees.

Wagtail looks for `id IN (all pages one may see)`, counts what it finds by kind, and then counts the same twice more for
its heading and its pages of results. Here the pages are known by their paths, and the numbers by kind are added up.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.admin.views.pages.search import SearchView, page_filter_search
from wagtail.models import Page

from gongkai.portal.explorer import seen_by


def found(view: SearchView) -> Any:
    """In place of Wagtail's `get_queryset`, with the same pages in the same order and the same numbers beside them."""
    every = Page.objects.filter(seen_by(view.request.user))
    pages = every.order_by(view.ordering) if view.ordering else every
    if view.selected_content_type:
        pages = pages.filter(content_type=view.selected_content_type)
    pages, view.all_pages = page_filter_search(view.search_query, view.annotate_queryset(pages), every, view.ordering)
    if pages.supports_facet:
        numbers = view.all_pages.facet("content_type_id")
        view.content_types = [(ContentType.objects.get_for_id(kind), number) for kind, number in numbers.items()]
        view.all_pages._count_cache = sum(numbers.values())
        chosen = view.selected_content_type
        pages._count_cache = numbers.get(chosen.pk, 0) if chosen else view.all_pages._count_cache
    return pages
