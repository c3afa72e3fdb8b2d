"""暂无声明: a body says that there is nothing to publish in a column now."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.channels.models import Column
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change


@verb("channels.state_none", _("声明暂无内容"), Role.CLERK, Role.OFFICE, body="column.owner_id")
def state_none(actor: User | None, column: Column, reason: str) -> Column:
    """As of today there is nothing; the public reads this with the day, and it counts as content of this day.

    `reason` stays on record inside: why there is nothing.
    """
    column.refresh_from_db()
    if column.page_id is None:
        raise ValidationError(gettext("“%s”不是本系统门户的栏目，不在这里声明") % column)
    if not reason.strip():
        raise ValidationError({"reason": gettext("请写明为什么暂无内容")})
    with change(column, "channels.state_none", actor=actor, reason=reason.strip()):
        column.none_on = clock.today()
    return column
