"""An inspection in words and as a picture, the same on the screen and in the report."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongkai.foundation.charts import Bar, Segment, bars
from gongkai.foundation.charts.svg import Place
from gongkai.foundation.looks import RED
from gongkai.review.inspection.selectors import Counted
from gongkai.review.models import Inspection

REST = "#d0d7de"  # conforming, and not judged yet


def method_in_words(inspection: Inspection) -> list[str]:
    """How the sample came about, so that anybody can draw it again."""
    told = [
        _("检查范围：%(first)s至%(last)s签发的发布审查登记，共 %(population)d 项。")
        % {
            "first": date_format(inspection.scope_from),
            "last": date_format(inspection.scope_to),
            "population": inspection.population,
        },
        _("抽样方法：%(method)s，符合条件 %(matching)d 项。")
        % {
            "method": _method(inspection),
            "matching": inspection.matching,
        },
    ]
    if inspection.size is None:
        return [*told, _("符合条件的登记全部检查。")]
    return [
        *told,
        _("抽取数量：%(size)d 项；抽样种子：%(seed)s。") % {"size": inspection.size, "seed": inspection.seed},
        _(
            "抽取办法：对符合条件的每项登记，计算“抽样种子:登记编号”（UTF-8 编码，半角冒号）的 SM3 摘要值，"
            "按摘要值由小到大取前 %d 项。用同一种子对同一范围重新抽取，结果相同。"
        )
        % inspection.size,
    ]


def chart(rows: Sequence[Counted], *, place: Place = "desk") -> SafeString:
    """Problems among the entries of each body, as a picture whose title says the finding."""
    return bars(
        chart_title(rows),
        [
            Bar(
                row.label,
                [
                    Segment(row.problems, _("有问题"), RED),
                    Segment(row.sampled - row.problems, _("其他"), REST),
                ],
                _("%(problems)d/%(sampled)d 项有问题") % {"problems": row.problems, "sampled": row.sampled},
            )
            for row in rows
        ],
        place=place,
    )


def chart_title(rows: Sequence[Counted]) -> str:
    worst = max(rows, key=lambda row: row.problems, default=None)
    if worst is None or not worst.problems:
        return _("各单位均未发现问题")
    return _("各单位抽查结果：%(body)s问题最多，%(count)d 项") % {"body": worst.label, "count": worst.problems}


def _method(inspection: Inspection) -> str:
    said = inspection.get_method_display()
    named = "、".join(str(body) for body in inspection.bodies.all()) or inspection.get_attribute_display()
    return _("%(method)s（%(named)s）") % {"method": said, "named": named} if named else said
