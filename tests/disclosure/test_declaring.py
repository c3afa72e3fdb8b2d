"""Declarations and values: what a kind may say, and how people's words become what is stored."""

from __future__ import annotations

from itertools import groupby
from string import Formatter

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core import platform
from gongkai.disclosure.checks import checks
from gongkai.disclosure.declaring import Field, Type, Unreadable, kinds, read, show
from gongkai.disclosure.declaring.loader import DeclarationError, load
from gongkai.disclosure.declaring.values import as_lines, cells
from gongkai.disclosure.limits import limits
from gongkai.foundation.opening import folded

RESERVED = {"标题", "摘要", "种类", "公开依据", "公示截止", "公开属性", "索引号", "发布日期", "网址"}


def test_every_kind_can_be_read_and_says_where_it_comes_from():
    for kind in kinds().values():
        assert kind.basis and all(source.origin in ("V", "R") for source in kind.basis), kind.key
        assert all(use.name in checks for use in kind.checks), kind.key
        assert kind.limits is None or set(kind.limits.tables) <= set(limits()), kind.key
        if kind.limits is not None and kind.limits.by:
            assert set(kind.field(kind.limits.by).options) == set(kind.limits.tables), kind.key
        assert not kind.people or kind.field(kind.people).type is Type.TABLE, kind.key
        assert set(kind.points) <= set(platform.points()), kind.key
        if kind.follows:
            assert set(kind.follows.kinds) <= set(kinds()), kind.key


def test_what_is_recalled_is_never_called_law():
    for kind in kinds().values():
        assert kind.law and all("本系统参数" not in str(source) for source in kind.law), kind.key
        for rule in filter(None, [kind.limit, kind.posting, kind.answered and kind.answered.limit]):
            assert ("本系统参数" in str(rule.source)) is (rule.source.origin == "R"), kind.key
    assert all("本系统参数" in str(table.source) for table in limits().values())


def test_no_heading_of_a_file_means_two_columns():
    for kind in kinds().values():
        titles = [title for one in kind.fields for title in (one.label, *one.also)]
        titles += [kind.formed, *kind.formed_also, "标题", "发布日期", "附件文件名", "承接索引号"]
        assert len({folded(title) for title in titles}) == len(titles), kind.key
        fields = {one.key for one in kind.fields} | {"formed_on"}
        assert {name for _said, name, _spec, _how in Formatter().parse(kind.titled) if name} <= fields, kind.key


def test_labels_of_a_kind_are_told_apart():
    """A finding and a mask name their part by its label."""
    for kind in kinds().values():
        labels = [kind.formed, *(field.label for field in kind.fields)]
        assert len(set(labels)) == len(labels) and not set(labels) & RESERVED, kind.key


def test_kinds_of_a_group_stand_together():
    groups = [group for group, _found in groupby(kinds().values(), lambda kind: kind.group)]
    assert len(set(groups)) == len(groups)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"fields": [{"key": "a", "label": "甲", "type": "choice"}]}, "options"),
        ({"columns": ["b"]}, "columns"),
        ({"colour": "red"}, "colour"),
        ({"key": "other"}, "other"),
    ],
)
def test_a_wrong_declaration_is_refused_with_its_place(tmp_path, change, said):
    good = {
        "key": "sample",
        "name": "样例",
        "group": "样例",
        "basis": [{"text": "某条", "origin": "R"}],
        "formed": "形成日期",
        "fields": [{"key": "a", "label": "甲"}],
        "columns": ["a"],
    }
    path = tmp_path / "sample.yaml"
    path.write_text(yaml.safe_dump(good | change, allow_unicode=True))
    with pytest.raises(DeclarationError, match=said):
        load(path)


TABLE = Field(
    key="t",
    label="表",
    type=Type.TABLE,
    columns=[{"key": "n", "label": "名称"}, {"key": "v", "label": "数值", "type": "decimal", "required": False}],
)


@pytest.mark.parametrize(
    ("field", "raw", "stored"),
    [
        ({"type": "date"}, "2026年3月1日", "2026-03-01"),
        ({"type": "date"}, "2026/3/1", "2026-03-01"),
        ({"type": "moment"}, "2026年3月1日8时30分", "2026-03-01 08:30"),
        ({"type": "moment"}, "2026-03-01T08:30", "2026-03-01 08:30"),
        ({"type": "money"}, "１,２００.50", "1200.50"),
        ({"type": "integer"}, "12.0", "12"),
        ({"type": "flag"}, "否", False),
        ({"type": "choices", "options": ["甲", "乙", "丙"]}, "丙、甲", ["甲", "丙"]),
        ({"type": "text"}, "  ", None),
        ({"type": "date"}, "46086", "2026-03-05"),
        ({"type": "moment"}, "2026年6月10日24时", "2026-06-11 00:00"),
        ({"type": "money", "unit": "元"}, "1.2万元", "12000"),
        ({"type": "money", "unit": "元"}, "￥10,000.50元", "10000.50"),
        ({"type": "money", "unit": "万元"}, "12,000,000元", "1200"),
        ({"type": "money", "unit": "万元"}, "1.2亿元", "12000"),
        ({"type": "money", "unit": "万元"}, "−12.50", "-12.50"),
        ({"type": "money", "unit": "万元"}, "（12.50）", "-12.50"),
        ({"type": "money", "required": False}, "—", None),
        ({"type": "money", "required": False}, "无", None),
        ({"type": "text", "required": False}, "/", None),
        ({"type": "text", "required": False}, "无", "无"),
        ({"type": "integer", "unit": "%", "greatest": 100}, "35%", "35"),
        ({"type": "choice", "options": ["三级（黄色）", "Ⅲ类"]}, "三级(黄色)", "三级（黄色）"),
        ({"type": "choice", "options": ["三级（黄色）", "Ⅲ类"]}, "III 类", "Ⅲ类"),
        (
            {"type": "choices", "options": ["警告、通报批评", "罚款", "其他"]},
            "罚款、警告、通报批评",
            ["警告、通报批评", "罚款"],
        ),
        ({"type": "choices", "options": ["甲", "乙"]}, "乙，甲", ["甲", "乙"]),
        ({"type": "credit_code"}, "91990124qh00004666", "91990124QH00004666"),
    ],
)
def test_reading(field, raw, stored):
    assert read(Field(key="f", label="字段", **field), raw) == stored


@pytest.mark.parametrize(
    ("field", "raw", "said"),
    [
        ({"type": "date"}, "2026-02-30", "不是日期"),
        ({"type": "moment"}, "早上八点", "不是时间"),
        ({"type": "moment"}, "2026-06-10 25:00", "不是时间"),
        ({"type": "decimal"}, "约十", "不是数字"),
        ({"type": "integer"}, "1.5", "不是整数"),
        ({"type": "integer"}, "-3", "小于 0"),
        ({"type": "integer", "greatest": 100}, "101", "大于 100"),
        ({"type": "decimal"}, "12,34", "不是数字"),
        ({"type": "decimal"}, "1e999999999", "太大"),
        ({"type": "money"}, "—", "不是数字"),
        ({"type": "moment"}, "2026-06-10", "没有写明几时几分"),
        ({"type": "credit_code"}, "91990124QH00004667", "校验位不符"),
        (
            {"type": "choices", "options": ["警告、通报批评", "罚款"]},
            "罚款、警告",
            "“警告”不在可选范围：警告、通报批评；罚款",
        ),
        ({"type": "choice", "options": ["甲"]}, "乙", "不在可选范围：甲"),
        ({"type": "flag"}, "也许", "“是”或“否”"),
        ({"type": "url"}, "javascript:alert(1)", "不是网址"),
        ({"type": "text", "most": 3}, "四个字了", "超过 3 个字"),
    ],
)
def test_what_cannot_be_read_is_said(field, raw, said):
    with pytest.raises(Unreadable, match=said):
        read(Field(key="f", label="字段", **field), raw)


def test_a_table_is_pasted_from_a_sheet_with_its_heading():
    assert read(TABLE, "名称\t数值\n甲\t1\n\n乙\t\n") == [{"n": "甲", "v": "1"}, {"n": "乙"}]
    assert show(TABLE, [{"n": "甲", "v": "1"}]) == "名称：甲，数值：1"


@pytest.mark.parametrize(
    ("text", "said"), [("甲\t一", "第 1 行“数值”"), ("甲\t1\n\t2", "第 2 行“名称”：没有填写"), ("甲\t1\t2", "多出了列")]
)
def test_a_table_names_the_row_and_column(text, said):
    with pytest.raises(Unreadable, match=said):
        read(TABLE, text)


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.key)
def test_every_option_survives_being_shown_and_read(kind):
    for field in kind.fields:
        if field.type is Type.CHOICES:
            assert read(field, show(field, list(field.options))) == list(field.options)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9))
def test_money_survives_showing_and_reading_again(number):
    field = Field(key="f", label="金额", type=Type.MONEY)
    stored = read(field, f"{number:f}")
    assert read(field, show(field, stored)) == stored


def test_every_wrong_cell_of_a_table_is_named():
    with pytest.raises(Unreadable) as error:
        read(TABLE, "甲\t一\n\t2\n丙\t3\n丁\t约四")
    assert [(one.row, one.key) for one in error.value.cells] == [(1, "v"), (2, "n"), (4, "v")]
    assert error.value.said[1] == "第 2 行“名称”：没有填写"


@given(
    st.lists(
        st.tuples(st.text(alphabet="甲乙\"\n\t 1,'", max_size=8), st.integers(-(10**15), 10**15).map(str)), max_size=6
    )
)
def test_a_table_survives_being_written_as_lines(rows):
    kept = [(name.strip(), value) for name, value in rows if name.strip()]
    stored = [{"n": name, "v": value} for name, value in kept]
    assert (read(TABLE, as_lines(kept)) or []) == stored
    assert cells(TABLE, stored) == [list(row) for row in kept]


def test_quotation_marks_that_do_not_pair_are_words():
    assert read(TABLE, '"三公\t1') == [{"n": '"三公', "v": "1"}]
