"""One place that time comes from."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from gongkai.foundation import clock


def test_it_stands_where_it_is_told(settings):
    settings.GONGKAI_NOW = "2023-09-20T09:00:00+08:00"
    assert clock.now().isoformat() == "2023-09-20T09:00:00+08:00"
    assert clock.today() == date(2023, 9, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-09-20T17:00:00Z", date(2023, 9, 21)),
        ("2023-09-20T16:00:00+00:00", date(2023, 9, 21)),
        ("2023-09-20T15:59:59+00:00", date(2023, 9, 20)),
        ("2023-09-20 23:30", date(2023, 9, 20)),
        ("2023-09-20", date(2023, 9, 20)),
    ],
)
def test_the_day_is_that_of_shanghai(settings, text, day):
    settings.GONGKAI_NOW = text
    assert clock.today() == day


def test_it_runs_when_it_is_not_told(settings):
    settings.GONGKAI_NOW = ""
    assert abs(clock.now() - timezone.now()) < timedelta(seconds=5)
    assert clock.now().utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize("text", ["tomorrow", "2023-13-01", "20.9.2023"])
def test_nonsense_is_named(settings, text):
    settings.GONGKAI_NOW = text
    with pytest.raises(ImproperlyConfigured, match="GONGKAI_NOW"):
        clock.now()


def test_nobody_asks_the_machine(pytestconfig):
    """Outside of the clock (and of people's seconds in public forms) no module takes the time by itself."""
    source = pytestconfig.rootpath / "src" / "gongkai"
    asking = ("datetime.now(", "date.today(", "timezone.now(", "utcnow(", "auto_now=True", "auto_now_add=True")
    found = [
        f"{path.relative_to(source)}: {call}"
        for path in source.rglob("*.py")
        if path.relative_to(source).as_posix() != "foundation/moment.py"
        for call in asking
        if call in path.read_text()
    ]
    assert found == []
