"""What the columns of a file may be called: as the template says, as our own files are headed, and as departments say.

Money may stand in another unit than the template's, readings in a column each.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongkai.disclosure.declaring import Field, Kind, Type
from gongkai.disclosure.declaring.numbers import MONEY
from gongkai.disclosure.declaring.values import headed
from gongkai.disclosure.limits import limits
from gongkai.foundation.opening import Columns, Heading, Names, folded, names_of

TITLE, FORMED, PUBLISHED, FOLLOWS, FILES = "title", "formed_on", "published_on", "follows", "files"
NUMBER = "index_number"  # of a record that there is: our own files have it
_MEASURED = (Type.MONEY, Type.DECIMAL)


def columns(kind: Kind) -> Columns:
    """The columns of the template."""
    own = {one.key: headed(one) for one in kind.fields}
    facts = {TITLE: _("标题"), FORMED: kind.formed, PUBLISHED: _("发布日期")}
    earlier = {FOLLOWS: _("承接索引号")} if kind.follows is not None else {}
    return {**facts, **own, **earlier, FILES: _("附件文件名")}


def labels(kind: Kind) -> Columns:
    """What a column is called when something is wrong with it."""
    return {**columns(kind), NUMBER: _("索引号")}


def required(kind: Kind) -> list[str]:
    title = [] if kind.titled else [TITLE]
    return [*title, FORMED, *(one.key for one in kind.fields if one.required)]


def names(kind: Kind) -> Names:
    """Every heading that means a column."""
    found = {folded(title): Heading(FORMED) for title in kind.formed_also} | names_of(labels(kind))
    for field in kind.fields:
        for title in (field.label, *field.also):
            found |= {folded(said): heading for said, heading in _called(field, title)}
    return found | _readings(kind)


def _called(field: Field, title: str) -> Iterator[tuple[str, Heading]]:
    """A heading of the field; money with each unit that there is, other amounts with their own."""
    if field.type is Type.MONEY:
        yield from ((f"{title}（{unit}）", Heading(field.key, "" if unit == field.unit else unit)) for unit in MONEY)
    elif field.unit and field.type in _MEASURED:
        yield f"{title}（{field.unit}）", Heading(field.key)
    else:
        yield title, Heading(field.key)


def _readings(kind: Kind) -> dict[str, Heading]:
    """A column for each thing that is measured, by all of its names, with its unit or without."""
    found: dict[str, Heading] = {}
    if kind.chart is None or kind.limits is None:
        return found
    for limit in (limit for table in kind.limits.tables for limit in limits()[table].rows):
        for name in (limit.name, *limit.also):
            heading = Heading(kind.chart.table, part=limit.name)
            found |= {folded(title): heading for title in (name, f"{name}（{limit.unit}）")}
    return found


def demand_units(kind: Kind, unread: list[str]) -> None:
    """A column of amounts that does not say in what they are counted is refused, not left out."""
    amounts = [one for one in kind.fields if one.unit and one.type in _MEASURED]
    measured = {folded(title): one for one in amounts for title in (one.label, *one.also)}
    for title in unread:
        if field := measured.get(folded(title)):
            words = {"title": title, "headed": headed(field)}
            raise ValidationError(_("表头“%(title)s”没有写明单位，请写作“%(headed)s”") % words)
