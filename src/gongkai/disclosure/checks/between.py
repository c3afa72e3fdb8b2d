"""What fields of a record must be to each other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from gongkai.core.budgets import is_sum
from gongkai.disclosure.checks.registry import Problem, check, day, label, number

if TYPE_CHECKING:
    from gongkai.disclosure.models import RecordPage


@check("order")
def order(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """`first` is not later than `last`; both are dates or both are moments."""
    first, last = record.fields.get(args["first"]), record.fields.get(args["last"])
    if first and last and first > last:
        words = {"last": label(record, args["last"]), "first": label(record, args["first"])}
        yield args["last"], _("“%(last)s”早于“%(first)s”") % words


@check("demand")
def demand(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """`field` (or `follows`: the earlier record) must be there when `when` has one of the values `is`."""
    if record.fields.get(args["when"]) not in args["is"]:
        return
    named = {"when": label(record, args["when"]), "value": record.fields[args["when"]]}
    if args["field"] == "follows":
        if record.follows_id is None and record.declared.follows is not None:
            yield "", _("%(when)s为“%(value)s”的，须选择“%(what)s”") % (named | {"what": record.declared.follows.label})
    elif record.fields.get(args["field"]) is None:
        told = named | {"what": label(record, args["field"])}
        yield args["field"], _("%(when)s为“%(value)s”的，须填写“%(what)s”") % told


@check("empty")
def empty(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """`field` says nothing when `when` has one of the values `is`."""
    if record.fields.get(args["when"]) in args["is"] and record.fields.get(args["field"]) is not None:
        words = {"when": label(record, args["when"]), "value": record.fields[args["when"]]}
        told = words | {"what": label(record, args["field"])}
        yield args["field"], _("%(when)s为“%(value)s”的，不得填写“%(what)s”") % told


@check("consistent")
def consistent(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """`other` has none of the values `not` when `field` has one of the values `is`."""
    said, other = record.fields.get(args["field"]), record.fields.get(args["other"])
    if said in args["is"] and other in args["not"]:
        words = {"field": label(record, args["field"]), "said": said, "what": label(record, args["other"])}
        yield args["other"], _("%(field)s为“%(said)s”，与%(what)s“%(other)s”不符") % (words | {"other": other})


@check("sum")
def total(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """`whole` is the sum of `parts`, all of them numbers of the record; they may be rounded as those of workbooks."""
    whole, parts = number(record, args["whole"]), [number(record, key) for key in args["parts"]]
    if whole is None or None in parts:
        return
    added = sum((part for part in parts if part is not None), Decimal(0))
    if not is_sum(whole, [part for part in parts if part is not None]):
        words = {"whole": label(record, args["whole"]), "said": whole, "added": added}
        words["parts"] = "、".join(label(record, key) for key in args["parts"])
        yield args["whole"], _("“%(whole)s”为%(said)s，与%(parts)s之和%(added)s不符") % words


@check("at-most")
def at_most(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """`part` is not more than `whole`."""
    part, whole = number(record, args["part"]), number(record, args["whole"])
    if part is not None and whole is not None and part > whole:
        words = {"part": label(record, args["part"]), "whole": label(record, args["whole"])}
        yield args["part"], _("“%(part)s”大于“%(whole)s”") % words


@check("table-total")
def table_total(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """`total` is the sum of the column `column` of the table `table`."""
    whole, rows = number(record, args["total"]), record.fields.get(args["table"]) or []
    values = [Decimal(row[args["column"]]) for row in rows if row.get(args["column"]) is not None]
    if whole is None or not rows or sum(values, Decimal(0)) == whole:
        return
    table = record.declared.field(args["table"])
    column = next(one.label for one in table.columns if one.key == args["column"])
    words = {"total": label(record, args["total"]), "said": whole, "table": table.label, "column": column}
    told = words | {"added": sum(values, Decimal(0)), "rows": len(rows)}
    yield args["total"], _("“%(total)s”为%(said)s，“%(table)s”中%(rows)d行“%(column)s”合计%(added)s，两者不符") % told


@check("row-count")
def row_count(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """`number` is how many rows `table` has, when it has any."""
    said, rows = number(record, args["number"]), record.fields.get(args["table"]) or []
    if said is not None and rows and said != len(rows):
        words = {"number": label(record, args["number"]), "said": said, "table": label(record, args["table"])}
        told = words | {"rows": len(rows)}
        yield args["number"], _("“%(number)s”为%(said)s，“%(table)s”有%(rows)d行，两者不符") % told


@check("days-at-least")
def days_at_least(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """From `first` to `last`, both counted, are at least `n` days, or `unless` says why not."""
    first, last = day(record, args["first"]), day(record, args["last"])
    if first is None or last is None or record.fields.get(args["unless"]):
        return
    days = (last - first).days + 1
    if 0 < days < args["n"]:
        words = {"days": days, "n": args["n"], "field": label(record, args["unless"]), "source": args["source"]}
        yield args["unless"], _("只有%(days)d日，少于%(n)d日的须填写“%(field)s”（%(source)s）") % words


@check("needs-file")
def needs_file(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """At least one file is attached; `what` says which."""
    if not record.attachments.all():
        yield "", _("须附上%(what)s") % args
