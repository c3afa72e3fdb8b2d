"""Enumerators are parsed as they are printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.notices import enumerators
from gongkai.core.notices.enumerators import Style


@given(st.integers(1, 99))
def test_han_numerals_round_trip(number: int) -> None:
    assert enumerators.han_number(enumerators.to_han(number)) == number


@given(st.sampled_from(list(Style)), st.integers(1, 99), st.text("加强公开工作2023年（）", min_size=1))
def test_what_is_rendered_is_parsed(style: Style, number: int, text: str) -> None:
    printed = enumerators.render(style, number) + "做好" + text
    found, rest = enumerators.strip(printed)
    assert found
    assert found.number == number
    assert rest == ("做好" + text).strip()
    assert found.style is style or (style is Style.CIRCLED and number > 20)


@pytest.mark.parametrize(
    ("text", "style", "number", "rest"),
    [
        ("（21）及时公布", Style.ARABIC_BRACKET, 21, "及时公布"),
        ("(二) 规范精简", Style.HAN_BRACKET, 2, "规范精简"),
        ("十一、加强保障", Style.HAN, 11, "加强保障"),
        ("1. 设立登记", Style.ARABIC, 1, "设立登记"),
        ("12．设立登记", Style.ARABIC, 12, "设立登记"),
        ("3、设立登记", Style.ARABIC, 3, "设立登记"),
        ("③设立登记", Style.CIRCLED, 3, "设立登记"),
        ("㈡设立登记", Style.HAN_BRACKET, 2, "设立登记"),
        ("⑵设立登记", Style.ARABIC_BRACKET, 2, "设立登记"),
        ("⒉设立登记", Style.ARABIC, 2, "设立登记"),
        ("第十条 设立登记", Style.ARTICLE, 10, "设立登记"),
    ],
)
def test_the_styles_that_papers_use(text: str, style: Style, number: int, rest: str) -> None:
    found, after = enumerators.strip(text)
    assert found
    assert (found.style, found.number, after) == (style, number, rest)


@pytest.mark.parametrize(
    "text", ["12345政务服务热线", "1.5倍增长", "2023年工作", "统一、规范", "一体化", "", "（一般）", "第三方"]
)
def test_figures_that_number_nothing(text: str) -> None:
    assert enumerators.parse(text) is None
