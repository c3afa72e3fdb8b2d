from tests.foundation.dummy_room.models import Parcel

from gongkai.foundation.registries import Indicator, Reading, indicators


def share_sent(body_id, day):
    parcels = Parcel.objects.filter(body_id=body_id) if body_id else Parcel.objects.all()
    total, sent = parcels.count(), parcels.filter(state=Parcel.State.SENT).count()
    return Reading(sent / total if total else None, sent, total, f"{day}：全部包裹")


indicators.register(Indicator("dummy.sent", "包裹寄出率", "%", share_sent, "试验"))
