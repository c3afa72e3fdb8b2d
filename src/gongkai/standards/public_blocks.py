"""The catalogues' entry on the portal's front page and navigation."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.registries import PublicBlock, public_blocks

public_blocks.register(
    PublicBlock(
        key="standards",
        label=_("标准目录"),
        address=lambda: reverse("standards_public"),
        summary=lambda request: str(_("各领域应当公开什么、依据什么、何时公开，以及公开在哪里")),
        order=40,
    )
)
