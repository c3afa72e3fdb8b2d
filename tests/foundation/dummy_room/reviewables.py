from tests.foundation.dummy_room.models import Leaflet, Parcel

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
reviewables.register(
    Reviewable(
        "dummy.leaflet",
        "折页",
        Leaflet,
        title=str,
        digest=lambda leaflet: leaflet.title,
        body_id=lambda leaflet: leaflet.body_id,
        address=lambda leaflet: "",
        opened=lambda leaflet: (leaflet.get_latest_revision() or leaflet.save_revision()).publish(),
        closed=lambda leaflet: leaflet.unpublish(),
        candidate=lambda leaflet: leaflet.get_latest_revision_as_object(),
    )
)
