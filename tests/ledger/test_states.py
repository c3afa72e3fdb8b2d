"""A state is a word, an icon and a colour, always the same three; late goes before everything but done."""

from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foundation import looks
from gongkai.foundation.templatetags.looks import days_left
from gongkai.ledger import states
from gongkai.ledger.models import State

TODAY = date(2023, 9, 20)
DAYS = st.one_of(st.none(), st.dates(date(2023, 1, 1), date(2024, 12, 31)))


@pytest.mark.parametrize("look", states.ALL.values(), ids=lambda look: look.key)
def test_every_look_has_a_word_an_icon_and_a_colour(look):
    html = render_to_string("looks/state.html", {"look": look})
    assert str(look.word) in html and "<svg" in html and f"state--{look.tone}" in html
    assert look.colour in (looks.GREY, looks.BLUE, looks.AMBER, looks.RED, looks.GREEN)


@given(st.sampled_from(State.values), DAYS)
def test_the_look_follows_state_and_day(state, due):
    look = states.look_of(state, due, TODAY)
    if state == State.ACCEPTED:
        assert look is states.ACCEPTED
    elif due is not None and due < TODAY:
        assert look is states.OVERDUE
    else:
        assert look in (states.BY_STATE[state], states.RISK)
        assert (look is states.RISK) <= (due is not None and due - TODAY <= timedelta(days=7))


def test_submitted_work_is_at_no_risk():
    assert states.look_of(State.SUBMITTED, TODAY, TODAY) is states.SUBMITTED


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (None, ""),
        (date(2023, 9, 18), "已逾期 2 天"),
        (date(2023, 9, 20), "今天到期"),
        (date(2023, 9, 21), "还剩 1 个工作日"),
        (date(2023, 10, 7), "还剩 7 个工作日"),  # a make-up Saturday after the holidays
    ],
)
def test_days_left_in_words(settings, due, words):
    settings.GONGKAI_NOW = "2023-09-20T09:00:00+08:00"
    assert days_left(due) == words
