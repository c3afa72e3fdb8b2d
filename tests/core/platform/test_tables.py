"""The platform as 国办公开办函〔2019〕61号, Articles 12, 20 and 21 and the annex of 国办发〔2017〕47号 have it."""

from __future__ import annotations

import pytest

from gongkai.core import platform


def test_five_blocks_in_their_order_under_their_names():
    assert [block.title for block in platform.blocks()] == [
        "政府信息公开指南",
        "政府信息公开制度",
        "法定主动公开内容",
        "政府信息公开年报",
        "依申请公开",
    ]


def test_article_12_names_nine_elements_of_the_guide():
    labels = [element.label for element in platform.elements()]
    assert len(labels) == 9
    assert labels[-3:] == ["联系电话", "传真号码", "互联网联系方式"]


def test_article_20_has_fourteen_points_with_a_column():
    """Point (15), what other rules demand, comes with the kinds that those rules name."""
    points = [point for point in platform.points().values() if point.article.startswith("第二十条")]
    assert len(points) == 14
    assert all(point.levels == ("all",) for point in points)


@pytest.mark.parametrize(
    ("kind", "only", "count"),
    [
        ("department", {"市政建设", "公共服务", "公益事业", "治安管理"}, 21),
        ("township", {"农业农村政策落实", "农田水利工程", "土地承包经营权流转", "宅基地使用审核", "筹资筹劳"}, 22),
    ],
)
def test_article_21_addresses_county_and_town_differently(kind, only, count):
    titles = {point.title for point in platform.points_for(kind)}
    other = {point.title for point in platform.points_for("township" if kind == "department" else "department")}
    assert titles - other == only
    assert len(titles) == count
    assert {"土地征收", "房屋征收", "社会救助"} <= titles


def test_public_utilities_have_rules_of_their_own():
    assert platform.points_for("utility") == ()


def test_the_rules_of_the_inspection():
    rules = platform.rules()
    assert (rules["news"].max_days, rules["notice"].max_days, rules["policy"].max_days) == (14, 180, 180)
    assert all(rule.basis and rule.origin in "VR" for rule in rules.values())


def test_every_row_points_at_something():
    for entry in platform.column_types().values():
        assert entry.rule in platform.rules()
    for point in platform.points().values():
        assert point.column_type in platform.column_types()
        assert point.origin in "VR" and point.owed in ("always", "if-any")
    slugs = [point.slug for point in platform.points().values()]
    assert len(set(slugs)) == len(slugs)
