"""The machine's look at attached lists, alone and with what is public (保守国家秘密法 36; secrecy_privacy.md 4)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from tests.review.conftest import KIND
from tests.review.passing import holder, sign

from gongkai.channels.models import Site
from gongkai.core.screening import Category, Severity
from gongkai.foundation.access import Role
from gongkai.foundation.registries import reviewables
from gongkai.review import together
from gongkai.review.models import Disposal, Release, State
from gongkai.review.register.sheets import sheets_of
from gongkai.review.services import approve, dispose, mask, request

PEOPLE = [
    ("李秀兰", "1962-03-04", "1234"),
    ("王建国", "1958-11-20", "5678"),
    ("张桂芳", "1970-07-15", "2468"),
    ("陈志强", "1949-01-30", "1357"),
    ("刘玉梅", "1985-12-09", "8642"),
]
MASKED = [("姓名", "身份证号", "村"), *((p[0], f"511402********{p[2]}", "柳溪村") for p in PEOPLE)]
BIRTHS = [("姓名", "村", "出生年月"), *((p[0], "柳溪村", p[1]) for p in PEOPLE)]
AGES = [("姓名", "村", "年龄"), *((p[0], "柳溪村", 60 + n) for n, p in enumerate(PEOPLE))]


@pytest.fixture
def lists(reviewable, tmp_path, county, people):
    """`lists(name, rows)`: a site with a list attached, not yet put forward; `lists.give(site, rows)` another list."""

    class Stored:
        def __init__(self, path: Path) -> None:
            self.path, self.name, self.size = str(path), path.name, path.stat().st_size

    def files(site):
        path = tmp_path / f"{site.pk}.xlsx"
        return [("附件", Stored(path))] if path.exists() else []

    def text(site):
        return f"{site.name}{[Path(one.path).read_bytes().hex() for _, one in files(site)]}"

    reviewables.unregister(KIND)
    reviewables.register(replace(reviewable, files=files, digest=text, texts=lambda site: [("名称", site.name)]))

    def give(site, rows, hidden=""):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        if hidden:
            book.active.column_dimensions[hidden].hidden = True
        book.save(tmp_path / f"{site.pk}.xlsx")

    def attach(name, rows, owner=None, **how):
        site = Site.objects.create(name=name, url=f"https://{name}.example/", owner=owner or county.fgj)
        give(site, rows, **how)
        return site

    attach.give = give
    return attach


def put(site, person) -> Release:
    return request(person, KIND, site.pk)


def found(release, rule="") -> list:
    rows = release.findings.filter(category=Category.AGGREGATION)
    return list(rows.filter(rule=f"aggregation-{rule}") if rule else rows)


def keep_all(release, person) -> Release:
    for finding in release.findings.filter(severity=Severity.CONFIRM, disposal=""):
        dispose(person, finding, Disposal.KEEP, "已核对")
    return Release.objects.get(pk=release.pk)


def make_public(site, people, person=None) -> Release:
    release = keep_all(put(site, person or people.clerk), person or people.clerk)
    return sign(people.leader if person is None else holder(release.body, Role.LEADER), release)


def test_a_list_is_judged_alone(lists, people):
    release = put(lists("发放表", AGES), people.clerk)
    (crowd,) = found(release, "k")
    assert (crowd.part, crowd.in_file, crowd.severity) == ("附件", True, Severity.CONFIRM)
    assert "缩小到1人" in crowd.message
    assert release.together == {"lists": 1, "wanted": 5, "smallest": 1, "compared": []}


def test_it_is_disposed_of_like_other_findings(lists, people):
    release = put(lists("发放表", AGES), people.clerk)
    assert release.steps.get(kind="machine").outcome == ""
    keep_all(release, people.clerk)
    assert release.steps.get(kind="machine").outcome == "passed"


def test_a_list_that_gives_away_more_than_may_be_is_stopped(lists, people):
    """4.1: whole names beside aid without a ground."""
    rows = [("姓名", "救助类别"), *((p[0], f"第{n}类") for n, p in enumerate(PEOPLE))]
    release = put(lists("受助名册", rows), people.clerk)
    assert release.state == State.STOPPED and found(release, "named")


def test_the_title_of_the_page_tells_the_ground(lists, people):
    rows = [("姓名", "救助类别"), *((p[0], f"第{n}类") for n, p in enumerate(PEOPLE))]
    release = put(lists("清河县临时救助对象公示", rows), people.clerk)
    (named,) = found(release, "named")
    assert named.severity == Severity.CONFIRM and "社会救助暂行办法" in named.message


def test_it_is_held_against_what_the_body_has_public(lists, people):
    """4.3: complementary masks."""
    make_public(lists("第一批", MASKED), people)
    release = put(lists("第二批", BIRTHS), people.clerk)
    (linked,) = found(release, "linked")
    assert "第一批（附件）" in linked.message and "5人" in linked.message
    assert release.together["compared"] == ["第一批（附件）"]


def test_what_is_hidden_counts(lists, people):
    make_public(lists("第一批", MASKED), people)
    assert found(put(lists("第二批", BIRTHS, hidden="C"), people.clerk), "linked")


def test_not_against_what_waits_or_another_body_or_its_own_earlier_version(lists, people, county):
    put(lists("未签发", MASKED), people.clerk)
    make_public(lists("外单位", MASKED, owner=county.czj), people, person=people.other_clerk)
    site = lists("自己", MASKED)
    make_public(site, people)
    lists.give(site, BIRTHS)
    release = put(site, people.clerk)
    assert not found(release, "linked") and release.together["compared"] == []


def test_not_against_what_was_public_longer_than_a_year_ago(lists, people, settings):
    make_public(lists("第一批", MASKED), people)
    site = lists("第二批", BIRTHS)
    settings.GONGKAI_NOW = "2027-06-15T09:00:00+08:00"
    assert not found(put(site, people.clerk), "linked")
    settings.GONGKAI_NOW = "2027-06-14T09:00:00+08:00"
    site.name = "第三批"
    site.save()
    assert found(put(site, people.clerk), "linked")


def test_not_against_what_changed_since_it_was_signed(lists, people):
    site = lists("第一批", MASKED)
    make_public(site, people)
    lists.give(site, MASKED[:-1])
    assert not found(put(lists("第二批", BIRTHS), people.clerk), "linked")


def test_what_is_left_out_is_said(lists, people, monkeypatch):
    monkeypatch.setattr(together, "FILES", 1)
    make_public(lists("第一批", MASKED), people)
    make_public(lists("第二批", AGES), people)
    release = put(lists("第三批", BIRTHS), people.clerk)
    assert release.together["compared"] == ["第二批（附件）"]
    assert release.not_examined == ["汇聚分析只比对了本单位最近公开的 1 份附件，更早的未比对"]


def test_what_is_too_large_is_said(lists, people, monkeypatch):
    make_public(lists("第一批", MASKED), people)
    monkeypatch.setattr(together, "ONE_FILE", 10)
    assert put(lists("第二批", BIRTHS), people.clerk).not_examined == ["汇聚分析未能比对“第一批（附件）”：文件过大"]
    monkeypatch.setattr(together, "LARGEST", 10)
    release = put(lists("第四批", BIRTHS), people.clerk)
    assert release.not_examined == ["附件：内容过多，未作汇聚分析，请拆分或人工判断"]
    assert next(sheets_of([release])).aggregation == "附件中没有人员名单；机器未能检查的内容除外\n未发现"


def test_as_many_queries_for_many_public_records(lists, people, django_assert_max_num_queries):
    entry, site = reviewables.get(KIND), lists("又一批", BIRTHS)
    asked = []
    for number in range(4):
        make_public(lists(f"第{number}批", AGES), people)
        with django_assert_max_num_queries(20) as queries:
            sources, _missed = together._earlier(entry, site, together.clock.today())
        assert len(sources) == number + 1
        asked.append(len(queries))
    assert asked[1] == asked[3]


def test_what_was_kept_is_known_again_until_the_list_says_more(lists, people):
    site = lists("发放表", AGES)
    keep_all(put(site, people.clerk), people.clerk)
    site.name = "发放表（更正）"
    site.save()
    assert found(put(site, people.clerk), "k")[0].disposal == Disposal.KEEP
    lists.give(site, [*AGES, ("赵长河", "桐荫村", 70)])
    assert found(put(site, people.clerk), "k")[0].disposal == ""


def test_no_machine_masks_it(lists, people):
    entry = reviewables.get(KIND)
    reviewables.unregister(KIND)
    reviewables.register(replace(entry, mask=lambda *told: pytest.fail("nothing to write")))
    release = put(lists("发放表", AGES), people.clerk)
    with pytest.raises(ValidationError, match="没有通行的遮盖写法"):
        mask(people.clerk, release, found(release))


def test_the_sheet_says_how_the_lists_were_judged_and_who_decided(lists, people):
    make_public(lists("第一批", MASKED), people)
    release = keep_all(put(lists("第二批", BIRTHS), people.clerk), people.clerk)
    told = next(sheets_of([release])).aggregation
    assert "人员名单 1 份；最小组 1 人（应不少于 5 人）；与已公开的 1 份附件比对" in told
    assert f"保留；{people.clerk}；已核对" in told


def test_what_went_through_before_says_that_nothing_was_judged(lists, people):
    release = put(lists("第一批", MASKED), people.clerk)
    Release.objects.filter(pk=release.pk).update(together={})
    assert next(sheets_of([release])).aggregation == "系统未作汇聚分析，由审查人员判断"


def test_the_register_holds_it(lists, people):
    release = put(lists("第一批", MASKED), people.clerk)
    keep_all(release, people.clerk)
    assert release.entries.get(what="machine-passed").facts["together"]["lists"] == 1
    approve(holder(release.body, Role.REVIEWER), release)
