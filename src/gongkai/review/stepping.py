"""Which steps a release must pass, and until when each."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Q

from gongkai.bodies.models import Body
from gongkai.core.workdays import national
from gongkai.review.models import Step, StepKind, StepRule

END_OF_DAY = time(18, 0)


def rule_for(body: Body, kind: str) -> StepRule:
    """The most particular rule: of the body for the kind, of the body, of its county for the kind, of its county.

    None of them: the usual three reviews, taken by the body itself.
    """
    rules = StepRule.objects.filter(Q(body=body) | Q(body=body.root), kind__in=["", kind]).select_related(
        "secrecy_pool"
    )
    ranked = sorted(rules, key=lambda rule: (rule.body_id == body.pk, rule.kind == kind), reverse=True)
    return ranked[0] if ranked else StepRule(body=body)


def steps_for(body: Body, kind: str, *, urgent: bool) -> list[Step]:
    """The steps a release of the body takes, the machine's first; when it is urgent all others stand open at once."""
    rule = rule_for(body, kind)
    kinds = [StepKind.MACHINE]
    kinds += [StepKind.REVIEWER] if rule.reviewer else []
    kinds += [StepKind.LEGAL] if rule.legal else []
    kinds += [StepKind.SECRECY, StepKind.LEADER]
    return [
        Step(
            kind=kind,
            order=min(place, 1) if urgent else place,
            reviewer_body=(rule.secrecy_pool or body) if kind == StepKind.SECRECY else body,
        )
        for place, kind in enumerate(kinds)
    ]


def due(opened: datetime, *, urgent: bool) -> datetime:
    """Until when a step should be taken: minutes when it is urgent, else the end of a working day."""
    if urgent:
        return opened + timedelta(minutes=settings.GONGKAI_URGENT_MINUTES)
    day = national().add_workdays(opened.date(), settings.GONGKAI_REVIEW_DAYS)
    return datetime.combine(day, END_OF_DAY, opened.tzinfo)
