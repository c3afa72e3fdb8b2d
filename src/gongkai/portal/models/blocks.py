"""The five fixed blocks of the disclosure platform: of the county's, and of each body's own section."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from gongkai.core import platform
from gongkai.portal.models.places import Place


class BlockKind(models.TextChoices):
    """板块, in the order that is fixed (国办公开办函〔2019〕61号)."""

    GUIDE = "guide", _("政府信息公开指南")
    RULES = "rules", _("政府信息公开制度")
    STATUTORY = "statutory", _("法定主动公开内容")
    ANNUAL = "annual", _("政府信息公开年报")
    APPLICATION = "application", _("依申请公开")


HOLDS = {
    BlockKind.GUIDE: ("GuidePage",),
    BlockKind.RULES: ("ArticlePage", "ColumnPage"),
    BlockKind.STATUTORY: ("ColumnPage",),
    BlockKind.ANNUAL: ("ArticlePage",),
    BlockKind.APPLICATION: (),
}

FED = (BlockKind.GUIDE, BlockKind.ANNUAL)  # every body owes something in them


class BlockPage(Place):
    """板块: made with its section; its name and introduction are the table's, whatever its row says."""

    needs_no_review = "has no words of its own"

    kind = models.CharField(_("板块"), max_length=20, choices=BlockKind, editable=False)

    template = "portal/block_page.html"
    is_creatable = False
    parent_page_types: ClassVar[list[str]] = ["portal.SectionPage"]
    subpage_types: ClassVar[list[str]] = ["portal.GuidePage", "portal.ColumnPage", "portal.ArticlePage"]

    class Meta:
        verbose_name = verbose_name_plural = _("公开平台板块")

    @property
    def block(self) -> platform.Block:
        return next(one for one in platform.blocks() if one.key == self.kind)

    @property
    def registered_name(self) -> str:
        """What it is called, as tags and lists say it."""
        return self.block.title

    @property
    def column_type(self) -> str:
        return self.block.column_type

    @property
    def description(self) -> str:
        return self.block.intro

    @property
    def is_column(self) -> bool:
        """Whether it stands in the register of channels: what its body must put there is watched like any column."""
        return self.kind in FED

    def accepts(self, model: type[Page]) -> bool:
        """Whether pages of this kind may stand below; of the guide there is one."""
        if model.__name__ not in HOLDS[BlockKind(self.kind)]:
            return False
        return self.kind != BlockKind.GUIDE or self.is_leaf()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from gongkai.portal import blocks, listing

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"trail": listing.trail(self), "part": self.block} | blocks.contents(self, request)
