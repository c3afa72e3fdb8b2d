"""What the public reads in a section and in each of its five blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from gongkai.channels.models import Column
from gongkai.core import platform
from gongkai.portal import listing, selectors, topics
from gongkai.portal.described import PROFILE
from gongkai.portal.merging import merged_into
from gongkai.portal.models import BlockKind, BlockPage, ColumnPage, GuidePage, Profile, SectionPage
from gongkai.portal.reviewables import GUIDE
from gongkai.portal.standing import section_above
from gongkai.review import gate


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the 条例 and the columns of its points: those that hold something, and the names of the others."""

    name: str
    filled: list[ColumnPage]
    empty: list[str]


def section(page: SectionPage) -> dict[str, Any]:
    """The front of a body's platform."""
    columns = listing.columns_of(page)
    return {
        "trail": [(page.body.name, "")],
        "blocks": list(BlockPage.objects.child_of(page).order_by("path")),
        "columns": [column for column in columns if column.depth == page.depth + 1],
        "newest": listing.newest_in(page, columns),
        "merged": list(merged_into(page)),
        "profile": _profile(page),
        "topics": topics.topics_of(page),
    }


def beside(page: BlockPage | ColumnPage) -> dict[str, Any]:
    """The body whose section the page stands in, and its five blocks: the way from each to each."""
    section = section_above(page)
    blocks = list(BlockPage.objects.child_of(section).order_by("path")) if section else []
    return {"section": section, "blocks": blocks}


def _profile(page: SectionPage) -> Profile | None:
    """机构信息 as it was signed."""
    signed = gate.open_records(PROFILE, Profile.objects.filter(body_id=page.body_id))
    return signed[0] if signed and not signed[0].is_empty else None


def contents(page: BlockPage, request: HttpRequest) -> dict[str, Any]:
    """What stands in one block."""
    return beside(page) | {
        BlockKind.GUIDE: _guide,
        BlockKind.RULES: _articles,
        BlockKind.STATUTORY: _statutory,
        BlockKind.ANNUAL: _articles,
        BlockKind.APPLICATION: _application,
    }[BlockKind(page.kind)](page, request)


def _guide(page: BlockPage, request: HttpRequest) -> dict[str, Any]:
    guides = gate.open_records(GUIDE, GuidePage.objects.child_of(page).live())
    guide = guides[0] if guides else None
    elements = [(one.label, getattr(guide, one.key).strip()) for one in platform.elements()] if guide else []
    return {"guide": guide, "elements": elements, "labels": [one.label for one in platform.elements()]}


def _articles(page: BlockPage, request: HttpRequest) -> dict[str, Any]:
    columns = [column for column in listing.columns_of(page) if column.depth == page.depth + 1]
    return {"listed": listing.articles_of(page, request.GET.get("page")), "columns": columns}


def _statutory(page: BlockPage, request: HttpRequest) -> dict[str, Any]:
    columns = [column for column in listing.columns_of(page) if column.depth == page.depth + 1]
    fed = set(
        Column.objects.filter(page__in=[column.pk for column in columns], fed_on__isnull=False).values_list(
            "page_id", flat=True
        )
    )
    groups: dict[str, Article] = {}
    for column in columns:
        group = groups.setdefault(_article(column), Article(_article(column), [], []))
        if column.pk in fed:
            group.filled.append(column)
        else:
            group.empty.append(column.title)
    return {"articles": list(groups.values())}


def _article(column: ColumnPage) -> str:
    """The article, without its point; columns that the body made itself stand under none."""
    point = platform.points().get(column.point)
    return point.article.partition("第（")[0] if point else ""


def _application(page: BlockPage, request: HttpRequest) -> dict[str, Any]:
    return {"entries": selectors.blocks(request, place=BlockKind.APPLICATION)}
