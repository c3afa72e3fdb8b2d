"""Standing at a moment, and jobs of one's own."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.utils import timezone

from gongkai.foundation.accounts.models import User
from gongkai.foundation.schedules import periodic_jobs


@pytest.fixture
def at(settings) -> Callable[[str], datetime]:
    """`at("2026-03-02 07:00")`: from here on it is that moment in Shanghai."""

    def stand(text: str) -> datetime:
        settings.GONGKAI_NOW = text
        return timezone.make_aware(datetime.fromisoformat(text))

    return stand


@pytest.fixture
def no_jobs() -> Iterator[None]:
    """The product's jobs are out of the way; those declared in the test go away after it."""
    kept = list(periodic_jobs)
    _clear()
    yield
    _clear()
    for job in kept:
        periodic_jobs.register(job)


def _clear() -> None:
    for job in list(periodic_jobs):
        periodic_jobs.unregister(job.key)


@pytest.fixture
def person(db) -> Callable[..., User]:
    """`person("li", name="李明")`: somebody who can sign in with the password `gongkai-demo`."""

    def make(username: str, **fields) -> User:
        return User.objects.create_user(username, password="gongkai-demo", **fields)

    return make
