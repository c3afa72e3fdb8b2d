"""A verb checks rights first, then does all or nothing."""

from decimal import Decimal

import pytest
from tests.foundation.dummy_room.models import Parcel
from tests.foundation.dummy_room.services import bundle, pack, send

from gongkai.foundation.access import Refused, Role, verb, verbs
from gongkai.foundation.events.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(person, roles):
    li = person("li", name="李明")
    roles.give(li, Role.CLERK, 1)
    return li


def test_on_the_body_of_the_argument(clerk):
    parcel = pack(clerk, "一号", 1)
    assert send(clerk, parcel, Decimal(2)).state == Parcel.State.SENT
    assert [event.actor for event in Event.objects.about(parcel)] == [clerk, clerk]


def test_not_on_another_body(clerk):
    with pytest.raises(Refused, match="没有权限：“封装”须由该单位的信息员办理"):
        pack(clerk, "一号", 2)
    other = pack(None, "一号", 2)
    with pytest.raises(Refused, match="信息员、签发领导"):
        send(clerk, other, Decimal(2))
    other.refresh_from_db()
    assert other.state == Parcel.State.PACKED


def test_by_name_or_by_place(clerk):
    assert pack(clerk, title="一号", body_id=1).body_id == 1
    with pytest.raises(Refused):
        pack(clerk, body_id=2, title="二号")


def test_the_body_of_an_argument_left_out_is_still_asked_for(clerk):
    with pytest.raises(TypeError):
        pack(clerk, "一号")


def test_holding_the_role_anywhere_is_enough_where_no_body_is_named(clerk, person):
    parcel = pack(None, "一号", 99)
    assert bundle(clerk, [parcel]) == [parcel.pk]
    with pytest.raises(Refused):
        bundle(person("nobody"), [parcel])


def test_the_system_only_where_it_is_allowed():
    parcel = pack(None, "一号", 1)
    assert Event.objects.about(parcel).get().actor is None
    with pytest.raises(Refused, match="不能由系统执行"):
        send(None, parcel, Decimal(1))


def test_all_or_nothing(clerk):
    @verb("dummy.half", "做一半", Role.CLERK)
    def half(actor):
        pack(actor, "一号", 1)
        raise RuntimeError("half-way")

    try:
        with pytest.raises(RuntimeError):
            half(clerk)
    finally:
        verbs.unregister("dummy.half")
    assert not Parcel.objects.exists()
    assert not Event.objects.filter(verb="dummy.pack").exists()
