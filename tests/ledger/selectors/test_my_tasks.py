"""My tasks: whose, in which order, and what is missing in words."""

from __future__ import annotations

from datetime import date

import pytest
from tests.ledger.builders import Size, assign, evidence_for, fill, make_item, make_plan, person

from gongkai.foundation.access import Role, rights_of
from gongkai.ledger import services
from gongkai.ledger.models import Assignment, LinkState, PlanState, State
from gongkai.ledger.selectors import Filters, Look, missing, my_tasks, task_rows

TODAY = date(2023, 5, 15)


def keys(user, filters=None):
    return [row.obligation.key for row in my_tasks(rights_of(user), filters)]


def test_of_ones_own_bodies_in_open_plans(plan, county):
    for number in (1, 2):
        assign(make_item(plan, str(number)), county.czj)
    assign(make_item(plan, "3"), county.jyj)
    assign(make_item(plan, "4"), county.czj, withdrawn=True)
    archived = make_plan(county.root, 2022, state=PlanState.ARCHIVED)
    assign(make_item(archived, "5"), county.czj)
    assert keys(county.clerk) == ["1", "2"]
    both = person("both", (county.czj, Role.CLERK), (county.jyj, Role.REVIEWER))
    assert keys(both) == ["1", "2", "3"]
    assert keys(county.office) == keys(county.people["qs", Role.SYSADMIN]) == []


def test_most_urgent_first_then_the_offices_turn_then_what_is_closed(plan, county):
    for number, (due, state) in enumerate(
        [
            (None, State.IN_PROGRESS),
            (date(2023, 5, 1), State.ACCEPTED),
            (date(2023, 12, 31), State.IN_PROGRESS),
            (date(2023, 5, 10), State.SUBMITTED),
            (date(2023, 5, 12), State.RETURNED),
            (date(2023, 6, 1), State.TO_ACCEPT),
        ],
        start=1,
    ):
        assign(make_item(plan, str(number), due=due), county.czj, state)
    assert keys(county.clerk) == ["5", "6", "3", "1", "4", "2"]


def test_filters_narrow_it(plan, county):
    assign(make_item(plan, "1", due=date(2023, 5, 1)), county.czj)
    assign(make_item(plan, "2"), county.czj)
    assert keys(county.clerk, Filters(overdue=True)) == ["1"]


def test_rows_say_how_it_stands(task, county):
    services.accept(county.clerk, task)
    services.submit(county.clerk, task, note="已办")
    services.send_back(county.office, task, reason="请补充链接")
    services.submit(county.clerk, task, note="已办")
    services.send_back(county.office, task, reason="链接打不开")
    [row] = task_rows(list(my_tasks(rights_of(county.clerk))), TODAY)
    assert (row.look, row.days, row.returned_because) == (Look.RETURNED, 230, "链接打不开")
    assert row.missing[0] == "按退回意见修改后重新提交"


@pytest.mark.parametrize("number", [1, 40])
def test_the_number_of_queries_does_not_grow(plan, county, number, django_assert_num_queries):
    for index in range(1, number + 1):
        made = assign(make_item(plan, str(index)), county.czj, State.RETURNED, handler=county.clerk)
        evidence_for(made, county.clerk)
    mine = my_tasks(rights_of(county.clerk))
    task_rows(list(mine), TODAY)
    with django_assert_num_queries(4):
        task_rows(list(mine.all()), TODAY)


class TestMissing:
    """Plan opened in January 2023; item 1 is all-year."""

    def said(self, task, day=TODAY):
        return missing(Assignment.objects.get(pk=task.pk), day)

    def test_at_first(self, task):
        assert self.said(task) == ["尚未签收", "尚无佐证材料", "2023年第1季度进展漏报"]

    def test_reports_due_and_missed(self, task):
        assert "2023年第1季度进展应填报" in self.said(task, date(2023, 4, 10))
        assert "2023年第1季度、2023年第2季度进展漏报" in self.said(task, date(2023, 7, 20))

    def test_nothing_but_handing_in(self, task, county):
        services.accept(county.clerk, task)
        services.add_note(county.clerk, task, "已召开会议")
        services.check_in(county.clerk, task, period="2023Q1", progress="公开 12 条")
        assert self.said(task) == ["佐证材料已有，尚未提交审核"]

    def test_doubts_in_words_without_mere_remarks(self, task, county):
        services.accept(county.clerk, task)
        findings = [
            {"code": "dead", "severity": "warning", "message": "链接打不开：网站应答 404"},
            {"code": "duplicate", "severity": "info", "message": "同一链接也用于：县教育局（2）"},
        ]
        evidence_for(task, county.clerk, title="公示", link_state=LinkState.FLAGGED, findings=findings)
        assert self.said(task)[0] == "“公示”有疑点：链接打不开：网站应答 404"

    def test_the_offices_turn(self, task, county):
        services.accept(county.clerk, task)
        services.submit(county.clerk, task, note="已办")
        services.check_in(county.clerk, task, period="2023Q1", progress="公开 12 条")
        assert self.said(task) == []

    @pytest.mark.parametrize("change", [{"state": State.ACCEPTED}, {"withdrawn": True}])
    def test_done_with(self, task, change):
        Assignment.objects.update(**change)
        assert self.said(task, date(2023, 12, 31)) == []


def test_indicators_count_what_they_list(db, at):
    from gongkai.foundation.registries import indicators

    at("2023-09-20")
    filled = fill(Size(plans=2, bodies=4, items=10))
    on, body = date(2023, 9, 20), filled.bodies[0]
    rate = indicators.get("ledger.completion").measure(body.pk, on)
    mine = Assignment.objects.filter(plan=filled.plans[0], body=body)  # the older plan is archived
    assert (rate.numerator, rate.denominator) == (mine.filter(state=State.ACCEPTED).count(), 10)
    assert rate.value == pytest.approx(rate.numerator * 10)
    assert len(rate.records) == 10 - rate.numerator
    late = indicators.get("ledger.overdue").measure(None, on)
    assert late.value == late.numerator == Assignment.objects.filter(plan=filled.plans[0]).overdue(on).count()
    assert len(late.records) == late.numerator


def test_an_indicator_without_assignments_has_no_value(county):
    from gongkai.foundation.registries import indicators

    assert indicators.get("ledger.completion").measure(county.czj.pk, TODAY).value is None
    assert indicators.get("ledger.overdue").measure(county.czj.pk, TODAY).value == 0
