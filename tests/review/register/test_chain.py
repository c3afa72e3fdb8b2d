"""Entries are added one behind the other, by many writers too, and never changed in the product."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.foundation.events.models import AppendOnly
from gongkai.review.models import Entry, What
from gongkai.review.register.chain import append
from gongkai.review.register.links import START
from gongkai.review.register.verify import stored, verify


def write(**facts) -> Entry:
    return append(None, What.INCIDENT, None, facts)


@pytest.fixture
def written(db) -> list[Entry]:
    return [write(at=number) for number in range(3)]


def test_each_entry_holds_the_one_before(written):
    assert [one.number for one in written] == [1, 2, 3]
    assert [one.previous for one in written] == [START, written[0].digest, written[1].digest]
    assert verify(stored()).intact


def test_what_is_undone_leaves_no_gap(written):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert write().number == 4
    assert verify(stored()).intact


def test_nothing_in_the_product_changes_or_removes_an_entry(written):
    entry = written[0]
    for act in (
        lambda: Entry.objects.update(what=What.SIGNED),
        lambda: Entry.objects.all().delete(),
        lambda: Entry._base_manager.update(what=What.SIGNED),
        lambda: Entry.objects.bulk_update([entry], ["what"]),
        lambda: Entry.objects.bulk_create([Entry(number=9)]),
        entry.save,
        entry.delete,
    ):
        with pytest.raises(AppendOnly):
            act()
    assert Entry.objects.count() == 3


texts = st.text(max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(facts=st.lists(st.dictionaries(texts, values, max_size=4), min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_whatever_was_written_comes_back_as_it_was_digested(db, facts):
    """Control characters, half surrogates and odd keys too: the chain stands after the way through the database."""
    for one in facts:
        write(**{"facts": one})
    assert verify(stored()).intact


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("already", [0, 2])
def test_many_writers_at_once(already):
    """The very first entry, too, is written once."""
    for _ in range(already):
        write()
    start, failures = threading.Barrier(4), []

    def go() -> None:
        try:
            start.wait(10)
            for _ in range(5):
                with transaction.atomic():
                    write()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    verdict = verify(stored())
    assert verdict.intact and verdict.number == verdict.count == 20 + already
