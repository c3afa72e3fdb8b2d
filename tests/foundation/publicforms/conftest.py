"""A clock of people's seconds that the test moves on."""

import pytest

from gongkai.foundation.publicforms import moments


class Watch:
    def __init__(self) -> None:
        self.now = 1_772_000_000.0  # half past something, in February 2026

    def pass_seconds(self, number: float) -> None:
        self.now += number


@pytest.fixture
def watch(monkeypatch) -> Watch:
    made = Watch()
    monkeypatch.setattr(moments.time, "time", lambda: made.now)
    return made
