"""k-anonymity, l-diversity and the cheapest coarsening against brute force (secrecy_privacy.md 4.1, 4.2)."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.screening.aggregation.anonymity import anonymity, diversity
from gongkai.core.screening.aggregation.repair import Form, cheapest

ROWS = st.lists(st.tuples(*[st.sampled_from("abcd")] * 3), min_size=1, max_size=14)


def columns(rows):
    return [list(column) for column in zip(*rows, strict=True)]


@given(ROWS, st.integers(2, 6))
def test_k_is_the_fewest_rows_that_equal_a_row(rows, wanted):
    told = anonymity(columns(rows), len(rows), wanted, show=100)
    sizes = [sum(row == other for other in rows) for row in rows]
    assert told.k == min(sizes)
    assert told.exposed == sum(size < wanted for size in sizes)
    small = {
        tuple(at for at, other in enumerate(rows) if other == row)
        for row, size in zip(rows, sizes, strict=True)
        if size < wanted
    }
    assert {group.rows for group in told.smallest} == small


@given(ROWS)
def test_a_group_is_alike_when_no_two_of_its_members_differ(rows):
    quasi, sensitive = [list(row[:2]) for row in rows], [row[2] for row in rows]
    told = diversity([[row[0] for row in quasi], [row[1] for row in quasi]], sensitive, len(rows))
    expected = {
        key
        for key in {tuple(row[:2]) for row in rows}
        if len(members := [row[2] for row in rows if row[:2] == key]) > 1 and len(set(members)) == 1
    }
    assert told.alike == len(expected)
    assert told.people == sum(tuple(row[:2]) in expected for row in rows)


MERGED = {"a": "ab", "b": "ab", "c": "cd", "d": "cd"}


def forms(column, costs):
    first, second, third = costs
    return [
        Form("", 0, column),
        Form("pairs", first, [MERGED[value] for value in column]),
        Form("drop", first + second + third, [""] * len(column)),
    ]


@given(ROWS, st.integers(1, 6), st.tuples(*[st.tuples(*[st.integers(1, 5)] * 3)] * 3))
def test_nothing_cheaper_than_the_repair_reaches_k(rows, wanted, costs):
    ladders = [forms(column, cost) for column, cost in zip(columns(rows), costs, strict=True)]
    best = None
    for node in product(range(3), repeat=3):
        shown = list(zip(*(ladders[at][level].values for at, level in enumerate(node)), strict=True))
        if min(shown.count(row) for row in shown) >= wanted:
            cost = sum(ladders[at][level].cost for at, level in enumerate(node))
            best = cost if best is None else min(best, cost)
    found = cheapest(ladders, len(rows), wanted)
    assert (found.cost if found else None) == best
    assert found is None or (found.exact and found.k >= wanted)


def test_beyond_what_is_affordable_the_repair_still_reaches_k_and_claims_nothing(monkeypatch):
    monkeypatch.setattr("gongkai.core.screening.aggregation.repair._AFFORDABLE", 0)
    rows = [(a, b, "x") for a in "abcd" for b in "abcd"]
    found = cheapest([forms(column, (1, 1, 1)) for column in columns(rows[:])[:2]], len(rows), 4)
    assert found and found.k >= 4 and not found.exact
