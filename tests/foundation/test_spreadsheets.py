"""Cells that stay text."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook

from gongkai.foundation.spreadsheets import FORMULA, as_written, harmless, printable


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+86 832", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\x01=1", "\x0b@x", "＝1+1", "＋1", "－1", "＠A1"],
)
def test_nothing_is_computed(text):
    assert harmless(text).startswith("'")


@pytest.mark.parametrize("text", ["", "县财政局", "2023-09-30", "'quoted'", "a=b"])
def test_plain_words_stay(text):
    assert harmless(text) == printable(text) == text


@given(st.text())
def test_any_text_goes_into_any_file(text):
    Workbook().active.append([printable(text)])
    etree.Element("cell").text = printable(text)
    harmless(text).encode("utf-8")
    assert not harmless(text).startswith(FORMULA)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")))
def test_what_is_written_is_read_back(text):
    if text[:1] != "'":
        out = io.StringIO()
        csv.writer(out).writerow([harmless(text), "x"])
        out.seek(0)
        assert as_written(next(csv.reader(out))[0]) == text
