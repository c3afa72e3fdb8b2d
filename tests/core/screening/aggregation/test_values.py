"""Digits behind masks, places and dates (secrecy_privacy.md 3 and 4.3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.screening.aggregation.kinds import rules
from gongkai.core.screening.aggregation.values import (
    UNKNOWN,
    birth_digits,
    coarse,
    excerpt,
    fragment,
    known,
    township,
    united,
    village,
)

ID, PHONE = rules().kinds["id"], rules().kinds["phone"]


@pytest.mark.parametrize(
    ("written", "readable"),
    [
        ("511402********1234", "511402********1234"),
        ("511402****1234", "511402********1234"),
        ("511402XXXXXXXX123X", "511402********123X"),
        ("51140219620304XXXX", "51140219620304****"),
        ("５１１４０２＊＊＊＊＊＊＊＊１２３４", "511402********1234"),
        ("511402620304123", "51140219620304123*"),
        ("51140219620304123X42", "51140219620304123X"),
        ("51*************123", "51*************123"),
        ("******************", ""),
        ("5114021962030412", ""),
    ],
)
def test_an_id_gives_away_the_digits_that_its_mask_leaves(written, readable):
    assert fragment(ID, written) == readable


def test_a_phone_likewise():
    assert fragment(PHONE, "138****1234") == "138****1234"
    assert fragment(PHONE, "138***1234") == "138****1234"


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("1962-03-04", "19620304"),
        ("1962年3月4日", "19620304"),
        ("19620304", "19620304"),
        ("1962.3", "196203**"),
        ("1962年", "1962****"),
    ],
)
def test_a_birth_date_is_eight_digits_of_the_id(written, digits):
    assert birth_digits(written) == f"******{digits}****"


DIGITS = st.text("0123456789", min_size=18, max_size=18)
HIDDEN = st.sets(st.integers(0, 17))


def hide(digits, hidden):
    return "".join(UNKNOWN if at in hidden else each for at, each in enumerate(digits))


@given(DIGITS, HIDDEN, HIDDEN)
def test_two_fragments_of_one_number_give_what_either_shows(digits, first, second):
    assert united(hide(digits, first), hide(digits, second)) == hide(digits, first & second)
    assert known(hide(digits, first)) == 18 - len(first)


@given(DIGITS, DIGITS)
def test_fragments_that_contradict_each_other_are_of_two_numbers(first, second):
    assert (united(first, second) is None) == (first != second)


@pytest.mark.parametrize(
    ("place", "town", "hamlet"),
    [
        ("清和县桐荫镇柳溪村3组", "桐荫镇", "柳溪村"),
        ("四川省眉山市清和县青禾街道柳溪社区2栋", "青禾街道", "柳溪社区"),
        ("柳溪村村民委员会", "", "柳溪村"),
        ("新镇村", "", "新镇村"),
        ("县城", "", ""),
    ],
)
def test_a_place_names_its_township_and_its_village(place, town, hamlet):
    assert (township(place), village(place)) == (town, hamlet)


def test_coarser_forms():
    kinds = rules().kinds
    assert coarse(kinds["birth"], "decade", "1962-03-04") == "1960年代"
    assert coarse(kinds["age"], "band", "67岁") == "60—69岁"
    assert coarse(kinds["amount"], "band", "1,520.50元") == "2000元以下"
    assert coarse(kinds["date"], "month", "2023年6月5日") == "2023-06"


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("name", "李秀兰", "李**"),
        ("id", "511402196203041234", "51****************"),
        ("phone", "13812345678", "13*********"),
        ("bank_card", "6217001234567890", "62**************"),
        ("bank_card", "未开户", "***"),
        ("birth", "1962-03-04", "1962年**"),
        ("birth", "不详", "**"),
        ("address", "清和县桐荫镇柳溪村3组", "桐荫镇**"),
        ("sex", "女", "女"),
    ],
)
def test_what_a_report_shows_of_a_value(key, value, shown):
    """Invariant 9: masked excerpts only."""
    assert excerpt(rules().kinds[key], value) == shown
