"""What is done with a catalogue as a whole: its column on the portal, and putting it before the gate."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.registries import content_sources
from gongkai.review.models import Release
from gongkai.review.services import request
from gongkai.standards.models import Catalogue
from gongkai.standards.reviewables import CATALOGUE


@verb("standards.set_column", _("指定目录专栏"), Role.OFFICE, Role.CLERK, body="catalogue.body_id")
def set_column(actor: User | None, catalogue: Catalogue, source: str, key: str) -> Catalogue:
    """The place on the portal whose content must all belong to rows of the body's catalogues; "" for none."""
    label = ""
    if key:
        found = content_sources.get(source).look([key]).get(key) if source in content_sources else None
        if found is None:
            raise ValidationError(gettext("没有这个栏目，请重新选择"))
        label = found.label
    with change(catalogue, "standards.set_column", actor=actor):
        catalogue.column_source, catalogue.column_key, catalogue.column_label = source if key else "", key, label
    return catalogue


@verb("standards.put_forward", _("报送公开标准目录"), Role.OFFICE, Role.CLERK, body="catalogue.body_id", atomic=False)
def put_forward(actor: User | None, catalogue: Catalogue, note: str = "") -> Release:
    """The catalogue as it is now goes through the reviews to the public."""
    if catalogue.is_template:
        raise ValidationError(gettext("模板供乡镇沿用，不单独公开"))
    if not catalogue.current:
        raise ValidationError(gettext("只公开现行版本"))
    return request(actor, CATALOGUE, catalogue.pk, note)
