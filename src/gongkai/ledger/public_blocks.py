"""The ledger's entry on the portal's front page and navigation."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.registries import PublicBlock, public_blocks

public_blocks.register(
    PublicBlock(
        key="ledger",
        label=_("工作台账"),
        address=lambda: reverse("ledger_public_years"),
        summary=lambda request: str(_("每项政务公开任务由谁负责、何时完成、进展如何；欢迎提出意见")),
        order=10,
    )
)
