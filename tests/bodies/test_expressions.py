"""Selectors of notices, resolved against the register."""

from datetime import date

import pytest

from gongkai.bodies.expressions import kinds_of
from gongkai.bodies.models import Body, BodyGroup, Kind
from gongkai.bodies.selectors import resolve

TODAY = date(2026, 6, 15)
T, S, D, V, INST, U = Kind.TOWNSHIP, Kind.SUBDISTRICT, Kind.DEPARTMENT, Kind.VERTICAL, Kind.INSTITUTION, Kind.UTILITY


@pytest.mark.parametrize(
    ("expression", "kinds"),
    [
        ("各乡镇人民政府", {T}),
        ("各乡镇", {T}),
        ("各镇人民政府", {T}),
        ("乡镇政府", {T}),
        ("街道办事处", {S}),
        ("各街道办事处", {S}),
        ("各街道", {S}),
        ("各乡镇（街道）", {T, S}),
        ("各乡镇(街道)", {T, S}),
        ("各镇（街道办事处）", {T, S}),
        ("各乡镇人民政府（街道办事处）", {T, S}),
        ("各镇街", {T, S}),
        ("各乡镇街道", {T, S}),
        ("各乡镇人民政府、街道办事处", {T, S}),
        ("各乡镇人民政府、各街道办事处", {T, S}),
        ("各部门", {D, V}),
        ("县级部门", {D, V}),
        ("等县级部门", {D, V}),
        ("县级有关部门", {D, V}),
        ("县政府各部门", {D, V}),
        ("县直各部门", {D, V}),
        ("区政府有关部门", {D, V}),
        ("市级各有關部門", {D, V}),
        ("县级有关部门（单位）", {D, V, INST}),
        ("各部门（单位）", {D, V, INST}),
        ("各部门和单位", {D, V, INST}),
        ("县直各有关单位", {D, V, INST}),
        ("区直各有关单位", {D, V, INST}),
        ("县直机关", {D, V, INST}),
        ("县级各单位", {D, V, INST}),
        ("各单位", {D, V, INST, T, S}),
        ("各有关单位", {D, V, INST, T, S}),
        ("全县各单位", {D, V, INST, T, S}),
        ("各责任单位", {D, V, INST, T, S}),
        ("各级各部门", {D, V}),
        ("垂直管理单位", {V}),
        ("各垂管部门", {V}),
        ("中省市驻县单位", {V}),
        ("各事业单位", {INST}),
        ("各区属事业单位", {INST}),
        ("公共企事业单位", {U}),
        ("各乡镇（街道）、县直各部门", {T, S, D, V}),
        ("县直各有关单位，各乡镇人民政府（街道办事处）", {D, V, INST, T, S}),
        ("各乡镇各部门", {T, D, V}),
    ],
)
def test_what_an_expression_means(expression, kinds):
    assert kinds_of(expression) == kinds


@pytest.mark.parametrize(
    "expression", ["各科室", "县财政局", "各片区管理局", "各乡镇人民政府、各行业协会", "", "各", "、"]
)
def test_what_is_not_understood_means_nobody(expression):
    assert kinds_of(expression) == frozenset()


def test_resolving_gives_the_bodies_of_this_county_in_order(qinghe, dongshan):
    assert resolve("各部门", qinghe.county, TODAY) == [qinghe.czj, qinghe.jyj, qinghe.swj]
    assert resolve("各部门", dongshan.county, TODAY) == [dongshan.czj]
    assert resolve("各乡镇人民政府、街道办事处", qinghe.county, TODAY) == [qinghe.liulin, qinghe.heyan]


def test_the_county_itself_and_the_utilities_are_no_unit(qinghe):
    found = resolve("各单位", qinghe.county, TODAY)
    assert qinghe.county not in found
    assert qinghe.water not in found
    assert len(found) == 6


def test_a_group_wins_over_the_grammar(qinghe):
    group = BodyGroup.objects.create(county=qinghe.county, name="县级部门")
    qinghe.czj.groups.add(group)
    assert resolve("县级部门", qinghe.county, TODAY) == [qinghe.czj]
    assert resolve("县级有关部门", qinghe.county, TODAY) == [qinghe.czj]


def test_a_group_of_the_register_is_a_selector(qinghe):
    group = BodyGroup.objects.create(county=qinghe.county, name="县级执法部门")
    group.bodies.add(qinghe.swj, qinghe.czj)
    assert resolve("各县级执法部门", qinghe.county, TODAY) == [qinghe.czj, qinghe.swj]


def test_groups_and_kinds_may_be_listed_together(qinghe):
    group = BodyGroup.objects.create(county=qinghe.county, name="县级执法部门")
    group.bodies.add(qinghe.swj, qinghe.czj)
    assert resolve("县级执法部门，各乡镇", qinghe.county, TODAY) == [qinghe.czj, qinghe.swj, qinghe.liulin]
    assert resolve("县级执法部门、行业协会", qinghe.county, TODAY) == []


def test_another_county_s_group_is_not_ours(qinghe, dongshan):
    group = BodyGroup.objects.create(county=dongshan.county, name="执法单位")
    group.bodies.add(dongshan.czj)
    assert resolve("执法单位", qinghe.county, TODAY) == []


def test_only_bodies_of_the_day(qinghe):
    Body.objects.filter(pk=qinghe.jyj.pk).update(active_to=date(2025, 12, 31))
    Body.objects.filter(pk=qinghe.swj.pk).update(active_from=date(2026, 7, 1))
    assert resolve("各部门", qinghe.county, TODAY) == [qinghe.czj]
    assert resolve("各部门", qinghe.county, date(2025, 12, 31)) == [qinghe.czj, qinghe.jyj]


def test_the_selectors_of_the_real_notice_all_resolve(qinghe, shared):
    text = (shared / "seed" / "notice.txt").read_text(encoding="utf-8")
    for expression in ("各乡镇人民政府、街道办事处", "县级部门", "各单位"):
        assert expression in text
        assert resolve(expression, qinghe.county, TODAY)
