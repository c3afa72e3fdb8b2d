"""The sheet of a release: 公开属性, 公开依据 and the answers to Articles 14-16."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.foundation.access import Refused, Role, rights_of, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.review import register
from gongkai.review.models import Attribute, Release, StepKind, What
from gongkai.review.questions import checked
from gongkai.review.services.records import waiting


@verb("review.describe", gettext_lazy("填写审查表"), Role.CLERK, Role.OFFICE, Role.SECRECY_REVIEWER)
def describe(
    actor: User | None, release: Release, attribute: Attribute, ground: str, answers: dict[str, Any]
) -> Release:
    """Fill in or correct the sheet: the one who put it forward, or the secrecy reviewer whose step it is or will be."""
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
    register.note(release, What.DESCRIBED, actor, **register.sheet_of(release))
    return release
