"""Kinds of a body as places where content stands: what rooms that check it are told."""

from __future__ import annotations

import pytest
from tests.disclosure.recording import FORMED, PENALTY, column, draft, public

from gongkai.disclosure.content_sources import inside, look, places
from gongkai.portal.content_sources import look as look_at_columns
from gongkai.portal.content_sources import look_at_pages


@pytest.mark.slow
def test_a_kind_of_a_body_with_its_newest_public_record(county):
    above = column(county.fgj)
    record = public(above, "penalty", PENALTY, "行政处罚决定")
    draft(above, "licence", {}, "还没有公开")
    (place,) = places({county.fgj.pk, county.czj.pk})
    key = f"penalty@{county.fgj.pk}"
    assert (place.key, place.body_id, place.label) == (key, county.fgj.pk, record.declared.name)
    standing = look([key, f"penalty@{county.czj.pk}", "nonsense", "penalty@x"])
    assert set(standing) == {key, f"penalty@{county.czj.pk}"}
    here, there = standing[key], standing[f"penalty@{county.czj.pk}"]
    assert (here.is_open, here.count, here.newest.title, here.newest.formed_on) == (True, 1, "行政处罚决定", FORMED)
    assert (there.is_open, there.count, there.newest) == (True, 0, None)
    assert [one.key for one in inside([key])] == [f"portal.pages:{record.pk}"]
    # The same record counts as content of its column, and as a page of its own.
    assert look_at_columns([str(above.pk)])[str(above.pk)].newest.title == "行政处罚决定"
    assert look_at_pages([str(record.pk)])[str(record.pk)].is_open
    above.unpublish()
    assert look([key])[key].count == 0
    assert not look_at_pages([str(record.pk)])[str(record.pk)].is_open
