"""What the page of one record shows, beyond the page itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongkai.disclosure.declaring import Field, Type, show
from gongkai.disclosure.declaring.values import cells, headed
from gongkai.disclosure.limits import limits_for
from gongkai.disclosure.models import RecordPage
from gongkai.disclosure.selectors import announced, answers_to, chain, only_shown, standing
from gongkai.foundation import clock
from gongkai.portal import listing


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table field: headings, and rows of (heading, words, whether it is to be seen at once as wrong)."""

    field: Field
    headings: list[str]
    rows: list[list[tuple[str, str, bool]]]
    source: str = ""


def shown(record: RecordPage) -> dict[str, Any]:
    """Context of the public page."""
    filled = record.filled()
    links = chain(record)
    return {
        "trail": listing.trail(record),
        "kind": record.declared,
        "facts": [(field, show(field, value)) for field, value in filled if field.type not in (Type.TABLE, Type.LONG)],
        "texts": [(field, value) for field, value in filled if field.type is Type.LONG],
        "sheets": [sheet_of(record, field, value) for field, value in filled if field.type is Type.TABLE],
        "chain": links if len(links) > 1 and not record.declared.stages else [],
        "stages": stages_of(record, links),
        "over": over(record, links),
        "attachments": list(record.attachments.select_related("document") if record.pk else []),
    }


@dataclass(frozen=True, slots=True)
class Stage:
    """A step that a matter goes through, and what is public of it."""

    name: str
    records: list[RecordPage]


def stages_of(record: RecordPage, links: list[RecordPage]) -> list[Stage]:
    """All steps of the kind in their order, those of which nothing is public too."""
    key = record.declared.stages
    if not key:
        return []
    return [
        Stage(name, [one for one in links if one.fields.get(key) == name])
        for name in record.declared.field(key).options
    ]


def sheet_of(record: RecordPage, field: Field, value: Any) -> Sheet:
    """A table as shown; readings with their limits and how they stand to them."""
    headings = [headed(column) for column in field.columns]
    rows, wrong, source = cells(field, value), set(), ""
    table = limits_for(record.declared, record.fields)
    if table is not None and "value" in [column.key for column in field.columns]:
        headings += [_("限值"), _("评价")]
        rows = [[*row, *table.judged(stored)] for row, stored in zip(rows, value, strict=True)]
        wrong = {number - 1 for number, _row, _limit in table.exceeded(value)}
        source = str(table.source)
    rule = record.declared.answered
    if rule is not None and field.key == rule.table:
        headings.append(_("整改结果"))
        answers = announced([record], only_shown(answers_to([record])))
        rows = [[*row, standing(one, clock.today())] for row, one in zip(rows, answers, strict=True)]
        wrong = {number for number, one in enumerate(answers) if one.is_late(clock.today())}
    last = len(headings) - 1
    told = [
        [
            (heading, words, at == last and number in wrong)
            for at, (heading, words) in enumerate(zip(headings, row, strict=True))
        ]
        for number, row in enumerate(rows)
    ]
    return Sheet(field, headings, told, source)


def over(record: RecordPage, links: list[RecordPage]) -> RecordPage | None:
    """The public record by which this one is over: replaced or cancelled."""
    rule = record.declared.follows
    for later in links:
        ends = rule is not None and any(later.fields.get(key) in values for key, values in rule.ends.items())
        if ends and later.follows_id == record.pk:
            return later
    return None
