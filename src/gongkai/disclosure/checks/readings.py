"""Readings and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from gongkai.disclosure.checks.registry import Problem, check
from gongkai.disclosure.limits import air_grades, limits_for

if TYPE_CHECKING:
    from gongkai.disclosure.models import RecordPage


@check("limits")
def conclusion_holds(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """The conclusion in `field` is not `good` while a reading of `table` is beyond its limit.

    Nor the other way, when all of the readings have limits here.
    """
    said, rows = record.fields.get(args["field"]), record.fields.get(args["table"]) or []
    table = limits_for(record.declared, record.fields)
    if table is None:
        return
    beyond = table.exceeded(rows)
    if said == args["good"]:
        for number, row, limit in beyond:
            words = {"row": number, "name": row["name"], "value": row["value"], "limit": limit, "said": said}
            yield args["field"], _("第 %(row)d 行“%(name)s”%(value)s，限值%(limit)s，与结论“%(said)s”不符") % words
    elif said is not None and not beyond and all(map(table.of, rows)):
        yield args["field"], _("各项监测值均在限值内，与结论“%s”不符") % said


@check("known-readings")
def known_readings(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """Every row of `table` is a thing that has a limit: what is called otherwise would be held against none."""
    table = limits_for(record.declared, record.fields)
    for number, row in enumerate(record.fields.get(args["table"]) or [], 1):
        if table is not None and table.of(row) is None:
            known = "、".join(limit.name for limit in table.rows)
            words = {"row": number, "name": row.get("name"), "known": known}
            yield args["table"], _("第 %(row)d 行的“%(name)s”不是限值表中的项目：%(known)s") % words


@check("air-grade")
def air_grade(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """`grade` is that of `index`; `main`, the main pollutant, is said for every grade but the cleanest."""
    index, said = record.fields.get(args["index"]), record.fields.get(args["grade"])
    if index is None or said is None:
        return
    grades = air_grades()
    grade = grades.of(Decimal(index))
    if said != grade:
        words = {"index": index, "grade": grade, "said": said, "source": grades.source}
        yield args["grade"], _("指数%(index)s的级别为“%(grade)s”，与所填“%(said)s”不符（%(source)s）") % words
    elif (record.fields.get(args["main"]) in (None, "无")) != (grade == grades.clean):
        words = {"field": record.declared.field(args["main"]).label, "grade": grade}
        if grade == grades.clean:
            yield args["main"], _("级别为“%(grade)s”的，不填“%(field)s”") % words
        else:
            yield args["main"], _("级别为“%(grade)s”的，须填写“%(field)s”") % words
