"""The room's open interface."""

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.registries import ApiRoute, api_routes
from gongkai.standards.public.tables import rows_interface

api_routes.register(
    ApiRoute(
        key="catalogues",
        path="catalogues",
        view=rows_interface,
        summary=_("已公开的标准目录事项，以及各自公开在哪里"),
        parameters=(
            ("q", _("事项、内容或公开主体中的词")),
            ("body", _("单位代码")),
            ("field", _("领域代码")),
            ("page", _("页码，每页 100 条")),
        ),
    )
)
