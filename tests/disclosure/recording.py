"""Records as a body's people write them; taken to the public by the three reviews."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.portal import writing
from tests.portal.writing import ensure_portal
from tests.review.passing import holder

from gongkai.disclosure.models import RecordPage
from gongkai.disclosure.services import begin
from gongkai.foundation.access import Role
from gongkai.portal.models import ColumnPage, SectionPage

FORMED = date(2026, 6, 10)

WARNING = {
    "action": "首次发布",
    "category": "气象灾害",
    "level": "二级（橙色）",
    "starts": "2026-06-10 08:00",
    "area": "云溪镇、柳湾镇",
    "matter": "预计未来6小时有暴雨。",
    "measures": "转移低洼地带群众，停止户外作业。",
    "issuer": "清河县气象台",
    "issued_at": "2026年6月10日7时30分",
}
PENALTY = {
    "number": "清市监罚〔2026〕12号",
    "party_type": "法人及非法人组织",
    "party": "清河县某某商贸有限公司",
    "credit_code": "91990124QH00004666",
    "offence": "虚假宣传",
    "facts": "在店内张贴与实际不符的宣传海报。",
    "ground": "《中华人民共和国广告法》第二十八条",
    "type": ["罚款"],
    "content": "罚款人民币1万元。",
    "fine": "10000",
    "organ": "清河县市场监督管理局",
}


def column(body: Any, title: str = "法定主动公开内容") -> ColumnPage:
    """An open column in the section of the body."""
    ensure_portal()
    return writing.through_the_gate(writing.column(writing.section(body), title))


def draft(above: ColumnPage, kind: str, fields: dict[str, Any], title: str = "一条公开信息", **more: Any) -> RecordPage:
    body = SectionPage.objects.ancestor_of(above).get().body
    facts = {"formed_on": FORMED} | more
    return begin(holder(body, Role.CLERK), above.pk, kind, title, fields, **facts)


def public(
    above: ColumnPage, kind: str, fields: dict[str, Any], title: str = "一条公开信息", **more: Any
) -> RecordPage:
    return writing.through_the_gate(draft(above, kind, fields, title, **more))
