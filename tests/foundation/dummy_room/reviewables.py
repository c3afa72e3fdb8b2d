from tests.foundation.dummy_room.models import Parcel

from gongkai.foundation.registries import Reviewable, reviewables

reviewables.register(
    Reviewable(
        "dummy.parcel",
        "包裹",
        Parcel,
        title=str,
        digest=lambda parcel: f"{parcel.title}\n{parcel.state}",
        body_id=lambda parcel: parcel.body_id,
        address=lambda parcel: f"/dummy/{parcel.pk}/",
    )
)
