"""A registry neither hides an entry nor forgets one."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foundation.registries import Duplicate, Registry, Unknown


@dataclass(frozen=True)
class Entry:
    key: str
    label: str = ""
    function: object = field(default=None, compare=False)


@given(st.sets(st.text(min_size=1, max_size=5)))
def test_entries_come_in_the_order_of_their_keys(keys):
    registry = Registry("things")
    for key in keys:
        registry.register(Entry(key))
    assert [entry.key for entry in registry] == sorted(keys)
    assert len(registry) == len(keys)
    assert all(key in registry for key in keys)


def test_another_entry_under_a_key_is_refused():
    registry = Registry("things")
    registry.register(Entry("a", "one"))
    with pytest.raises(Duplicate, match="things: a"):
        registry.register(Entry("a", "two"))
    assert registry.get("a").label == "one"


def test_the_same_entry_twice_is_one():
    """A module imported under two names registers equal entries; the first stays."""
    registry = Registry("things")
    first = registry.register(Entry("a", "one", lambda: 1))
    assert registry.register(Entry("a", "one", lambda: 2)) is first
    assert len(registry) == 1


def test_an_unknown_key_lists_the_known_ones():
    registry = Registry("things")
    registry.register(Entry("b"))
    registry.register(Entry("a"))
    with pytest.raises(Unknown, match="things：没有“c”，现有：a、b"):
        registry.get("c")


def test_unregistering_needs_no_entry():
    registry = Registry("things")
    registry.register(Entry("a"))
    registry.unregister("a")
    registry.unregister("a")
    assert "a" not in registry
