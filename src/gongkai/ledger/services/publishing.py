"""报送公开: the office puts items and evidence before the gate; a leader of the body decides there."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.ledger.models import Evidence, Item
from gongkai.ledger.reviewables import EVIDENCE, ITEM
from gongkai.review.models import Release
from gongkai.review.services import UNCHANGED, request


@verb("ledger.release", gettext_lazy("报送公开"), Role.OFFICE)
def release(
    actor: User | None, items: list[Item], evidence: list[Evidence] | None = None, note: str = ""
) -> list[Release]:
    """Put records forward for the public, as they are now; those already waiting or open unchanged are passed over.

    Returns what was put forward. One that cannot be (removed, of another county) stops all.
    """
    wanted: list[tuple[str, Item | Evidence]] = [(ITEM, item) for item in items]
    wanted += [(EVIDENCE, piece) for piece in evidence or []]
    gone = [str(record) for _kind, record in wanted if record.removed]
    if gone:
        raise ValidationError(_("已取消或已移除，不能公开：%(names)s") % {"names": "、".join(gone)})
    forwarded = [_forward(actor, kind, record.pk, note) for kind, record in wanted]
    return [one for one in forwarded if one is not None]


def _forward(actor: User | None, kind: str, record: int, note: str) -> Release | None:
    try:
        with transaction.atomic():
            return request(actor, kind, record, note)
    except ValidationError as error:
        if getattr(error, "code", None) == UNCHANGED:
            return None
        raise
