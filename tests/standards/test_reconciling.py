"""“两张皮” (grassroots.md): gaps of each kind are planted, and the reconciliation finds exactly those."""

import json

import pytest
from django.core.management import call_command
from tests.portal.writing import article, column, section, through_the_gate
from tests.review.passing import holder
from tests.standards.planting import NEW, OLD, filled, imported, link, open_column, owing, row

from gongkai.channels.models import Column
from gongkai.channels.services import state_none
from gongkai.foundation.access import Role
from gongkai.foundation.schedules.worker import drain
from gongkai.portal.models import ColumnPage
from gongkai.portal.tree import COLUMNS
from gongkai.rectification.models import Case
from gongkai.rectification.models import State as CaseState
from gongkai.rectification.services import collect
from gongkai.review.models import Release
from gongkai.review.services import withdraw
from gongkai.standards.models import Check, Link, Stray
from gongkai.standards.reporting import report
from gongkai.standards.services import exempt, link_address, reconcile, set_column

MATTERS = (
    "办事指南",
    "没有栏目",
    "空栏目",
    "打不开",
    "未公开",
    "单位不符",
    "久未更新",
    "常设内容",
    "写明暂无",
    "暂无文章",
    "长期公开",
    "面向特定群众",
    "依申请",
    "未涉及",
    "单篇文章",
)


@pytest.fixture
def planted(county, people):
    """One row for each way to be right or wrong, in the section of one department."""
    body, clerk = county.fgj, people.clerk
    cells = {
        "长期公开": {"limit": "长期公开"},
        "面向特定群众": {"all": "", "specific": "√"},
        "依申请": {"proactive": "", "on_request": "√"},
    }
    catalogue = imported(body, *(owing(name, **cells.get(name, {})) for name in MATTERS), actor=clerk)
    home = open_column(section(body), "重大建设项目专栏")
    set_column(clerk, catalogue, COLUMNS, str(home.pk))
    link(clerk, catalogue, "办事指南", filled(home, "办事指南"))
    link(clerk, catalogue, "空栏目", open_column(home, "空栏目"))
    gone = filled(home, "打不开")
    link(clerk, catalogue, "打不开", gone)
    link(clerk, catalogue, "未公开", column(home, "未公开"))
    link(clerk, catalogue, "单位不符", filled(county.czj, "单位不符"))
    link(clerk, catalogue, "久未更新", filled(home, "久未更新", OLD))
    link(clerk, catalogue, "常设内容", filled(home, "常设内容", OLD), standing=True)
    nothing = open_column(home, "写明暂无")
    link(clerk, catalogue, "写明暂无", nothing)
    state_none(clerk, Column.objects.get(page_id=nothing.pk), "本年度没有")
    link(clerk, catalogue, "暂无文章", filled(home, "暂无文章", OLD, "暂无相关信息"))
    link(clerk, catalogue, "长期公开", filled(home, "长期公开", OLD))
    loose = open_column(home, "杂项")
    single = through_the_gate(article(loose, "单篇文章", published_on=NEW))
    link(clerk, catalogue, "单篇文章", single)
    through_the_gate(article(loose, "不属于任何事项", published_on=NEW))
    exempt(clerk, row(catalogue, "未涉及"), "本单位没有这类项目")
    gone.unpublish()
    reconcile(None)
    return catalogue


@pytest.mark.slow
def test_exactly_the_planted_gaps_are_found_and_close_when_mended(planted, people, county, capsys, settings):
    exactly_those(report())
    right_for_its_own_reason()
    numbers_add_up(report())
    printed_as_json(capsys)
    running_again_changes_nothing(settings)
    every_gap_is_a_case_and_closes_by_itself(planted, people, county)


def exactly_those(said):
    assert sorted((one["rule"], one["matter"]) for one in said["findings"]) == sorted(
        [
            ("C1", "没有栏目"),
            ("C1", "空栏目"),
            ("C2", "打不开"),
            ("C2", "未公开"),
            ("body", "单位不符"),
            ("C3", "久未更新"),
            ("C4", "不属于任何事项"),
        ]
    )


def right_for_its_own_reason():
    states = dict(Check.objects.values_list("row__second", "state"))
    assert {states[name] for name in ("办事指南", "常设内容", "长期公开", "单篇文章")} == {"ok"}
    assert (states["写明暂无"], states["暂无文章"]) == ("none", "none")
    assert (states["面向特定群众"], states["依申请"], states["未涉及"]) == ("outside", "outside", "exempt")
    none = Check.objects.get(row__second="写明暂无")
    assert f"{none.newest_on}" == "2026-06-15"


def numbers_add_up(said):
    """Rate = rows ok / rows due; what is apart = rows failing C1 or C2, and content failing C4."""
    assert (said["rows"], said["due"], said["covered"]) == (15, 12, 8)
    assert said["rate"] == round(8 / 12, 4)
    assert said["apart"] == 5
    assert said["gaps"] == {"C1": 2, "C2": 2, "body": 1, "C3": 1, "C4": 1}
    (line,) = said["coverage"]
    assert (line["body"], line["field"]) == ("qinghe.fgj", "major-projects")
    assert (line["due"], line["covered"], line["gaps"]) == (12, 8, 6)


def printed_as_json(capsys):
    capsys.readouterr()
    call_command("standards_reconcile", "--format", "json")
    said = json.loads(capsys.readouterr().out)
    assert len(said["findings"]) == 7
    keys = "rule state body responsible field row first matter limit message address newest_on"
    assert " ".join(said["findings"][0]) == keys


def running_again_changes_nothing(settings):
    before = list(Check.objects.order_by("pk").values("pk", "state", "words", "newest_on"))
    strays = list(Stray.objects.values("pk", "found_at"))
    settings.GONGKAI_NOW = "2026-06-15T21:00:00+08:00"
    reconcile(None)
    assert list(Check.objects.order_by("pk").values("pk", "state", "words", "newest_on")) == before
    assert list(Stray.objects.values("pk", "found_at")) == strays
    assert {f"{moment:%H}" for moment in Check.objects.values_list("looked_at", flat=True)} == {"13"}


def every_gap_is_a_case_and_closes_by_itself(planted, people, county):
    collect(None)
    cases = Case.objects.filter(source="standards")
    assert cases.count() == 7 and set(cases.values_list("body", flat=True)) == {county.fgj.pk}
    link(people.clerk, planted, "没有栏目", filled(county.fgj, "没有栏目"))
    through_the_gate(article(ColumnPage.objects.get(title="空栏目"), "内容", published_on=NEW))
    reconcile(None)
    collect(None)
    closed = set(cases.filter(state=CaseState.CLOSED).values_list("title", flat=True))
    assert len(closed) == 2 and all("没有栏目" in one or "空栏目" in one for one in closed)


@pytest.mark.slow
def test_what_is_withdrawn_is_seen_by_the_worker_at_once(county, people, django_capture_on_commit_callbacks):
    catalogue = imported(county.fgj, owing("办事指南"), actor=people.clerk)
    link(people.clerk, catalogue, "办事指南", filled(county.fgj, "办事指南"))
    assert Check.objects.get().state == "ok"
    release = Release.objects.get(title="办事指南的内容")
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(holder(county.fgj, Role.LEADER), release, "有误", "已撤下")
    drain()
    assert Check.objects.get().state == "empty"


@pytest.mark.slow
def test_content_of_the_body_that_the_row_names(county, people):
    """The county's catalogue names a department: content in that department's section is right."""
    catalogue = imported(county.body, owing("办事指南") | {"body": "清河县财政局"}, actor=people.office)
    link(people.office, catalogue, "办事指南", filled(county.czj, "办事指南"))
    assert (row(catalogue, "办事指南").owner, Check.objects.get().state) == (county.czj, "ok")
    link(people.office, catalogue, "办事指南", filled(county.fgj, "办事指南"))
    reconcile(None)
    assert Check.objects.get().state == "wrong"


def test_an_address_of_the_portal_is_known_as_what_it_is(county, people):
    catalogue = imported(county.fgj, owing("办事指南"), actor=people.clerk)
    place = filled(county.fgj, "办事指南")
    made = link_address(people.clerk, row(catalogue, "办事指南"), f"http://localhost{place.url}")
    assert (made.source, made.target) == (COLUMNS, str(place.pk))


def test_one_reconciliation_of_many_rows_takes_few_queries(county, people, django_assert_max_num_queries):
    catalogue = imported(county.fgj, *(owing(f"事项{n}") for n in range(60)), actor=people.clerk)
    place = filled(county.fgj, "办事指南")
    Link.objects.bulk_create(
        Link(row=one, source=COLUMNS, target=str(place.pk), state="confirmed") for one in catalogue.rows.all()
    )
    with django_assert_max_num_queries(40):
        reconcile(None)
    assert set(Check.objects.values_list("state", flat=True)) == {"ok"}
