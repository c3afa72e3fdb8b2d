"""审查环节设置: which bodies take more than the legal minimum, and whose secrecy reviewers they share."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.bodies.models import Body
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.registries import reviewables
from gongkai.review.models import StepRule


@verb("review.set_steps", gettext_lazy("设置审查环节"), Role.OFFICE, body="body.pk")
def set_steps(
    actor: User | None,
    body: Body,
    kind: str = "",
    reviewer: bool = True,
    legal: bool = False,
    secrecy_pool: Body | None = None,
) -> StepRule:
    """Set what a body (a county: all its bodies without a rule) adds to the minimum, for releases to come."""
    actor = cast(User, actor)
    if kind and kind not in reviewables:
        raise ValidationError(_("没有“%s”这类内容") % kind)
    if secrecy_pool is not None and secrecy_pool.root != body.root:
        raise ValidationError(_("代为保密审查的单位必须属于同一个县"))
    rule = StepRule.objects.select_for_update().filter(body=body, kind=kind).first() or StepRule(body=body, kind=kind)
    with change(rule, "review.set_steps", actor=actor):
        rule.reviewer, rule.legal, rule.secrecy_pool = reviewer, legal, secrecy_pool
    return rule
