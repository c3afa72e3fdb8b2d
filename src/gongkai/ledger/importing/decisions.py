"""What people settle on a draft: how findings are answered, what is changed in a row, what an unknown name means.

Kept in `Draft.decisions` as `{"findings": {id: choice}, "items": {key: edit}, "names": {name: body id or null}}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from typing_extensions import TypedDict

from gongkai.ledger.models import Recurrence, Role

TEXT_LIMIT = 4000  # characters of one item


class Choice(StrEnum):
    """How a finding is settled."""

    ACCEPT = "accept"  # take the suggestion; where there is none: seen, leave it
    KEEP = "keep"  # as printed
    EDIT = "edit"  # the row was changed by hand
    REOPEN = "reopen"  # ask again


class Named(TypedDict):
    """A body as the notice names it, and what it does."""

    name: str
    role: str


class ItemEdit(TypedDict, total=False):
    """What a person changed in one row; what is absent stays as read."""

    text: str
    assignees: list[Named]
    selectors: list[str]
    due: str | None  # ISO day; None for no deadline
    recurrence: str
    added: list[int]  # ids of bodies named by hand, completing an open-ended list
    complete: bool  # the open-ended list needs no further body
    parts: list[str]  # the single duties it is split into; empty for one
    dropped: bool  # does not become an item
    separate: bool  # a new duty, not the correction of the item it resembles


def empty() -> dict[str, Any]:
    return {"findings": {}, "items": {}, "names": {}}


def merged(
    kept: Mapping[str, Any],
    findings: Mapping[str, Choice],
    items: Mapping[str, ItemEdit],
    names: Mapping[str, int | None],
) -> dict[str, Any]:
    """The decisions with further ones; two people who settle different rows do not undo each other."""
    result = empty() | {part: dict(values) for part, values in kept.items()}
    for finding, choice in findings.items():
        result["findings"].pop(finding, None)
        if choice != Choice.REOPEN:
            result["findings"][finding] = Choice(choice).value
    for key, edit in items.items():
        result["items"][key] = {**result["items"].get(key, {}), **clean_edit(key, edit)}
    result["names"] |= names
    return result


def clean_edit(key: str, edit: Mapping[str, Any]) -> dict[str, Any]:
    """The edit, checked. ValidationError names the item and what is wrong with it."""
    clean = dict(edit)
    where = _("事项（%(key)s）") % {"key": key}
    if "text" in clean:
        clean["text"] = _text(clean["text"], where)
    if "parts" in clean:
        clean["parts"] = [_text(part, where) for part in clean["parts"] if part.strip()]
        if len(clean["parts"]) == 1:
            raise ValidationError(_("%(where)s：拆分后至少要有两项具体义务，不拆分请清空") % {"where": where})
    if clean.get("due"):
        _check_day(str(clean["due"]), where)
    if "recurrence" in clean and clean["recurrence"] not in Recurrence.values:
        raise ValidationError(_("%(where)s：没有“%(value)s”这种频次") % {"where": where, "value": clean["recurrence"]})
    for named in clean.get("assignees", []):
        if named["role"] not in Role.values or not named["name"].strip():
            raise ValidationError(_("%(where)s：责任单位须有名称和责任类型") % {"where": where})
    return clean


def _text(text: str, where: str) -> str:
    text = text.strip()
    if not text:
        raise ValidationError(_("%(where)s：内容不能为空，不需要的事项请选择“不导入”") % {"where": where})
    if len(text) > TEXT_LIMIT:
        raise ValidationError(_("%(where)s：内容超过 %(limit)d 字") % {"where": where, "limit": TEXT_LIMIT})
    return text


def _check_day(text: str, where: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValidationError(
            _("%(where)s：“%(text)s”不是有效日期，请写成 2023-09-30 的形式") % {"where": where, "text": text}
        ) from None
