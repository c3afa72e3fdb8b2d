from django.http import JsonResponse
from tests.foundation.dummy_room.models import Parcel

from gongkai.foundation.registries import ApiRoute, api_routes


def parcels(request):
    return JsonResponse({"total": Parcel.objects.count()})


api_routes.register(ApiRoute("dummy.parcels", "dummy/parcels", parcels, "包裹"))
