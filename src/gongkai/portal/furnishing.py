"""What every section has: the five blocks, and below 法定主动公开内容 a column for each point addressed to its body.

Made when missing, never twice; the words of points that nobody edited follow the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

from gongkai.bodies.models import Body
from gongkai.core import platform
from gongkai.core.platform import Point
from gongkai.portal.models import BlockKind, BlockPage, ColumnPage, SectionPage
from gongkai.portal.planting import plant
from gongkai.portal.registering import register


def furnish(sections: Sequence[SectionPage]) -> int:
    """Make what the sections lack; how many pages."""
    homes = {section.path: section for section in sections}
    made = plant(_missing_blocks(sections))
    blocks = [block for block in _below(BlockPage, sections).order_by("path") if _above(block) in homes]
    statutory = [(block, homes[_above(block)].body) for block in blocks if block.kind == BlockKind.STATUTORY]
    columns = list(_missing_points(statutory, _below(ColumnPage, sections)))
    made += plant(columns)
    fed = [(block, homes[_above(block)].body) for block in blocks if block.is_column]
    owed = [(page, body) for (_, pages), (_, body) in zip(columns, statutory, strict=True) for page in pages]
    register([*fed, *[(page, body) for page, body in owed if _always(page)]])
    return made


def follow_table() -> int:
    """Give the points that nobody edited the words of the table as it is now; how many changed."""
    changed = 0
    for point in platform.points().values():
        unedited = ColumnPage.objects.filter(point=point.key, latest_revision__isnull=True).exclude(
            title=point.title, summary=point.summary, column_type=point.column_type
        )
        changed += len(unedited)
        for column in unedited:
            Page.objects.filter(pk=column.pk).update(title=point.title, draft_title=point.title)
        pks = [column.pk for column in unedited]
        ColumnPage.objects.filter(pk__in=pks).update(summary=point.summary, column_type=point.column_type)
    return changed


def _missing_blocks(sections: Sequence[SectionPage]) -> list[tuple[Page, list[Page]]]:
    present = {(_above(block), block.kind) for block in _below(BlockPage, sections)}
    taken = _slugs_below(sections)
    return [
        (
            section,
            [
                BlockPage(title=one.title, slug=_free(one.slug, taken.get(section.path, set())), kind=one.key)
                for one in platform.blocks()
                if (section.path, one.key) not in present
            ],
        )
        for section in sections
    ]


def _missing_points(
    blocks: Iterable[tuple[BlockPage, Body]], columns: QuerySet[Any]
) -> Iterable[tuple[Page, list[Page]]]:
    present = set(columns.exclude(point="").values_list("path", "point"))
    there = {(path[: -Page.steplen], point) for path, point in present}
    for block, body in blocks:
        missing = [one for one in platform.points_for(body.kind) if (block.path, one.key) not in there]
        yield block, [_column(one) for one in missing]


def _column(point: Point) -> Page:
    return ColumnPage(
        title=point.title, slug=point.slug, summary=point.summary, column_type=point.column_type, point=point.key
    )


def _below(model: type[Page], sections: Sequence[SectionPage]) -> QuerySet[Any]:
    """All pages of a kind below the sections; of several sections all there are, in one query."""
    found: QuerySet[Any] = model.objects.all()
    return found.descendant_of(sections[0]) if len(sections) == 1 else found  # type: ignore[attr-defined]


def _always(page: Page) -> bool:
    return isinstance(page, ColumnPage) and platform.points()[page.point].always


def _above(page: Page) -> str:
    return page.path[: -Page.steplen]


def _slugs_below(sections: Sequence[SectionPage]) -> dict[str, set[str]]:
    """By path of the section: what stands there already may bear a block's address."""
    wanted = {section.path for section in sections}
    slugs = [one.slug for one in platform.blocks()]
    found: dict[str, set[str]] = {}
    for path, slug in _below(Page, sections).filter(slug__in=slugs).values_list("path", "slug"):
        if path[: -Page.steplen] in wanted:
            found.setdefault(path[: -Page.steplen], set()).add(slug)
    return found


def _free(slug: str, taken: set[str]) -> str:
    return f"{slug}-gk" if slug in taken else slug
