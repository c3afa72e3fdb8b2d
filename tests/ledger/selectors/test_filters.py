"""Filters live in the URL, and ask of the database what they say."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.builders import assign, evidence_for, make_item

from gongkai.bodies.models import Body, Kind
from gongkai.ledger import services
from gongkai.ledger.models import Assignment, Group, Role, State
from gongkai.ledger.models import Task as PlanTask
from gongkai.ledger.selectors import Filters

NUMBERS = st.lists(st.integers(0, 10**12), unique=True, max_size=3).map(tuple)
ANY = st.builds(
    Filters,
    state=st.lists(st.sampled_from(State.values), unique=True).map(tuple),
    body=NUMBERS,
    kind=st.lists(st.sampled_from(Kind.values), unique=True).map(tuple),
    group=NUMBERS,
    task=NUMBERS,
    item=NUMBERS,
    q=st.text(max_size=100).map(lambda text: text.strip()),
    role=st.lists(st.sampled_from(Role.values), unique=True).map(tuple),
    overdue=st.none() | st.booleans(),
    at_risk=st.none() | st.booleans(),
    due_from=st.none() | st.dates(),
    due_to=st.none() | st.dates(),
    handler=st.none() | st.integers(1, 10**9),
    evidence=st.none() | st.booleans(),
    missed=st.none() | st.booleans(),
)


@given(ANY)
def test_the_url_says_it_all(filters):
    assert Filters.parse(QueryDict(filters.to_query())) == filters


def test_nothing_asked_is_an_empty_url():
    assert (Filters().to_query(), bool(Filters()), bool(Filters(q="公开"))) == ("", False, True)


@given(st.dictionaries(st.sampled_from([field.name for field in fields(Filters)]), st.text(max_size=30)))
def test_what_cannot_be_read_is_left_out_and_never_fails(given_values):
    query = QueryDict(mutable=True)
    query.update(given_values)
    read = Filters.parse(query)
    assert Filters.parse(QueryDict(read.to_query())) == read


@pytest.mark.parametrize(
    "query",
    ["state=nonsense", "body=abc", "due_from=2023-02-30", "handler=x", "overdue=yes", "body=99999999999999999999999"],
)
def test_nonsense_asks_nothing(query):
    assert Filters.parse(QueryDict(query)) == Filters()


@pytest.fixture
def ledger(plan, county):
    """Six assignments that differ in everything that can be asked; by name."""
    groups = [Group.objects.create(plan=plan, name=name, order=n) for n, name in enumerate(("深化公开", "平台建设"))]
    tasks = [PlanTask.objects.create(plan=plan, group=group, name="任务", order=n) for n, group in enumerate(groups)]
    town = Body.objects.create(code="qs.lz", name="青山县柳镇人民政府", kind=Kind.TOWNSHIP, parent=county.root)
    one = make_item(plan, "1", "公开重大项目", group=groups[0], task=tasks[0])
    two = make_item(plan, "21", "清理规范性文件", due=date(2023, 5, 10), group=groups[1], task=tasks[1])
    rows = {
        "czj1": assign(one, county.czj, State.IN_PROGRESS, handler=county.clerk),
        "jyj1": assign(one, county.jyj, State.SUBMITTED, role=Role.LEAD),
        "town1": assign(one, town),
        "czj21": assign(two, county.czj, State.ACCEPTED),
        "jyj21": assign(two, county.jyj, State.RETURNED, role=Role.SUPPORT),
        "town21": assign(two, town),
    }
    evidence_for(rows["jyj1"], county.clerk)
    evidence_for(rows["jyj21"], county.clerk, removed=True)
    services.check_in(county.clerk, rows["czj1"], period="2023Q1", progress="公开 12 条")
    return rows


@pytest.mark.parametrize(
    ("ask", "names"),
    [
        (lambda rows, plan: Filters(), "czj1 jyj1 town1 czj21 jyj21 town21"),
        (lambda rows, plan: Filters(state=("accepted", "returned")), "czj21 jyj21"),
        (lambda rows, plan: Filters(body=(rows["czj1"].body_id,)), "czj1 czj21"),
        (lambda rows, plan: Filters(kind=("township",)), "town1 town21"),
        (lambda rows, plan: Filters(group=(rows["czj1"].item.group_id,)), "czj1 jyj1 town1"),
        (lambda rows, plan: Filters(task=(rows["czj21"].item.task_id,)), "czj21 jyj21 town21"),
        (lambda rows, plan: Filters(item=(rows["czj21"].item_id,)), "czj21 jyj21 town21"),
        (lambda rows, plan: Filters(q="规范性"), "czj21 jyj21 town21"),
        (lambda rows, plan: Filters(q="1"), "czj1 jyj1 town1"),
        (lambda rows, plan: Filters(role=("lead", "support")), "jyj1 jyj21"),
        (lambda rows, plan: Filters(overdue=True), "jyj21 town21"),
        (lambda rows, plan: Filters(overdue=False), "czj1 jyj1 town1 czj21"),
        (lambda rows, plan: Filters(due_to=date(2023, 5, 10)), "czj21 jyj21 town21"),
        (lambda rows, plan: Filters(due_from=date(2023, 5, 11)), "czj1 jyj1 town1"),
        (lambda rows, plan: Filters(handler=rows["czj1"].handler_id), "czj1"),
        (lambda rows, plan: Filters(evidence=True), "jyj1"),
        (lambda rows, plan: Filters(evidence=False), "czj1 town1 czj21 jyj21 town21"),
        (lambda rows, plan: Filters(missed=True), "jyj1 town1"),
        (lambda rows, plan: Filters(missed=False), "czj1 czj21 jyj21 town21"),
        (lambda rows, plan: Filters(kind=("township",), overdue=True), "town21"),
    ],
)
def test_each_condition(ledger, plan, ask, names):
    found = ask(ledger, plan).apply(Assignment.objects.all(), date(2023, 5, 15))
    assert {row.pk for row in found} == {ledger[name].pk for name in names.split()}


def test_at_risk_is_what_the_body_still_has_a_week_before_the_day(ledger, plan, county):
    ledger["undated"] = assign(make_item(plan, "9", due=None), county.czj)
    ask = lambda day, risk: {  # noqa: E731
        name
        for name, row in ledger.items()
        if Filters(at_risk=risk).apply(Assignment.objects.filter(pk=row.pk), day).exists()
    }
    assert ask(date(2023, 12, 23), True) == set()
    assert ask(date(2023, 12, 24), True) == ask(date(2023, 12, 31), True) == {"czj1", "town1"}
    assert ask(date(2023, 12, 24), False) == {"jyj1", "czj21", "jyj21", "town21", "undated"}
    assert ask(date(2024, 1, 1), True) == set(), "late is not at risk any more"
