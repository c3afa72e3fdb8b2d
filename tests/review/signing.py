"""Entries of the register as they stand after all reviews, written at once."""

from __future__ import annotations

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from tests.review.conftest import KIND

from gongkai.bodies.models import Body
from gongkai.foundation.accounts.models import User
from gongkai.review import gate
from gongkai.review.models import Release, State


def signed(subject: Model, body: Body, clerk: User, leader: User, on: str = "2026-03-02T10:00:00+08:00", **facts):
    """A release of `subject` that `leader` signed at `on`; open, unless `facts` say otherwise."""
    moment = datetime.fromisoformat(on)
    return Release.objects.create(
        kind=KIND,
        content_type=ContentType.objects.get_for_model(subject),
        object_id=subject.pk,
        body=body,
        title=str(facts.pop("title", subject)),
        digest=facts.pop("digest", None) or gate.digest_of(KIND, subject),
        state=facts.pop("state", State.APPROVED),
        requested_by=clerk,
        requested_at=moment,
        decided_by=leader,
        decided_at=moment,
        **facts,
    )
