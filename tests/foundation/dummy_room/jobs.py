from datetime import time

from tests.foundation.dummy_room.models import Parcel

from gongkai.foundation.schedules import Every, job


@job("dummy.count", "清点包裹", every=Every.YEAR, at=time(6), day=5)
def count(day):
    return Parcel.objects.count()
