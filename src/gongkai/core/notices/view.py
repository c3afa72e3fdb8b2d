"""A plan as text for a terminal, in columns that count a Chinese character as two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from gongkai.core.notices.model import Item, Plan, Role
from gongkai.core.notices.places import in_chinese

_WIDTHS = (4, 52, 44, 14, 10)
_HEADINGS = ("编号", "内容", "责任单位", "完成时限", "到期日")
_ROLES = {Role.LEAD: "牵头", Role.SUPPORT: "配合", Role.SUPERVISE: "督促"}
_SEVERITIES = {"error": "错误", "warning": "提醒", "info": "说明"}


def table_view(plan: Plan) -> str:
    """The whole plan: frame, items by group and task, findings."""
    return "\n".join([*_frame(plan), "", *_items(plan), "", *_findings(plan)])


def _frame(plan: Plan) -> Iterator[str]:
    yield plan.title or "（没有标题）"
    yield "  ".join(filter(None, (plan.document_number, plan.issuer, f"{plan.year}年" if plan.year else "年份不详")))
    yield f"条目{len(plan.items)}项，涉及单位{len(set(plan.names()))}个，工作要求{len(plan.requirements)}条"


def _items(plan: Plan) -> Iterator[str]:
    yield columns(_HEADINGS, _WIDTHS)
    yield columns(["─" * (width // 2) for width in _WIDTHS], _WIDTHS)
    heading: tuple[str, str] = ("", "")
    for item in plan.items:
        if (item.group, item.task) != heading:
            heading = (item.group, item.task)
            yield "【" + " / ".join(filter(None, heading)) + "】"
        due = item.deadline.due.isoformat() if item.deadline.due else ""
        cells = (str(item.number), item.text.replace("\n", " "), _bodies(item), item.deadline.text, due)
        yield columns(cells, _WIDTHS)


def _bodies(item: Item) -> str:
    names = [each.name + (f"（{_ROLES[each.role]}）" if each.role in _ROLES else "") for each in item.assignees]
    return "、".join((*names, *item.selectors)) + ("等" if item.open_ended else "")


def _findings(plan: Plan) -> Iterator[str]:
    yield f"需要核对{len(plan.findings)}处" if plan.findings else "没有需要核对的地方"
    for each in plan.findings:
        excerpt = f"“{each.excerpt}”：" if each.excerpt else ""
        suggestion = f" → {each.suggestion}" if each.suggestion else ""
        yield f"  {_SEVERITIES[each.severity]} {in_chinese(each.where)} {excerpt}{each.message}{suggestion}"


def columns(cells: Sequence[str], widths: Sequence[int]) -> str:
    """The cells of one line, each cut or filled to its width of terminal columns."""
    return "  ".join(_fit(cell, width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _fit(text: str, width: int) -> str:
    """The text cut or filled to a width of terminal columns."""
    if (used := _width(text)) <= width:
        return text + " " * (width - used)
    while _width(text) > width - 2:
        text = text[:-1]
    return text + "…" + " " * (width - _width(text) - 1)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
