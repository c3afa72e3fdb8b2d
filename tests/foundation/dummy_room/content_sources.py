from tests.foundation.dummy_room.models import Parcel

from gongkai.foundation.registries import ContentSource, content_sources
from gongkai.foundation.registries.contents import Content, Place, Standing


def places(bodies):
    return [Place("shelf", "货架", body, "/dummy/") for body in bodies]


def look(keys):
    return {
        key: Standing(True, None, "/dummy/", "货架", count=Parcel.objects.count()) for key in keys if key == "shelf"
    }


def inside(keys):
    return [Content(str(one.pk), one.title, f"/dummy/{one.pk}/", one.body_id, None) for one in Parcel.objects.all()]


def find(address):
    return "shelf" if address == "/dummy/" else None


content_sources.register(ContentSource("dummy.shelf", "货架", places, look, inside, find))
