"""Numbers that name a person are starred; document numbers, dates and amounts are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foundation.masking import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("申请人电话13800138000，请联系", "申请人电话138******00，请联系"),
        ("身份证11010519491231002X。", "身份证110*************2X。"),
        ("卡号 6222021234567890123", "卡号 622**************23"),
    ],
)
def test_numbers_of_persons(text, shown):
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text", ["〔2026〕12号", "截止 2026-09-30", "电话 0571-87654321", "共 1380013 件", "订单A13800138000"]
)
def test_other_numbers(text):
    assert masked(text) == text


@given(st.text())
def test_the_length_stays_and_masking_twice_changes_nothing(text):
    assert len(masked(text)) == len(text)
    assert masked(masked(text)) == masked(text)
