"""What people must put into words: a reason, a note, an answer."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

LONGEST = 5000  # characters of a reason, note or comment


def demand_text(text: str, what: str) -> str:
    """`text` without surrounding space; it must say something. `what`: its name on the form."""
    text = text.strip()
    if not text:
        raise ValidationError(gettext("请填写%(what)s") % {"what": what}, code="required")
    if len(text) > LONGEST:
        values = {"what": what, "limit": LONGEST, "length": len(text)}
        raise ValidationError(gettext("%(what)s不能超过 %(limit)s 字，现有 %(length)s 字") % values, code="too-long")
    return text
