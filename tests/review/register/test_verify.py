"""Whatever is done to a chain behind the product's back shows, with its kind and its place."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.review.register.links import START, Link, plain
from gongkai.review.register.verdicts import Kind
from gongkai.review.register.verify import verify

MORNING = datetime(2026, 6, 15, 1, tzinfo=UTC)


def chain(length: int, start: int = 1, previous: str = START, title: str = "标题"):
    for number in range(start, start + length):
        at = MORNING + timedelta(minutes=number)
        link = Link(number, 1, "passed", 2, at, {"title": f"{title}{number}"}, previous).sealed()
        previous = link.digest
        yield link


def told(rows, anchors=None):
    return [(one.kind, one.number, one.last) for one in verify(rows, anchors).breaks]


def renumbered(rows):
    return [replace(row, number=number) for number, row in enumerate(rows, 1)]


def forged(row: Link, **fields) -> Link:
    """Changed, with its own digest made to fit."""
    return replace(row, **fields).sealed()


@pytest.fixture
def rows():
    return list(chain(20))


def test_an_untouched_chain_is_intact(rows):
    verdict = verify(rows, {20: rows[-1].digest, 7: rows[6].digest})
    assert verdict.intact and (verdict.count, verdict.number, verdict.digest) == (20, 20, rows[-1].digest)
    assert verify([]).intact


FIELDS = [
    {"release": 9},
    {"what": "returned"},
    {"actor": 3},
    {"actor": None},
    {"at": MORNING},
    {"facts": {"title": "另一标题"}},
    {"previous": "1" * 64},
    {"digest": "1" * 64},
]


@pytest.mark.parametrize("fields", FIELDS, ids=lambda fields: next(iter(fields)))
def test_a_changed_row(rows, fields):
    rows[9] = replace(rows[9], **fields)
    assert told(rows) == [(Kind.CHANGED, 10, 10)]


def test_a_changed_row_whose_digest_was_made_to_fit(rows):
    rows[9] = forged(rows[9], facts={"title": "另一标题"})
    assert told(rows) == [(Kind.CHANGED, 10, 10)]


def test_the_first_and_the_last_row_changed(rows):
    rows[0], rows[-1] = replace(rows[0], actor=9), replace(rows[-1], actor=9)
    assert told(rows) == [(Kind.CHANGED, 1, 1), (Kind.CHANGED, 20, 20)]


def test_everything_written_anew_from_a_row_on_shows_against_the_anchor(rows):
    anew = [*rows[:9], *chain(11, 10, rows[8].digest, "假")]
    assert verify(anew).intact  # the chain alone cannot know
    assert told(anew, {5: rows[4].digest, 20: rows[-1].digest}) == [(Kind.CHANGED, 6, 20)]


def test_a_row_put_in_between(rows):
    strange = replace(rows[3], number=11, facts={"title": "插入"})
    assert told(renumbered([*rows[:10], strange, *rows[10:]])) == [(Kind.INSERTED, 11, 11)]


def test_a_copy_put_in_between(rows):
    assert told(renumbered([*rows[:10], rows[3], *rows[10:]])) == [(Kind.INSERTED, 11, 11)]


@pytest.mark.parametrize("many", [1, 3])
def test_rows_put_in_between_that_fit_the_chain(rows, many):
    false = list(chain(many, 11, rows[9].digest, "插入"))
    assert told(renumbered([*rows[:10], *false, *rows[10:]])) == [(Kind.INSERTED, 11, 10 + many)]


def test_a_row_that_fits_put_in_before_the_last(rows):
    false = list(chain(1, 20, rows[18].digest, "插入"))
    assert told(renumbered([*rows[:19], *false, rows[19]])) == [(Kind.INSERTED, 20, 20)]


def test_a_row_put_in_before_the_first_and_behind_the_last(rows):
    assert told([replace(rows[4], number=0, actor=9), *rows]) == [(Kind.INSERTED, 0, 0)]
    assert told([*rows, replace(rows[4], number=21)]) == [(Kind.INSERTED, 21, 21)]


def test_two_rows_exchanged(rows):
    rows[4], rows[9] = replace(rows[9], number=5), replace(rows[4], number=10)
    [(kind, first, last), *_others] = told(rows)
    assert kind == Kind.REORDERED and (first, last) == (5, 10)


def test_neighbours_exchanged(rows):
    rows[4], rows[5] = replace(rows[5], number=5), replace(rows[4], number=6)
    assert told(rows) == [(Kind.REORDERED, 5, 6)]


@pytest.mark.parametrize("to", [9, 19])
def test_a_row_moved_to_another_place(rows, to):
    moved = rows.pop(4)
    rows.insert(to, moved)
    assert told(renumbered(rows)) == [(Kind.REORDERED, 5, to + 1)]


@pytest.mark.parametrize("closed_up", [False, True])
@pytest.mark.parametrize(("first", "last"), [(1, 1), (10, 10), (6, 8)])
def test_rows_taken_out(rows, closed_up, first, last):
    left = [*rows[: first - 1], *rows[last:]]
    assert told(renumbered(left) if closed_up else left) == [(Kind.MISSING, first, last)]


def test_the_tail_cut_off_shows_against_the_anchor(rows):
    assert verify(rows[:15]).intact  # the chain alone cannot know
    assert told(rows[:15], {20: rows[-1].digest}) == [(Kind.TAIL_DELETED, 16, 20)]
    assert told([], {20: rows[-1].digest}) == [(Kind.TAIL_DELETED, 1, 20)]


def test_the_tail_cut_off_and_the_number_of_rows_kept(rows):
    strange = replace(rows[3], number=11, facts={"title": "插入"})
    left = renumbered([*rows[:10], strange, *rows[10:19]])
    assert told(left, {20: rows[-1].digest}) == [(Kind.INSERTED, 11, 11), (Kind.TAIL_DELETED, 20, 20)]


def test_several_at_once(rows):
    rows[2] = replace(rows[2], actor=9)
    del rows[9]
    rows[14] = forged(rows[14], actor=9)
    assert told(rows) == [(Kind.CHANGED, 3, 3), (Kind.MISSING, 10, 10), (Kind.CHANGED, 16, 16)]


TAMPERINGS = ("change", "forge", "insert", "insert fitting", "exchange", "move", "delete", "delete and close", "tail")


@given(st.data(), st.integers(4, 40), st.sampled_from(TAMPERINGS))
def test_nothing_escapes(data, length, how):
    """Any one tampering anywhere, against an anchor of the whole."""
    rows = list(chain(length))
    anchors = {length: rows[-1].digest}
    at = data.draw(st.integers(0, length - 1))
    other = data.draw(st.integers(0, length - 1).filter(lambda one: one != at))
    match how:
        case "change":
            rows[at] = replace(rows[at], facts={"title": "假"})
        case "forge":
            rows[at] = forged(rows[at], facts={"title": "假"})
        case "insert":
            rows = renumbered([*rows[:at], replace(rows[other], facts={"title": "假"}), *rows[at:]])
        case "insert fitting":
            previous = rows[at - 1].digest if at else START
            rows = renumbered([*rows[:at], *chain(1, at + 1, previous, "假"), *rows[at:]])
        case "exchange":
            rows[at], rows[other] = rows[other], rows[at]
            rows = renumbered(rows)
        case "move":
            rows.insert(other, rows.pop(at))
            rows = renumbered(rows)
        case "delete" | "delete and close":
            del rows[at]
            rows = renumbered(rows) if how == "delete and close" else rows
        case "tail":
            rows = rows[:at]
    verdict = verify(rows, anchors)
    assert not verdict.intact
    expected = {
        "change": {Kind.CHANGED},
        "forge": {Kind.CHANGED},
        "insert": {Kind.INSERTED},
        "insert fitting": {Kind.INSERTED},
        "exchange": {Kind.REORDERED},
        "move": {Kind.REORDERED},
        "delete": {Kind.MISSING, Kind.TAIL_DELETED},
        "delete and close": {Kind.MISSING, Kind.TAIL_DELETED},
        "tail": {Kind.TAIL_DELETED},
    }[how]
    assert {one.kind for one in verdict.breaks} & expected, verdict.breaks


@pytest.mark.slow
def test_memory_does_not_grow_with_the_register():
    def peak(length: int) -> int:
        tracemalloc.start()
        assert verify(chain(length)).intact
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(500)
    assert peak(8000) < peak(1000) * 1.5


@pytest.mark.slow
def test_many_problems_are_counted_and_the_first_are_shown():
    rows = [replace(row, actor=9) if row.number % 2 else row for row in chain(4000)]
    verdict = verify(rows)
    assert (verdict.total, len(verdict.breaks)) == (2000, 1000)


def test_what_a_database_gives_back_otherwise_does_not_stand():
    from decimal import Decimal

    for value in (1.5, Decimal(1), object(), {"a": {1.5}}):
        with pytest.raises(TypeError):
            plain(value)
    assert plain({"a": ("x\x00", None, True, MORNING.date())}) == {"a": ["x", None, True, "2026-06-15"]}
