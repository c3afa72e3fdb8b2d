"""Readings as `core.notices` gives them, made by hand, and drafts that hold them."""

from __future__ import annotations

from typing import Any

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.ledger.models import Draft


def item(number: int, text: str, *names: str, **fields) -> dict[str, Any]:
    """An item of the first task; `names` are responsible bodies. `due` is its day, 31 December unless given."""
    due = fields.pop("due", "2023-12-31")
    text_of_deadline = fields.pop("deadline_text", "全年")
    recurrence = fields.pop("recurrence", None)
    return {
        "number": number,
        "group_number": 1,
        "group": "深化主动公开",
        "task_number": 1,
        "task": "着力推进重点领域信息公开",
        "text": text,
        "assignees": [{"name": name, "role": "responsible"} for name in names],
        "selectors": [],
        "open_ended": False,
        "assignees_text": "、".join(names),
        "deadline": {"text": text_of_deadline, "due": due, "recurrence": recurrence},
        "targets": [],
        **fields,
    }


def finding(code: str, number: int | None, excerpt: str = "", suggestion: str = "", **fields) -> dict[str, str]:
    return {
        "code": code,
        "severity": "warning",
        "where": f"item {number}, text" if number else "notice",
        "excerpt": excerpt,
        "message": f"{code} {excerpt}",
        "suggestion": suggestion,
        **fields,
    }


def reading(*items: dict[str, Any], **fields) -> dict[str, Any]:
    return {
        "title": "青山县2023年全县政务公开工作要点任务分解表",
        "document_number": "青府办发〔2023〕3号",
        "issuer": "青山县人民政府办公室",
        "year": 2023,
        "requirements": [],
        "items": list(items),
        "findings": [],
        **fields,
    }


def draft_of(county: Body, by: User, content: dict[str, Any], **fields) -> Draft:
    """A draft as uploading leaves it."""
    fields.setdefault("year", content["year"])
    return Draft.objects.create(
        county=county, created_by=by, created_at=clock.now(), file_name="通知.docx", reading=content, **fields
    )


# The five sections of a notice, in words of our own, built as real ones are.
SECTIONS = [
    {
        "number": 1,
        "heading": "提高认识",
        "text": "2023年，全县政务公开工作坚持以重要讲话精神为指导，全面推进政务公开。",
    },
    {
        "number": 2,
        "heading": "统筹公开与保密",
        "text": "全面梳理法律法规提出的公开要求，认真对照执行。在公开工作中增强规范意识，完善保密审查制度，"
        "严格执行公开前审查程序，健全保密审查工作机制，防范数据汇聚引发泄密风险。"
        "保密行政管理部门要把保密审查工作纳入监管，每年至少开展1次专项检查。",
    },
    {
        "number": 3,
        "heading": "强化监督",
        "text": "各单位要对照任务分解表，建立健全社会监督机制，梳理形成工作台账，实时跟进推动，并将落实情况纳入年度报告。",
    },
    {
        "number": 4,
        "heading": "开展自查",
        "text": "县级部门要加强对乡镇的指导；该更新的栏目及时更新，该删除的链接及时删除。同时，确保不被通报。",
    },
]
