"""Readings and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from gongkai.disclosure.checks.registry import Problem, check
from gongkai.disclosure.limits import limits

if TYPE_CHECKING:
    from gongkai.disclosure.models import RecordPage


@check("limits")
def conclusion_holds(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """The conclusion in `field` is not `good` while a reading of `table` is beyond its limit, nor the other way."""
    said = record.fields.get(args["field"])
    table = limits()[record.declared.limits]
    beyond = table.exceeded(record.fields.get(args["table"]) or [])
    if said == args["good"]:
        for number, row, limit in beyond:
            words = {"row": number, "name": row["name"], "value": row["value"], "limit": limit, "said": said}
            yield args["field"], _("第 %(row)d 行“%(name)s”%(value)s，限值%(limit)s，与结论“%(said)s”不符") % words
    elif said is not None and not beyond:
        yield args["field"], _("各项监测值均在限值内，与结论“%s”不符") % said
