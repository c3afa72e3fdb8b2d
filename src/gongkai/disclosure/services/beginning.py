"""Beginning a record as a draft, by hand, from a file or from an earlier record."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.disclosure.declaring import kinds
from gongkai.disclosure.models import RecordPage
from gongkai.disclosure.services.reading import readable
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.access.table import verbs
from gongkai.foundation.access.verbs import demand
from gongkai.foundation.accounts.models import User
from gongkai.portal.models import ColumnPage
from gongkai.portal.standing import body_of


@verb("disclosure.begin", gettext_lazy("起草公开信息"), Role.CLERK, Role.OFFICE)
def begin(
    actor: User | None,
    column: int,
    kind: str,
    title: str,
    fields: dict[str, Any],
    formed_on: date | None = None,
    follows: int | None = None,
) -> RecordPage:
    """Write a draft of `kind` into a column (id of the page): `fields` as people write them, by key.

    Refused with the name of each field that cannot be read. Nothing is put forward by this.
    """
    if kind not in kinds():
        raise ValidationError(_("没有“%s”这类内容") % kind)
    above = ColumnPage.objects.filter(pk=column).first()
    owner = body_of(above) if above else None
    if above is None or owner is None:
        raise ValidationError(_("公开信息须在单位专栏的栏目中起草"))
    demand(actor, verbs.get("disclosure.begin"), owner)
    values = readable(kinds()[kind], fields)
    record = RecordPage(
        title=title.strip(), kind=kind, fields=values, formed_on=formed_on, follows_id=follows, owner=actor
    )
    return write(above, record, actor)


def write(above: ColumnPage, record: RecordPage, actor: User | None) -> RecordPage:
    """Save a new record below the column as a draft of the actor's."""
    record.live = False
    above.add_child(instance=record)
    record.save_revision(user=actor, log_action=True, clean=False)
    return record


@verb("disclosure.follow_up", gettext_lazy("起草后续公开信息"), Role.CLERK, Role.OFFICE)
def follow_up(actor: User | None, record: RecordPage, fields: dict[str, Any] | None = None) -> RecordPage:
    """A draft that goes on from `record`: its fields to begin with, and `fields` laid over them (更新、解除)."""
    demand(actor, verbs.get("disclosure.follow_up"), record.body_id)
    if record.declared.follows is None or record.kind not in record.declared.follows.kinds:
        raise ValidationError(_("“%s”没有后续信息") % record.declared.name)
    values = record.fields | readable(record.declared, fields or {})
    above = cast(ColumnPage, record.get_parent().specific)
    draft = RecordPage(
        title=record.title, kind=record.kind, fields=values, formed_on=clock.today(), follows=record, owner=actor
    )
    return write(above, draft, actor)
