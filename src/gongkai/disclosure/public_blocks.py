"""The room's entry on the portal's front page and navigation."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.registries import PublicBlock, public_blocks

public_blocks.register(
    PublicBlock(
        key="records",
        label=_("政府信息公开目录"),
        address=lambda: reverse("disclosure_public_kinds"),
        summary=lambda request: str(_("预警、监测、预决算、执法、招考、征收等信息，按种类查询、下载")),
        order=5,
    )
)
