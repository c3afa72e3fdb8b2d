from datetime import date
from decimal import Decimal

from tests.foundation.dummy_room.models import Parcel

from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change


@verb("dummy.pack", "封装", Role.CLERK, body="body_id", system=True)
def pack(actor: User | None, title: str, body_id: int, due: date | None = None) -> Parcel:
    parcel = Parcel(body_id=body_id)
    with change(parcel, "dummy.pack", actor=actor):
        parcel.title, parcel.due = title, due
    return parcel


@verb("dummy.send", "寄出", Role.CLERK, Role.LEADER, body="parcel.body_id")
def send(actor: User | None, parcel: Parcel, weight: Decimal, reason: str = "") -> Parcel:
    with change(parcel, "dummy.send", actor=actor, reason=reason):
        parcel.state, parcel.weight = Parcel.State.SENT, weight
    return parcel


@verb("dummy.bundle", "打包", Role.CLERK)
def bundle(actor: User | None, parcels: list[Parcel], state: Parcel.State = Parcel.State.LOST) -> list[int]:
    for parcel in parcels:
        with change(parcel, "dummy.bundle", actor=actor):
            parcel.state = state
    return [parcel.pk for parcel in parcels]
