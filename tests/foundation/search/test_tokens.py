"""Pairs of characters: what is cut how, and which stretches find which texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foundation.search.tokens import Term, normal, term, terms, tokens


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("重点项目", ["重点", "点项", "项目", "目"]),
        ("水", ["水"]),
        ("2026年", ["2026", "年"]),
        ("GB/T 37668-2019", ["gb", "t", "37668", "2019"]),
        ("ＧＢ３", ["gb3"]),
        ("川政办〔2026〕3号", ["川政", "政办", "办", "2026", "3", "号"]),
        ("，。", []),
    ],
)
def test_cut(text, cut):
    assert tokens(text) == cut


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("项目", Term(("项目",), False)),
        ("重点项目", Term(("重点", "点项", "项目"), False)),
        ("水", Term(("水",), True)),
        ("第3期", Term(("第", "3", "期"), True)),
        ("项目2026", Term(("项目", "目", "2026"), False)),
        ("…", None),
    ],
)
def test_asked(text, asked):
    assert term(text) == asked


def test_stretches_of_a_question():
    assert terms('重点 项目 “公开 指南” "a b" ，') == ["重点", "项目", "公开 指南", "a b"]


HAN = st.text("一二三四五六七八九十甲乙2ab，", min_size=1, max_size=12)


@given(before=HAN, asked=HAN, after=HAN)
def test_a_stretch_is_found_in_every_text_that_holds_it(before, asked, after):
    """Unless a word of letters or digits is cut in two: those are found whole."""
    found = term(asked)
    text = f"{before}，{asked}，{after}"
    assert found is None or holds(tokens(text), found)


@given(text=HAN, asked=st.text("一二三四五", min_size=2, max_size=4))
def test_and_in_no_other(text, asked):
    assert holds(tokens(text), term(asked)) is (asked in normal(text))


def holds(cut: list[str], asked: Term) -> bool:
    size = len(asked.tokens)
    for at in range(len(cut) - size + 1):
        *firm, last = cut[at : at + size]
        ends = last.startswith(asked.tokens[-1]) if asked.prefix else last == asked.tokens[-1]
        if firm == list(asked.tokens[:-1]) and ends:
            return True
    return False
