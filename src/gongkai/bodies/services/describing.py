"""机构信息: what a body must say of itself (条例第二十条第二项), entered by itself or by the office."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change

LONGEST = 200  # characters of a post or a field of work


@verb("bodies.describe", _("维护机构信息"), Role.CLERK, Role.OFFICE, body="body.pk")
def describe(
    actor: User | None,
    body: Body,
    duties: str,
    contact_address: str,
    office_hours: str,
    contact_phone: str,
    leaders: Sequence[Sequence[str]],
) -> Body:
    """duties: 机关职能. leaders: (name, post, field of work) each, the head first; a field of work may be empty."""
    body.refresh_from_db()
    rows = [_leader(number, row) for number, row in enumerate(leaders, 1)]
    with change(body, "bodies.describe", actor=actor):
        body.duties, body.leaders = duties.strip(), rows
        body.contact_address, body.office_hours = contact_address.strip(), office_hours.strip()
        body.contact_phone = contact_phone.strip()
        body.full_clean()
    return body


def _leader(number: int, row: Sequence[str]) -> list[str]:
    name, post, work = ([part.strip() for part in row] + ["", "", ""])[:3]
    if not name or not post or len(row) > 3:
        told = gettext("第 %d 行：请写成“姓名｜职务｜分管工作”，姓名和职务必填")
        raise ValidationError({"leaders": told % number})
    if max(len(name), len(post), len(work)) > LONGEST:
        raise ValidationError({"leaders": gettext("第 %(row)d 行超过 %(most)d 字") % {"row": number, "most": LONGEST}})
    return [name, post, work]
