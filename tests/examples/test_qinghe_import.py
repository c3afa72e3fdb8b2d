"""The example files go into the registers as they are, and a second time changes nothing."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from tests.remembering import remembered

from gongkai.bodies.models import Body, Kind
from gongkai.bodies.services.importing import import_bodies
from gongkai.channels.models import Account, Column
from gongkai.channels.services.importing import import_channels

QINGHE = Path(__file__).resolve().parents[2] / "examples" / "qinghe"

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def file(name):
    return ContentFile((QINGHE / name).read_bytes(), name=name)


@pytest.fixture
def county():
    return registered()


@remembered
def registered():
    return Body.objects.create(code="qinghe", name="青禾县人民政府", kind=Kind.COUNTY)


@pytest.fixture
def register(county):
    return imported(county)


@remembered
def imported(county):
    return import_bodies(None, county, file("bodies.csv"))


def test_bodies(county, register):
    assert register["create"] == 46
    assert Body.objects.of_county(county).count() == 47
    office = Body.objects.get(code="qinghe.spj")
    assert (office.county, office.label) == (county, "县行政审批服务局")
    assert {former.name for former in office.former_names.all()} == {"县政务服务管理局", "青禾县政务服务管理局"}
    county.refresh_from_db()
    assert county.credit_code.startswith("11990124QH")


def test_groups(county, register):
    assert Body.objects.filter(groups__name="县级部门").count() == 25
    assert [body.code for body in Body.objects.filter(groups__name="保密行政管理部门")] == ["qinghe.bmj"]


def test_bodies_twice(county, register):
    again = import_bodies(None, county, file("bodies.csv"))
    assert (again["create"], again["change"], again["same"]) == (0, 0, 47)


def test_channels(county, register):
    assert import_channels(None, county, file("channels.csv"))["create"] == 42
    assert Account.objects.count() == 10
    columns = Column.objects.filter(page=None)  # the portal's own follow its pages
    assert (columns.count(), columns.values("site").distinct().count()) == (30, 2)
    assert Column.objects.get(name="财政预决算").owner.code == "qinghe.czj"
    assert import_channels(None, county, file("channels.csv"))["same"] == 42
