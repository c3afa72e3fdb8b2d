"""What lists of people must not show (个人信息保护法 28; secrecy of aid lists: 社会救助暂行办法 61)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from gongkai.disclosure.checks.registry import Problem, check

if TYPE_CHECKING:
    from gongkai.disclosure.models import RecordPage

STARS = ("*", "＊", "×", "某")


@check("masked-name")
def masked_name(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """`field` does not show a whole name when `when` has one of the values `is`."""
    said = str(record.fields.get(args["field"]) or "")
    if record.fields.get(args["when"]) in args["is"] and said and not any(star in said for star in STARS):
        words = {"field": record.declared.field(args["field"]).label}
        yield args["field"], _("“%(field)s”为自然人的，姓名应作去标识化处理，如“张**”") % words


@check("posting-end")
def posting_end(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """A list of people is shown for a time, and then taken down."""
    if record.is_posting and record.expire_at is None:
        yield "", _("名单类信息须填写“公示截止”，期满自动撤下")


@check("ground-for-list")
def ground_for_list(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """A list that is as a rule posted in the village only is not put on the net without its `field` saying why."""
    if record.fields.get(args["table"]) and not record.fields.get(args["field"]):
        yield args["field"], _("名单一般在村、社区公示；在网站公示的，须写明依据，由审查人员决定")
