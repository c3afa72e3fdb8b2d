"""The ledger's open interface: /api/v1/ledger."""

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.registries import ApiRoute, api_routes
from gongkai.ledger.public.api import ledger

api_routes.register(
    ApiRoute(
        key="ledger",
        path="ledger",
        view=ledger,
        summary=_("已公开的政务公开工作台账"),
        parameters=(
            ("year", _("年度，如 2023；不填则为最近公开的年度")),
            ("county", _("县的代码；不填则为本站所属县")),
        ),
    )
)
