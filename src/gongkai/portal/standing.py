"""Where a page stands: the page above it and the body whose section it is in. Both belong to what is signed."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import CharField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from wagtail.models import Page

from gongkai.portal.models import SectionPage

P = TypeVar("P", bound=Page)


def with_place(pages: QuerySet[P]) -> QuerySet[P]:
    """`pages` with their place fetched, so that many cost as many queries as one."""
    parent_path = ExpressionWrapper(OuterRef("parent_path"), CharField())
    own_path = ExpressionWrapper(OuterRef("path"), CharField())
    sections = SectionPage.objects.alias(own=own_path).filter(own__startswith=F("path")).order_by("-depth")
    return pages.annotate(parent_path=Substr("path", 1, Length("path") - Page.steplen)).annotate(
        parent_pk=Subquery(Page.objects.filter(path=parent_path).values("pk")[:1]),
        section_body=Subquery(sections.values("body_id")[:1]),
    )


def place_of(page: Any) -> tuple[int, int]:
    """(id of the page above, id of the body); a page outside of every section belongs to nobody and is refused."""
    fetched = page.__dict__
    if "parent_pk" in fetched and "section_body" in fetched:
        return fetched["parent_pk"], fetched["section_body"] or 0
    parent = Page.objects.filter(path=Page._get_basepath(page.path, page.depth - 1)).values_list("pk", flat=True)
    return parent.first() or 0, body_of(page) or 0


def body_of(page: Any) -> int | None:
    """The id of the body whose section the page is in: the nearest, when a section was merged into another."""
    sections = SectionPage.objects.ancestor_of(page, inclusive=True).order_by("-depth")
    return sections.values_list("body_id", flat=True).first()


def section_above(page: Any) -> SectionPage | None:
    """The nearest section above a page, with its body; kept on the page for the rest of the same answer."""
    if "_section_above" not in page.__dict__:
        sections = SectionPage.objects.ancestor_of(page).select_related("body").order_by("-depth")
        page.__dict__["_section_above"] = sections.first()
    found: SectionPage | None = page.__dict__["_section_above"]
    return found
