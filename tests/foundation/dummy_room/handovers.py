from tests.foundation.dummy_room.models import Parcel

from gongkai.foundation.registries import Handover, handovers


def waiting(leaver, bodies):
    return Parcel.objects.filter(body_id__in=bodies, state=Parcel.State.PACKED)


def move(actor, leaver, successor, bodies, reason):
    return 0


handovers.register(Handover("dummy.parcels", "包裹", waiting, move))
