"""写文章: the columns that a person may write into, from which an article is begun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.models import Page

from gongkai.foundation.access import Rights, Role, rights_of
from gongkai.foundation.screens import Screen
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


class ChoosingView(Screen, TemplateView):
    template_name = "portal/drafting/choosing.html"
    page_title = _("写文章")
    header_icon = "edit"

    @cached_property
    def sections(self) -> list[SectionPage]:
        return list(sections_for(rights_of(self.request.user)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        code = self.request.GET.get("body", "")
        chosen = next((one for one in self.sections if one.body.code == code), None)
        section = chosen or (self.sections[0] if self.sections else None)
        groups = columns_to_write(section) if section else []
        return super().get_context_data(sections=self.sections, section=section, groups=groups, **kwargs)
