"""Where a page stands: the page above it and the body whose section it is in. Both belong to what is signed."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import CharField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from wagtail.models import Page

from gongkai.portal.models import SectionPage
from gongkai.portal.pagecache.shared import shared

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
    section: Any = _section_at(parent_path(page))
    return (section.asked_pk, section.body_id) if section is not None else (0, 0)


def body_of(page: Any) -> int | None:
    """The id of the body whose section the page is in: the nearest, when a section was merged into another."""
    sections = SectionPage.objects.ancestor_of(page, inclusive=True).order_by("-depth")
    return sections.values_list("body_id", flat=True).first()


def section_above(page: Any) -> SectionPage | None:
    """The nearest section above a page, with its body; kept on the page for the rest of the same answer."""
    if "_section_above" not in page.__dict__:
        page.__dict__["_section_above"] = _section_at(parent_path(page))
    found: SectionPage | None = page.__dict__["_section_above"]
    return found


@shared
def _section_at(path: str) -> SectionPage | None:
    """The nearest section on the way to a path, itself included. asked_pk: the id of the page of that path."""
    sections = SectionPage.objects.filter(path__in=paths_to(path)).select_related("body").order_by("-depth")
    return sections.annotate(asked_pk=Subquery(Page.objects.filter(path=path).values("pk")[:1])).first()


def parent_path(page: Any) -> str:
    """Where the page above stands; empty above the root."""
    return str(page.path[: -Page.steplen])


def paths_to(path: str) -> list[str]:
    """Every path on the way from the root to `path`, itself included."""
    return [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]
