"""复看: what was published on the expedited path is looked at again afterwards, never by who put it forward."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.foundation import clock
from gongkai.foundation.access import Refused, Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.wording import demand_text
from gongkai.review import register
from gongkai.review.models import Release, What
from gongkai.review.services.closing import hold
from gongkai.review.services.records import locked, named
from gongkai.review.services.standing import on_what_stands


@verb(
    "review.look_again",
    gettext_lazy("复看加急内容"),
    Role.REVIEWER,
    Role.SECRECY_REVIEWER,
    Role.LEADER,
    Role.OFFICE,
    body="release.body_id",
)
@on_what_stands
def look_again(actor: User | None, release: Release, sound: bool, note: str) -> Release:
    """Sound: it stays; not sound: it goes out of public view until decided. `note` says what was seen."""
    actor = cast(User, actor)
    release = locked(release)
    if release.look_again_by is None or release.looked_again_at is not None:
        raise ValidationError(_("“%(title)s”不需要复看") % named(release))
    if actor.pk == release.requested_by_id:
        raise Refused(_("报送人不能复看自己报送的内容"))
    with change(release, "review.look_again", actor=actor, reason=demand_text(note, _("复看意见"))):
        release.looked_again_by, release.looked_again_at, release.looked_again_note = actor, clock.now(), note
    register.note(release, What.LOOKED_AGAIN, actor, sound=sound, note=note)
    return release if sound else hold(None, release, note)
