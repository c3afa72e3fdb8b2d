"""Nobody reviews their own text: every kind of record at the gate says who wrote it."""

from gongkai.foundation.registries import reviewables


def test_every_kind_names_its_authors():
    ours = [entry for entry in reviewables if entry.model.__module__.startswith("gongkai.")]
    assert ours and [entry.key for entry in ours if entry.authors is None] == []
