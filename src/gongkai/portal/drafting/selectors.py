"""The columns that a person may write into, as their platform is built."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from wagtail.models import Page

from gongkai.foundation.access import Rights, Role
from gongkai.portal.models import BlockKind, BlockPage, ColumnPage, SectionPage

WRITTEN = (BlockKind.RULES, BlockKind.STATUTORY, BlockKind.ANNUAL)  # the guide is one page of its own


@dataclass(frozen=True, slots=True)
class Choice:
    """A column, and how deep it stands below its block."""

    column: ColumnPage
    level: int


@dataclass(frozen=True, slots=True)
class Group:
    """A block of the platform with its columns; no block for what the body made beside them."""

    block: BlockPage | None
    choices: list[Choice]


def sections_for(rights: Rights) -> QuerySet[SectionPage]:
    """The sections into which a person may write."""
    reached = rights.bodies(Role.CLERK, Role.OFFICE)
    sections = SectionPage.objects.select_related("body").order_by("body__order", "body_id")
    return sections if reached is None else sections.filter(body__in=reached)


def columns_to_write(section: SectionPage) -> list[Group]:
    """All columns of a section, block by block, in the order of the tree; two queries however many there are."""
    blocks = list(BlockPage.objects.child_of(section).filter(kind__in=WRITTEN).order_by("path"))
    columns = list(ColumnPage.objects.descendant_of(section).order_by("path"))
    groups = [Group(block, _below(block, columns)) for block in blocks]
    placed = {choice.column.pk for group in groups for choice in group.choices}
    rest = [Choice(one, one.depth - section.depth - 1) for one in columns if one.pk not in placed]
    return [*groups, Group(None, rest)] if rest else groups


def _below(block: Page, columns: list[ColumnPage]) -> list[Choice]:
    return [Choice(one, one.depth - block.depth - 1) for one in columns if one.path.startswith(block.path)]
