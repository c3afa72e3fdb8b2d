"""The sheet of a release: 公开属性, 公开依据, the answers to Articles 14-16, 载体形式, 公开方式; at the end 归档号."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.foundation.access import Refused, Role, rights_of, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.wording import demand_text
from gongkai.review import register
from gongkai.review.models import Attribute, Carrier, OtherWay, Release, State, StepKind, What
from gongkai.review.questions import checked
from gongkai.review.services.records import locked, named, waiting


@verb("review.describe", gettext_lazy("填写审查表"), Role.CLERK, Role.OFFICE, Role.SECRECY_REVIEWER)
def describe(
    actor: User | None,
    release: Release,
    attribute: Attribute,
    ground: str,
    answers: dict[str, Any],
    carrier: Carrier | None = None,
    other_ways: list[OtherWay] | None = None,
) -> Release:
    """Fill in or correct the sheet: the one who put it forward, or the secrecy reviewer whose step it is or will be.

    What is not given of `carrier` and `other_ways` stays as it is.
    """
    actor = cast(User, actor)
    release = waiting(release)
    secrecy = release.steps.get(kind=StepKind.SECRECY)
    if secrecy.outcome:
        raise ValidationError(_("保密审查已经通过，审查表不能再改"))
    reviews = rights_of(actor).holds({Role.SECRECY_REVIEWER}, secrecy.reviewer_body_id)
    if not reviews and actor.pk != release.requested_by_id:
        raise Refused(_("审查表由报送人或者保密审查人员填写"))
    with change(release, "review.describe", actor=actor):
        release.attribute, release.ground = attribute, ground.strip()
        release.answers = release.answers | checked(answers, attribute)
        release.carrier = release.carrier if carrier is None else carrier
        release.other_ways = release.other_ways if other_ways is None else list(map(str, other_ways))
    register.note(release, What.DESCRIBED, actor, **register.sheet_of(release))
    return release


@verb("review.archive", gettext_lazy("登记归档号"), Role.CLERK, Role.OFFICE, body="release.body_id")
def archive(actor: User | None, release: Release, archive_number: str) -> Release:
    """Note under which number the papers of a passage that is over are filed; it may be corrected."""
    release = locked(release)
    if release.state == State.WAITING:
        raise ValidationError(_("“%(title)s”%(state)s，办结后再归档") % named(release))
    number = demand_text(archive_number, _("归档号"))
    if len(number) > 60:
        raise ValidationError(_("归档号不超过 60 字"))
    with change(release, "review.archive", actor=actor):
        release.archive_number = number
    register.note(release, What.ARCHIVED, actor, archive_number=number)
    return release
