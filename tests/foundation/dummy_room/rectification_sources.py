from tests.foundation.dummy_room.models import Parcel

from gongkai.foundation.registries import RectificationSource, rectification_sources

rectification_sources.register(
    RectificationSource(
        "dummy.lost",
        "丢失的包裹",
        findings=lambda: Parcel.objects.filter(state=Parcel.State.LOST),
        recheck=lambda parcel: parcel.state != Parcel.State.LOST,
    )
)
