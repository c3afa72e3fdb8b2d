"""What a record must be to the one it goes on from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from gongkai.disclosure.checks.registry import Problem, check

if TYPE_CHECKING:
    from gongkai.disclosure.models import RecordPage


@check("needs-follows")
def needs_follows(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """The earlier record is named."""
    if record.follows_id is None and record.declared.follows is not None:
        yield "", _("须选择“%s”") % record.declared.follows.label


@check("known-rows")
def known_rows(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """Every row of `table` names by `key` a row of the earlier record's table `theirs`."""
    if record.follows is None:
        return
    known = {row.get(args["key"]) for row in record.follows.fields.get(args["theirs"]) or []}
    for number, row in enumerate(record.fields.get(args["table"]) or [], 1):
        if row.get(args["key"]) not in known:
            words = {"row": number, "key": row.get(args["key"]), "title": record.follows.title}
            yield args["table"], _("第 %(row)d 行的编号“%(key)s”在“%(title)s”中没有") % words
