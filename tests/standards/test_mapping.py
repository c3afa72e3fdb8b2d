"""Suggestions by name, confirmed by a person; addresses outside count when they answer and name the matter."""

import pytest
from django.core.exceptions import ValidationError
from tests.standards.planting import filled, imported, open_column, outside_page, owing, row

from gongkai.foundation.access import Refused
from gongkai.foundation.registries import Place
from gongkai.foundation.snapshots.models import Snapshot
from gongkai.standards.models import Check, Link, LinkState
from gongkai.standards.services import confirm, link_address, look_outside, reconcile, reject, suggest, unlink
from gongkai.standards.similarity import ENOUGH, alike, score


def test_how_alike():
    assert alike("办事指南", "办事指南") == 1
    assert alike("批准结果信息公开", "批准结果") == 1, "what every name has tells nothing"
    assert alike("办事指南", "征收土地") == 0
    assert 0 < alike("征地补偿安置方案", "征地补偿公告") < 1
    assert alike("", "") == 0


@pytest.mark.parametrize(
    ("matter", "label", "near"),
    [
        ("征收土地信息", "征收土地", True),
        ("办事指南", "办事指南", True),
        ("招标投标信息", "招投标", False),
        ("办事指南", "通知公告", False),
    ],
)
def test_what_is_worth_a_look(county, people, matter, label, near):
    one = row(imported(county.fgj, owing(matter), actor=people.clerk), matter)
    assert (score(one, Place("1", label, county.fgj.pk, "")) >= ENOUGH) is near


@pytest.mark.slow
def test_suggested_confirmed_rejected(county, people):
    guide = open_column(filled(county.fgj, "重大建设项目"), "办事指南")
    catalogue = imported(county.fgj, owing("办事指南"), owing("征地补偿"), actor=people.clerk)
    assert suggest(people.clerk, catalogue) == 1
    (link,) = Link.objects.filter(target=str(guide.pk))
    assert (link.row.second, link.state, link.label) == ("办事指南", "suggested", "重大建设项目 / 办事指南")
    reconcile(None)
    assert set(Check.objects.values_list("state", flat=True)) == {"empty"}, "a suggestion counts for nothing"
    with pytest.raises(Refused):
        confirm(people.other_clerk, [link])
    assert reject(people.clerk, [link]) == 1
    assert suggest(people.clerk, catalogue) == 0, "not suggested again"
    link.refresh_from_db()
    assert confirm(people.clerk, [link], True) == 1
    link.refresh_from_db()
    assert (link.state, link.standing, link.confirmed_by) == (LinkState.CONFIRMED, True, people.clerk)
    unlink(people.clerk, link)
    assert Check.objects.get(row=link.row).words == "还没有对应的栏目、文章或网页"


def test_an_address_outside_counts_when_it_answers_and_names_the_matter(county, people, outside):
    pages, base = outside
    catalogue = imported(county.fgj, *(owing(name) for name in ("办事指南", "征地公告", "批准结果", "招标公告", "施工许可")), actor=people.clerk)  # fmt: skip
    pages.update(
        {
            "/a": outside_page("重大项目办事指南"),
            "/b": outside_page("县情介绍"),
            "/d": outside_page("招标公告", "2026-01-05"),
        }
    )
    pages["/e"] = outside_page("施工许可", text="截至2026年6月1日，暂无施工许可信息。")
    for name, path in (
        ("办事指南", "/a"),
        ("征地公告", "/b"),
        ("批准结果", "/c"),
        ("招标公告", "/d"),
        ("施工许可", "/e"),
    ):
        link_address(people.clerk, row(catalogue, name), base + path)
    reconcile(None)
    assert set(Check.objects.values_list("state", flat=True)) == {"unseen"}
    assert look_outside(None) == 5
    reconcile(None)
    assert dict(Check.objects.values_list("row__second", "state")) == {
        "办事指南": "ok",
        "征地公告": "dead",
        "批准结果": "dead",
        "招标公告": "stale",
        "施工许可": "none",
    }
    assert Check.objects.get(row__second="征地公告").words == "网页没有提到“征地公告”"
    assert Snapshot.objects.filter(pk=Link.objects.get(target=f"{base}/a").snapshot_id).exists()


def test_outside_is_not_visited_when_switched_off(county, people, outside, settings):
    pages, base = outside
    settings.GONGKAI_CHECK_LINKS = False
    pages["/a"] = outside_page("办事指南")
    link_address(
        people.clerk, row(imported(county.fgj, owing("办事指南"), actor=people.clerk), "办事指南"), f"{base}/a"
    )
    assert look_outside(None) == 0
    reconcile(None)
    assert Check.objects.get().state == "unseen"


@pytest.mark.parametrize("address", ["", "办事指南", "ftp://example.gov.cn/a", "javascript:alert(1)", "http://"])
def test_what_is_no_address(county, people, address):
    catalogue = imported(county.fgj, owing("办事指南"), actor=people.clerk)
    with pytest.raises(ValidationError, match="网址"):
        link_address(people.clerk, row(catalogue, "办事指南"), address)
