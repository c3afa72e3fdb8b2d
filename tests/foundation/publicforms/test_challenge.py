"""A question that people can answer, once, in their own time."""

import re

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foundation.publicforms.challenge import (
    DIGITS,
    LIFE,
    SALT,
    ChallengeFailed,
    ask,
    check,
    number_in,
    question_of,
    spend,
)

pytestmark = pytest.mark.django_db


def solve(question: str) -> int:
    one, sign, other = re.fullmatch(r"(.)(加|减)(.)等于多少？", question).groups()
    return DIGITS.index(one) + DIGITS.index(other) * (1 if sign == "加" else -1)


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones or not tens else "")


def test_the_right_answer_in_digits_or_words(watch):
    for write in (str, chinese, lambda number: f" {number} "):
        challenge = ask("feedback")
        watch.pass_seconds(10)
        assert check("feedback", challenge.token, write(solve(challenge.question)), least=3)


def test_questions_are_small_sums_that_never_go_below_nothing():
    answers = {solve(ask("feedback").question) for _ in range(300)}
    assert answers <= set(range(19))
    assert len(answers) > 8


@pytest.mark.parametrize("answer", ["", "不知道", "-1", "99", "1.5", "１２３４"])
def test_the_wrong_answer(watch, answer):
    challenge = ask("feedback")
    watch.pass_seconds(10)
    with pytest.raises(ChallengeFailed, match="答案不对"):
        check("feedback", challenge.token, answer, least=3)


def test_the_token_does_not_hold_the_answer():
    challenge = ask("feedback")
    content = signing.loads(challenge.token, salt=SALT)
    assert solve(challenge.question) not in content.values()
    assert len(str(content["answer"])) == 64


def test_too_quick_for_a_person(watch):
    challenge = ask("feedback")
    watch.pass_seconds(2.9)
    with pytest.raises(ChallengeFailed, match="太快"):
        check("feedback", challenge.token, str(solve(challenge.question)), least=3)


def test_too_late(watch):
    challenge = ask("feedback")
    watch.pass_seconds(LIFE + 1)
    with pytest.raises(ChallengeFailed, match="过期"):
        check("feedback", challenge.token, str(solve(challenge.question)), least=3)
    assert question_of("feedback", challenge.token) is None


def test_once(watch):
    challenge = ask("feedback")
    watch.pass_seconds(5)
    nonce = check("feedback", challenge.token, str(solve(challenge.question)), least=3)
    spend(nonce)
    with pytest.raises(ChallengeFailed, match="已使用过"):
        check("feedback", challenge.token, str(solve(challenge.question)), least=3)
    with pytest.raises(ChallengeFailed, match="已使用过"):
        spend(nonce)


def test_a_token_serves_one_form_only(watch):
    challenge = ask("feedback")
    watch.pass_seconds(5)
    with pytest.raises(ChallengeFailed, match="无效"):
        check("application", challenge.token, str(solve(challenge.question)), least=3)


@given(st.text(max_size=200))
def test_no_made_up_token_passes(token):
    with pytest.raises(ChallengeFailed):
        check("feedback", token, "3", least=0)


def test_it_can_be_shown_again():
    challenge = ask("feedback")
    assert question_of("feedback", challenge.token) == challenge
    assert question_of("application", challenge.token) is None


@given(st.integers(0, 99))
def test_numbers_in_every_writing(number):
    wide = str(number).translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    for written in (str(number), wide, chinese(number), f"0{number}"):
        assert number_in(written) == number


@pytest.mark.parametrize(
    ("written", "number"), [("一十二", 12), ("两", 2), ("〇", 0), ("十", 10), ("二十", 20), ("十八", 18)]
)
def test_chinese_numbers(written, number):
    assert number_in(written) == number


@given(st.text(max_size=12))
def test_anything_else_is_no_number(text):
    found = number_in(text)
    assert found is None or 0 <= found <= 999


@pytest.mark.parametrize("text", ["", "十十", "二三", "零十", "一二三", "十二三", "12a", "1 2 3 4"])
def test_what_is_no_number(text):
    assert number_in(text) is None
