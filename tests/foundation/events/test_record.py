"""The record adds up to the real state, and cannot be edited."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from json import dumps, loads

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st
from tests.foundation.dummy_room.models import Parcel

from gongkai.foundation.events.models import AppendOnly, Event
from gongkai.foundation.events.selectors import history, state_on
from gongkai.foundation.events.services import build, change, collecting, record, record_many

pytestmark = pytest.mark.django_db

CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "title": st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=80),
        "state": st.sampled_from(Parcel.State.values),
        "due": st.none() | st.dates(date(2000, 1, 1), date(2050, 1, 1)),
        "weight": st.none() | st.decimals(0, 999, places=2),
        "recipient_id_number": st.sampled_from(["", "110105194912310021", "330105199001011234"]),
    },
)


def as_json(state):
    return loads(dumps(state, cls=DjangoJSONEncoder))


def real(parcel) -> dict:
    return as_json(Parcel.objects.get(pk=parcel.pk).audited_state())


@pytest.fixture
def parcel(at):
    at("2026-03-01 08:00")
    made = Parcel(body_id=7)
    with change(made, "dummy.pack", actor=None):
        made.title = "一号"
    return made


@given(steps=st.lists(st.tuples(CHANGES, st.integers(0, 3), st.booleans()), min_size=1, max_size=8))
@rules(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_any_past_day_can_be_rebuilt(steps, settings):
    """After any changes on any days, by fresh copies and stale ones, each day's state is what stood in the table."""
    moment = timezone.make_aware(datetime(2026, 3, 1, 8))
    stood: dict[date, dict] = {}
    with transaction.atomic():
        settings.GONGKAI_NOW = moment.isoformat()
        parcel = Parcel(body_id=7, title="一号")
        with change(parcel, "dummy.pack", actor=None):
            pass
        stale = Parcel.objects.get(pk=parcel.pk)
        stood[moment.date()] = real(parcel)
        for fields, days, from_stale in steps:
            moment += timedelta(days=days, minutes=1)
            settings.GONGKAI_NOW = moment.isoformat()
            copy = stale if from_stale else Parcel.objects.get(pk=parcel.pk)
            with change(copy, "dummy.edit", actor=None):
                for name, value in fields.items():
                    setattr(copy, name, value)
            stood[moment.date()] = real(parcel)
        for day, state in stood.items():
            assert state_on(parcel, day) == state
        assert state_on(parcel, date(2026, 2, 28)) is None
        transaction.set_rollback(True)


def test_a_change_is_written_with_who_when_from_to_and_why(parcel, at, person):
    li = person("li", name="李明")
    now = at("2026-03-02 09:00")
    with change(parcel, "dummy.send", actor=li, reason="已到期", details={"via": "邮政"}):
        parcel.state = Parcel.State.SENT
        parcel.weight = Decimal("1.50")
    event = history(parcel)[0]
    assert (event.verb, event.actor, event.reason) == ("dummy.send", li, "已到期")
    assert event.before == {"state": "packed", "weight": None}
    assert event.after == {"state": "sent", "weight": "1.50"}
    assert event.details == {"via": "邮政"}
    assert event.effective_at == event.recorded_at == now
    assert (event.body_id, event.subject) == (7, parcel)
    assert str(event).endswith("dummy.send")


def test_a_creation_comes_from_nothing(parcel):
    event = Event.objects.about(parcel).get()
    assert event.before == {}
    assert event.after == as_json(parcel.audited_state())


def test_what_changed_before_the_block_is_recorded_too(parcel):
    parcel.state = Parcel.State.LOST
    with change(parcel, "dummy.lose", actor=None):
        pass
    assert history(parcel)[0].after == {"state": "lost"}


def test_a_failure_inside_leaves_neither_change_nor_event(parcel):
    events = Event.objects.count()

    def fail():
        with change(parcel, "dummy.send", actor=None):
            parcel.state = Parcel.State.SENT
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert Event.objects.count() == events
    assert Parcel.objects.get().state == Parcel.State.PACKED


def test_what_is_entered_late_counts_from_when_it_took_effect(parcel, at):
    at("2026-03-10 09:00")
    effective = timezone.make_aware(datetime(2026, 3, 4, 12))
    with change(parcel, "dummy.send", actor=None, effective_at=effective):
        parcel.state = Parcel.State.SENT
    assert state_on(parcel, date(2026, 3, 3))["state"] == "packed"
    assert state_on(parcel, date(2026, 3, 4))["state"] == "sent"
    known = timezone.make_aware(datetime(2026, 3, 9))
    assert state_on(parcel, date(2026, 3, 5), known_by=known)["state"] == "packed"


def test_the_day_ends_at_midnight_in_shanghai(parcel, at):
    at("2026-03-02 23:59:59")
    with change(parcel, "dummy.send", actor=None):
        parcel.state = Parcel.State.SENT
    at("2026-03-03 00:00:00")
    with change(parcel, "dummy.lose", actor=None):
        parcel.state = Parcel.State.LOST
    assert state_on(parcel, date(2026, 3, 2))["state"] == "sent"
    assert state_on(parcel, date(2026, 3, 3))["state"] == "lost"


def test_events_cannot_be_edited_or_deleted(parcel):
    event = Event.objects.about(parcel).get()
    event.reason = "改写"
    everything = Event.objects.all()
    attempts = [
        event.save,
        event.delete,
        lambda: everything.update(reason="改写"),
        lambda: everything.delete(),
        lambda: everything.bulk_update([event], ["reason"]),
        lambda: Event.objects.bulk_update([event], ["reason"]),
        lambda: Event.objects.update(reason="改写"),
        lambda: Event._base_manager.filter(pk=event.pk).update(reason="改写"),
        lambda: Event._base_manager.all().delete(),
        lambda: Event._default_manager.filter(pk=event.pk).delete(),
        lambda: Event.objects.about(parcel).delete(),
        lambda: Event.objects.update_or_create(pk=event.pk, defaults={"reason": "改写"}),
        lambda: Event.objects.bulk_create(
            [event], update_conflicts=True, unique_fields=["id"], update_fields=["reason"]
        ),
    ]
    for attempt in attempts:
        with pytest.raises(AppendOnly), transaction.atomic():
            attempt()
    assert Event.objects.get(pk=event.pk).reason == ""


def test_a_person_with_a_record_cannot_be_deleted(parcel, person):
    from django.db.models import ProtectedError

    li = person("li")
    record("dummy.look", parcel, actor=li)
    with pytest.raises(ProtectedError):
        li.delete()


def test_deleting_a_thing_leaves_its_history(parcel):
    pk = parcel.pk
    parcel.delete()
    assert Event.objects.filter(object_id=pk, verb="dummy.pack").count() == 1


def test_many_at_once_in_few_queries(parcel, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        record_many([build("dummy.look", parcel, actor=None, details={"n": n}) for n in range(300)])
    assert Event.objects.filter(verb="dummy.look").count() == 300


def test_collecting_gathers_what_was_recorded_inside(parcel):
    with collecting() as outer:
        record("dummy.one", parcel, actor=None)
        with collecting() as inner:
            record("dummy.two", None, actor=None)
    record("dummy.three", None, actor=None)
    assert [event.verb for event in outer] == ["dummy.one"]
    assert [event.verb for event in inner] == ["dummy.two"]
    assert all(event.pk for event in outer + inner)


def test_the_history_is_newest_first(parcel, at):
    for day in (2, 3, 4):
        at(f"2026-03-0{day} 09:00")
        record(f"dummy.day{day}", parcel, actor=None)
    assert [event.verb for event in history(parcel)] == ["dummy.day4", "dummy.day3", "dummy.day2", "dummy.pack"]
