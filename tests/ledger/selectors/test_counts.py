"""Board, lists and home figures: held against plain counting, within their budgets of queries."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from django.http import QueryDict
from tests.ledger.builders import Size, assign, fill, make_item

from gongkai.ledger import services
from gongkai.ledger.models import Assignment, Obligation, State
from gongkai.ledger.selectors import (
    Filters,
    Look,
    Totals,
    board,
    by_body,
    by_item,
    home_figures,
    look_of,
    timeline,
    trend,
)
from gongkai.ledger.selectors.weeks import ACTS
from gongkai.ledger.views.links import looking

TODAY = date(2023, 9, 20)
QUESTIONS = [Filters(), Filters(state=("accepted",)), Filters(overdue=True), Filters(q="第1"), Filters(evidence=True)]


@pytest.fixture
def filled(db, at):
    """Thirty-five bodies, twelve items; some assignments are withdrawn, one body lacks an item."""
    at(str(TODAY))
    filled = fill(Size(bodies=35, items=12), events=True)
    ids = list(Assignment.objects.order_by("pk").values_list("pk", flat=True))
    draw = random.Random(3)
    Assignment.objects.filter(pk__in=draw.sample(ids, 20)).update(withdrawn=True)
    return filled


def plainly(plan, filters=None):
    """(body, item, look) of every assignment that counts, asked one by one."""
    chosen = (filters or Filters()).apply(Assignment.objects.filter(plan=plan, withdrawn=False), TODAY)
    return [(row.body_id, row.item_id, look_of(row.state, row.due, TODAY)) for row in chosen]


@pytest.mark.parametrize("filters", QUESTIONS)
def test_the_board_counts_what_is_there(filled, filters):
    plan = filled.plans[0]
    rows = plainly(plan, filters)
    pages = [board(plan, page, filters, today=TODAY) for page in (1, 2)]
    shown = {row.body.pk: row for page in pages[: pages[0].pages] for row in page.rows}
    assert set(shown) == {body for body, _, _ in rows}
    for page in pages:
        assert page.totals.counts == Counter(look for _, _, look in rows)
        for item, totals in zip(page.items, page.item_totals, strict=True):
            assert totals.counts == Counter(look for _, of, look in rows if of == item.pk)
    cells = {
        (row.body.pk, item.pk): cell
        for page in pages
        for row in page.rows
        for item, cell in zip(page.items, row.cells, strict=True)
    }
    assert {key: cell.look for key, cell in cells.items() if cell} == {(body, item): look for body, item, look in rows}
    for body, row in shown.items():
        assert row.totals.counts == Counter(look for of, _, look in rows if of == body)


def test_thirty_bodies_a_page_in_the_registers_order(filled):
    plan = filled.plans[0]
    first, second = board(plan, 1, today=TODAY), board(plan, 2, today=TODAY)
    assert [row.body for row in [*first.rows, *second.rows]] == filled.bodies
    assert (len(first.rows), first.pages, first.bodies) == (30, 2, 35)


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (-3, 1), (3, 2), (999, 2)])
def test_a_page_that_is_not_there_is_the_nearest(filled, asked, given):
    assert board(filled.plans[0], asked, today=TODAY).page == given


def test_a_cell_of_several_duties_shows_the_most_urgent(item, county):
    services.split_item(county.office, item, ["甲项", "乙项", "丙项"])
    looks = (State.SUBMITTED, State.RETURNED, State.ACCEPTED)
    for obligation, state in zip(item.obligations.all(), looks, strict=True):
        Assignment.objects.create(
            plan=item.plan, item=item, obligation=obligation, body=county.czj, state=state, due=item.due,
            changed_at=item.plan.opened_at,
        )  # fmt: skip
    cell = board(item.plan).rows[0].cells[0]
    urgent = Assignment.objects.get(state=State.RETURNED)
    assert (cell.look, cell.number, cell.assignment_id) == (Look.RETURNED, 3, urgent.pk)


def test_an_empty_plan(plan):
    empty = board(plan)
    assert (empty.rows, empty.items, empty.pages, empty.totals.share) == ((), (), 1, None)
    assert home_figures(plan).by_body == []
    assert timeline(plan) == []


def test_only_the_bodies_asked_for(filled):
    plan, mine = filled.plans[0], frozenset({filled.bodies[3].pk})
    assert [row.body for row in board(plan, within=mine, today=TODAY).rows] == [filled.bodies[3]]
    assert [body for body, _ in by_body(plan, within=mine, today=TODAY)] == [filled.bodies[3]]
    assert sum(totals.total for _, totals in by_item(plan, within=mine, today=TODAY)) <= 12


def test_two_counties_do_not_mix(filled):
    other = fill(Size(bodies=3, items=4), code="other")
    assert board(filled.plans[0], today=TODAY).bodies == 35
    assert board(other.plans[0], today=TODAY).totals.total == 12


@pytest.mark.parametrize(
    ("ask", "queries"),
    [
        (lambda plan: board(plan, 2, today=TODAY), 6),
        (lambda plan: board(plan, 1, Filters(q="第1", overdue=True), today=TODAY), 6),
        (lambda plan: by_item(plan, today=TODAY), 2),
        (lambda plan: by_body(plan, today=TODAY), 2),
        (lambda plan: timeline(plan, today=TODAY), 2),
        (lambda plan: home_figures(plan, today=TODAY), 8),
    ],
)
def test_budgets(filled, ask, queries, django_assert_max_num_queries):
    plan = filled.plans[0]
    ask(plan)  # content types are then known
    with django_assert_max_num_queries(queries):
        ask(plan)


def test_lists_agree_with_the_board(filled):
    plan = filled.plans[0]
    rows = plainly(plan)
    for item, totals in by_item(plan, today=TODAY):
        assert totals.counts == Counter(look for _, of, look in rows if of == item.pk)
    for body, totals in by_body(plan, today=TODAY):
        assert totals.counts == Counter(look for of, _, look in rows if of == body.pk)


def test_the_timeline_is_in_order_and_complete(filled, plan, county):
    plan = filled.plans[0]
    undated = make_item(plan, "99", "持续推进", recurrence="continuous", due=None)
    assign(undated, filled.bodies[0])
    days = timeline(plan, today=TODAY)
    dated = [day.due for day in days[:-1]]
    assert dated == sorted(dated)
    assert (days[-1].due, days[-1].days(TODAY)) == (None, None)
    assert [item for item, _ in days[-1].items] == [undated]
    assert sum(day.totals.total for day in days) == len(plainly(plan))
    assert days[0].days(TODAY) == (days[0].due - TODAY).days < 0


class TestHome:
    def test_figures(self, filled):
        plan = filled.plans[0]
        figures, rows = home_figures(plan, today=TODAY), plainly(plan)
        looks = Counter(look for _, _, look in rows)
        assert figures.totals.counts == looks
        assert figures.totals.share == pytest.approx(looks[Look.ACCEPTED] / len(rows))
        assert sum(totals.total for _, totals in figures.by_group) == len(rows)
        assert [totals.share for _, totals in figures.by_body] == sorted(totals.share for _, totals in figures.by_body)
        live = Assignment.objects.filter(plan=plan, withdrawn=False).exclude(state=State.ACCEPTED)
        soon = [row for row in live if TODAY <= row.due <= TODAY + timedelta(days=30)]
        assert figures.due_soon == len(soon) > 0

    def test_missed_reports_are_counted(self, filled):
        plan = filled.plans[0]
        live = Assignment.objects.filter(plan=plan, withdrawn=False).exclude(state=State.ACCEPTED)
        assert home_figures(plan, today=TODAY).missed_check_ins == live.filter(due=date(2023, 12, 31)).count()

    def test_the_weeks(self, task, county, plan, at):
        at("2023-09-04")  # a Monday
        services.accept(county.clerk, task)
        at("2023-09-10 23:59")
        services.submit(county.clerk, task, note="已办")
        at("2023-09-11 00:00")
        services.send_back(county.office, task, reason="请补充")
        services.submit(county.clerk, task, note="已办")
        services.close(county.office, task)
        weeks = trend(plan, TODAY)
        assert (len(weeks), weeks[-1].start) == (12, date(2023, 9, 18))
        found = {week.start: (week.submitted, week.closed, week.returned) for week in weeks}
        assert found[date(2023, 9, 4)] == (1, 0, 0)
        assert found[date(2023, 9, 11)] == (1, 1, 1)
        assert sum(map(sum, found.values())) == 4

    def test_each_number_of_a_week_leads_to_its_tasks(self, task, county, plan, at):
        at("2023-09-04")
        services.accept(county.clerk, task)
        services.submit(county.clerk, task, note="已办")
        services.send_back(county.office, task, reason="请补充")
        services.submit(county.clerk, task, note="又办")  # twice in one week: one task
        week = next(week for week in trend(plan, TODAY) if week.start == date(2023, 9, 4))
        for act in ACTS:
            query = QueryDict(f"act={act}&week=2023-09-04")
            listed = Filters.parse(query).apply(Assignment.objects.live().filter(plan=plan), TODAY)
            assert listed.count() == getattr(week, act)
        later = Filters.parse(QueryDict("act=submitted&week=2023-09-11"))
        assert later.to_query() == "act=submitted&week=2023-09-11"
        assert not later.apply(Assignment.objects.filter(plan=plan), TODAY).exists()

    def test_groups_in_order_and_what_has_none_last(self, filled):
        plan = filled.plans[0]
        assign(make_item(plan, "P2.1", "健全保密审查制度"), filled.bodies[0])
        groups = [group for group, _ in home_figures(plan, today=TODAY).by_group]
        assert groups[-1] is None
        assert [group.number for group in groups[:-1]] == [1, 2, 3, 4]


def test_obligations_are_not_items(item, task, county):
    """An item split in three counts three assignments but one row."""
    services.split_item(county.office, item, ["甲项", "乙项", "丙项"])
    [(row, totals)] = by_item(item.plan)
    assert (row, totals.total, Obligation.objects.count()) == (item, 3, 3)


@pytest.mark.parametrize(
    ("closed", "late", "words"),
    [(0, 0, ""), (0, 3, "0%"), (1, 2, "33%"), (1999, 1, "99%"), (9999, 1, "99%"), (3, 0, "100%")],
)
def test_the_share_in_words(closed, late, words):
    assert Totals({Look.ACCEPTED: closed, Look.OVERDUE: late}).percent == words


@pytest.mark.parametrize(
    ("state", "due", "look"),
    [
        ("in-progress", "2023-09-19", Look.OVERDUE),
        ("submitted", "2023-09-19", Look.OVERDUE),
        ("accepted", "2023-09-19", Look.ACCEPTED),
        ("in-progress", "2023-09-20", Look.AT_RISK),
        ("returned", "2023-09-27", Look.AT_RISK),
        ("to-accept", "2023-09-28", Look.TO_ACCEPT),
        ("submitted", "2023-09-21", Look.SUBMITTED),
        ("accepted", "2023-09-21", Look.ACCEPTED),
        ("returned", None, Look.RETURNED),
    ],
)
def test_how_an_assignment_appears(state, due, look):
    assert look_of(state, due and date.fromisoformat(due), TODAY) is look


@pytest.mark.parametrize("day", [date(2023, 9, 24), date(2023, 12, 28)])
def test_what_runs_out_of_time_is_counted_as_such(filled, day):
    """The database counts as `look_of` does, and every number has its list."""
    rows = Assignment.objects.filter(plan=filled.plans[0], withdrawn=False)
    looks = Counter(look_of(row.state, row.due, day) for row in rows)
    assert looks[Look.AT_RISK] > 0
    assert board(filled.plans[0], today=day).totals.counts == looks
    for look in Look:
        assert looking(Filters(), look).apply(rows, day).count() == looks[look], look
