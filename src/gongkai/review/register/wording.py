"""What people wrote, as the register may hold it: personal data in the accepted form, and no suspected secret at all."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongkai.core.screening import Category, Finding
from gongkai.review.machine import screener

# What the product itself made: digests, codes, keys, and excerpts that the machine masked when it found them.
OWN = frozenset({"digest", "keyed", "machine", "rule", "body", "kind", "excerpt", "step", "code"})
MASKED = (Category.PERSONAL, Category.WORK_SECRET, Category.INTERNAL)
STARS, ROUNDS = "***", 3


def fit(value: Any, field: str = "") -> Any:
    """The value with every text in it made fit; ValidationError that names the field for a suspected state secret."""
    match value:
        case str():
            return _fit_text(str(value), field)
        case dict():
            return {key: one if key in OWN else fit(one, field or str(key)) for key, one in value.items()}
        case list() | tuple():
            return [fit(one, field) for one in value]
    return value


def _fit_text(text: str, field: str) -> str:
    for _round in range(ROUNDS):
        found = screener().screen(text)
        if any(one.category == Category.STATE_SECRET for one in found):
            told = _("“%(field)s”中有疑似国家秘密标志，不能登记；请停止在本系统处理，交保密审查机构")
            raise ValidationError(told % {"field": names().get(field, field)})
        hidden = [one for one in found if one.category in MASKED and _shown(one) != text[one.start : one.end]]
        if not hidden:
            return text
        text = _masked(text, hidden)
    return STARS


def _masked(text: str, hidden: list[Finding]) -> str:
    """From the end, so that what lies before keeps its place; of two that overlap the later is inside the stars."""
    reach = len(text)
    for one in sorted(hidden, key=lambda one: (one.end, one.start), reverse=True):
        if one.start == one.end or one.start >= reach:
            continue
        text = text[: one.start] + _shown(one) + text[min(one.end, reach) :]
        reach = one.start
    return text


def _shown(finding: Finding) -> str:
    return finding.replacement or finding.masked or STARS


def names() -> dict[str, str]:
    """The fields of an entry, in words."""
    return {
        "title": _("标题"),
        "note": _("意见"),
        "reason": _("理由"),
        "ground": _("公开依据"),
        "answers": _("条例核对说明"),
        "attachments": _("附件名称"),
        "question": _("征求的问题"),
        "answer": _("答复"),
        "asked_name": _("征求对象"),
        "urgent_reason": _("加急事由"),
        "notice": _("对外说明"),
        "findings": _("机器发现"),
    }
