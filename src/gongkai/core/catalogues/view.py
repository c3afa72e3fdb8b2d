"""A catalogue as text for a terminal, in columns that count a Chinese character as two."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.core.catalogues.model import Catalogue, Row
from gongkai.core.notices.view import columns

_WIDTHS = (4, 28, 28, 26, 20, 8, 14)
_HEADINGS = ("序号", "一级事项", "二级事项", "公开时限", "公开主体", "须上网", "位置")
_SEVERITIES = {"error": "错误", "warning": "提醒", "info": "说明"}


def table_view(catalogue: Catalogue) -> str:
    """Title, rows by field, findings."""
    return "\n".join([*_head(catalogue), *_rows(catalogue), "", *_findings(catalogue)])


def _head(catalogue: Catalogue) -> Iterator[str]:
    yield catalogue.title or "（没有标题）"
    due = sum(row.needs_page for row in catalogue.rows)
    yield f"领域{len(catalogue.fields)}个，事项{len(catalogue.rows)}项，其中须在网上主动公开{due}项"
    yield ""
    yield columns(_HEADINGS, _WIDTHS)


def _rows(catalogue: Catalogue) -> Iterator[str]:
    field = ""
    for row in catalogue.rows:
        if row.field != field:
            field = row.field
            yield f"【{field}】"
        yield columns(_cells(row), _WIDTHS)


def _cells(row: Row) -> tuple[str, ...]:
    limit = row.limit.text.replace("\n", " ")
    second = row.third or row.second
    return row.number, row.first, second, limit, row.body.replace("\n", " "), "是" if row.needs_page else "", row.where


def _findings(catalogue: Catalogue) -> Iterator[str]:
    yield f"需要核对{len(catalogue.findings)}处" if catalogue.findings else "没有需要核对的地方"
    for each in catalogue.findings:
        excerpt = f"“{each.excerpt}”：" if each.excerpt else ""
        yield f"  {_SEVERITIES[each.severity]} {each.where} {excerpt}{each.message}"
