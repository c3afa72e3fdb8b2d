"""What is written again is what was built: every table, the result, what waits for the commit."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from tests.portal import writing
from tests.remembering import Memory, Unknown, _known
from tests.review.county import made_county, made_person, standing_still  # noqa: F401

from gongkai.bodies.models import Body
from gongkai.foundation.access import Role


def everything() -> dict[str, Any]:
    """All rows of all tables that have a number."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def build() -> Any:
    county = made_county()
    leader = made_person("leader", (county.fgj, Role.LEADER))
    writing.ensure_portal()
    page = writing.through_the_gate(writing.column(writing.section(county.fgj)))
    return leader, page


@pytest.fixture
def memory(monkeypatch, db) -> Memory:
    fresh = Memory()
    monkeypatch.setattr("tests.remembering.memory", fresh)
    return fresh


def once(memory: Memory) -> tuple[Any, dict[str, Any], int]:
    """Built within a transaction of its own that is undone, as by the end of a test."""
    before = len(connection.run_on_commit)
    with memory.of_a_test(), transaction.atomic():
        result, rows = build(), everything()
        waiting = len(connection.run_on_commit) - before
        transaction.set_rollback(True)
    return result, rows, waiting


def test_written_again(memory):
    (leader, page), rows, waiting = once(memory)
    kept = len(memory.steps)
    assert kept >= 5
    again = once(memory)
    assert len(memory.steps) == kept
    assert again[0] == (leader, page) and again[0][1] is not page
    assert again[0][1].live
    assert again[1] == rows
    assert again[2] == waiting > 0


def test_another_write_before_it_and_it_is_built(memory):
    once(memory)
    with memory.of_a_test():
        Body.objects.create(code="other", name="东山县人民政府")
        made_county()
        assert memory.way is None


def test_after_a_test_that_commits_it_is_built_anew(memory):
    once(memory)
    memory.forget_world()
    assert not memory.steps


def test_what_a_test_does_itself_is_done(memory):
    once(memory)
    kept = dict(memory.steps)
    made_county()
    assert memory.steps == kept
    assert memory.way is None


def test_rows_are_told_apart_by_number_and_unsaved_ones_not_at_all():
    assert _known((Body(pk=1), "x")) != _known((Body(pk=2), "x"))
    assert _known(1) != _known("1") != _known(True)
    for value in (Body(), object()):
        with pytest.raises(Unknown):
            _known(value)
