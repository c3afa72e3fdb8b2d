"""The portal's own open interface: /api/v1/search."""

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.registries import ApiRoute, api_routes
from gongkai.portal.views.search import search_interface

api_routes.register(
    ApiRoute(
        key="search",
        path="search",
        view=search_interface,
        summary=_("检索已公开的内容"),
        parameters=(
            ("q", _("要检索的词；空格隔开的各词都要有，引号内的作为一个整体")),
            ("body", _("单位代码")),
            ("kind", _("种类，如 portal.article")),
            ("year", _("发布年份，如 2023")),
            ("page", _("第几页，每页 30 条")),
        ),
    )
)
