"""Taking a release through all its steps, each by somebody else, where a test is about what comes afterwards."""

from __future__ import annotations

from datetime import date

from tests.remembering import remembered

from gongkai.bodies.models import RoleHolding
from gongkai.bodies.sections import keep_in_step
from gongkai.foundation.access import Role
from gongkai.foundation.accounts.models import User
from gongkai.review.models import Attribute, Release, State, StepKind
from gongkai.review.questions import questions
from gongkai.review.services import approve, describe

GROUND = "《政府信息公开条例》第二十条"


@remembered
def holder(body, role: Role) -> User:
    """Somebody who holds the role in the body, made when there is none yet."""
    name = f"passing.{role}.{body.code}"
    user, made = User.objects.get_or_create(username=name, defaults={"name": name})
    if made:
        RoleHolding.objects.create(user=user, body=body, role=role, since=date(2020, 1, 1))
        keep_in_step(user)
    return user


def no_to_all() -> dict[str, str]:
    return {question.key: "no" for question in questions()}


def pass_until(release: Release, kind: StepKind) -> Release:
    """Take every step before that of `kind`."""
    while True:
        step = release.steps.filter(outcome="", opened_at__isnull=False).exclude(kind=StepKind.MACHINE).first()
        if step is None or step.kind == kind:
            return Release.objects.get(pk=release.pk)
        person = holder(step.reviewer_body, StepKind(step.kind).role)
        if step.kind == StepKind.SECRECY:
            describe(person, release, Attribute(release.attribute), release.ground or GROUND, no_to_all())
        approve(person, release)


def sign(leader: User, release: Release, note: str = "") -> Release:
    """Pass all steps; the last of them is the leader's."""
    release = approve(leader, pass_until(release, StepKind.LEADER), note)
    assert release.state == State.APPROVED
    return release
