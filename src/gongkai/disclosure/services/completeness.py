"""What a record still lacks before it can be put forward, in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongkai.disclosure.checks import Problem, checks
from gongkai.disclosure.models import RecordPage
from gongkai.foundation import clock
from gongkai.review.models import Attribute


def lacking(record: RecordPage) -> Iterator[Problem]:
    """Missing fields first, then what the checks of the kind say; each with the key of its field, "" for none."""
    kind = record.declared
    if record.formed_on is None:
        yield "", _("“%(field)s”没有填写") % {"field": kind.formed}
    elif record.formed_on > clock.today():
        yield "", _("“%(field)s”晚于今天，请核对") % {"field": kind.formed}
    if record.attribute != Attribute.PROACTIVE:
        yield "", _("公开属性为“%(attribute)s”的，不报送公开") % {"attribute": record.get_attribute_display()}
    for field in kind.fields:
        if field.required and record.fields.get(field.key) is None:
            yield field.key, _("“%(field)s”没有填写") % {"field": field.label}
    if record.follows is not None and kind.follows is not None and record.follows.kind not in kind.follows.kinds:
        yield "", _("“%(field)s”选择的不是这类内容") % {"field": kind.follows.label}
    for use in kind.checks:
        yield from checks.get(use.name).function(record, use.args)


def demand_complete(record: RecordPage) -> None:
    """Raise a ValidationError with everything that is lacking."""
    said = [words for _key, words in lacking(record)]
    if said:
        raise ValidationError(said)
