"""What must hold of a draft before it is changed."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import CharField, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.events.models import Event
from gongkai.ledger.models import Draft, DraftState


def locked(draft: Draft) -> Draft:
    """The draft as it stands now, locked to the end of the transaction."""
    return Draft.objects.select_for_update(of=("self",)).select_related("county").get(pk=draft.pk)


def demand_waiting(draft: Draft) -> None:
    """Only a draft under review can be settled or imported; else say who ended the review."""
    if draft.state == DraftState.OPEN:
        return
    if draft.state == DraftState.READING:
        raise ValidationError(_("“%(draft)s”还在识别，请稍候") % {"draft": draft}, code="reading")
    event = Event.objects.about(draft).filter(after__state=draft.state).select_related("actor").last()
    by = ""
    if event is not None and event.actor is not None:
        by = f"（{timezone.localtime(event.effective_at):%Y-%m-%d %H:%M} {event.actor}）"
    raise ValidationError(
        _("“%(draft)s”%(state)s%(by)s，不能再核对或导入")
        % {"draft": draft, "state": draft.get_state_display(), "by": by},
        code="closed",
    )


def demand_known(what: str, given: Iterable[str], known: Iterable[str]) -> None:
    """What is settled is in the draft."""
    if unknown := sorted(set(given) - set(known)):
        raise ValidationError(
            _("导入稿中没有这些%(what)s：%(unknown)s") % {"what": what, "unknown": "、".join(unknown)}, code="unknown"
        )


def demand_members(county: Body, ids: Iterable[int]) -> None:
    """The bodies can be given tasks in the county today."""
    wanted = set(ids)
    able = set(Body.objects.of_county(county).working().active(clock.today()).values_list("pk", flat=True))
    if foreign := sorted(wanted - able):
        raise ValidationError(
            _("这些编号不是本县在册的责任单位：%(ids)s") % {"ids": "、".join(map(str, foreign))}, code="foreign-body"
        )


def demand_fits(records: Iterable[Model]) -> None:
    """No text is longer than its field: PostgreSQL would refuse it, SQLite keep what no screen has room for."""
    for record in records:
        for field in record._meta.concrete_fields:
            text = field.value_from_object(record)
            if not isinstance(field, CharField) or not isinstance(text, str) or len(text) <= (field.max_length or 0):
                continue
            raise ValidationError(
                _("%(kind)s的“%(field)s”超过 %(limit)d 字，请在通知中改短后重新上传：%(text)s…")
                % {
                    "kind": record._meta.verbose_name,
                    "field": field.verbose_name,
                    "limit": field.max_length,
                    "text": text[:40],
                },
                code="too-long",
            )
