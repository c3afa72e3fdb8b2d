"""The room's open interface."""

from django.utils.translation import gettext_lazy as _

from gongkai.disclosure.declaring import kinds
from gongkai.disclosure.public.api import list_kinds, records_of
from gongkai.foundation.registries import ApiRoute, api_routes

PARAMETERS = (
    ("q", _("标题或索引号中的词")),
    ("body", _("单位代码")),
    ("year", _("发布年份")),
    ("page", _("页码，每页 100 条")),
    ("format", _("csv 则返回文本表格，不填为 JSON")),
)

api_routes.register(ApiRoute("records", "records", list_kinds, _("法定主动公开内容的种类")))
for _kind in kinds().values():
    api_routes.register(
        ApiRoute(f"records.{_kind.key}", f"records/{_kind.key}", records_of(_kind), _kind.name, PARAMETERS)
    )
