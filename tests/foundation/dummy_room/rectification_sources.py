from tests.foundation.dummy_room.models import Parcel

from gongkai.foundation.registries import Finding, Recheck, RectificationSource, rectification_sources


def findings():
    for parcel in Parcel.objects.filter(state=Parcel.State.LOST).exclude(body_id=None).order_by("pk"):
        yield Finding(reference=str(parcel.pk), body_id=parcel.body_id, title=f"包裹“{parcel.title}”丢失")


def recheck(reference):
    parcel = Parcel.objects.get(pk=reference)
    return Recheck(parcel.state != Parcel.State.LOST, f"{parcel.title}：{parcel.get_state_display()}")


rectification_sources.register(RectificationSource("dummy.lost", "丢失的包裹", findings, recheck))
