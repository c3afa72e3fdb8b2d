"""A room hangs itself into every registry; the engines find it there, and no room of the house knows its name."""

from datetime import date
from pathlib import Path

import pytest
from django.test import RequestFactory
from tests.foundation.dummy_room.models import Parcel
from tests.foundation.dummy_room.services import pack

import gongkai
from gongkai.foundation import registries
from gongkai.foundation.access import Role, verbs
from gongkai.foundation.access.addresses import row_for
from gongkai.foundation.schedules import periodic_jobs
from gongkai.foundation.schedules.services import run_due

ROOM = "tests.foundation.dummy_room"


def test_every_registry_has_something_of_the_room():
    everything = {name: getattr(registries, name) for name in dir(registries)}
    found = {
        name: [entry.key for entry in registry if entry.key.startswith("dummy")]
        for name, registry in everything.items()
        if isinstance(registry, registries.Registry)
    }
    assert found
    assert all(found.values()), found
    assert [entry.key for entry in verbs if entry.key.startswith("dummy.")] == [
        "dummy.bundle",
        "dummy.pack",
        "dummy.send",
    ]
    assert row_for("dummy_books").audience == {Role.AUDITOR}
    assert "dummy.count" in periodic_jobs


def test_no_room_of_the_house_knows_it():
    source = Path(gongkai.__file__).parent
    assert [path for path in source.rglob("*.py") if "dummy" in path.read_text()] == []


@pytest.mark.django_db
def test_its_indicator_counts(at):
    measure = registries.indicators.get("dummy.sent").measure
    assert measure(None, date(2026, 3, 1)).value is None, "no parcels: insufficient data, not zero"
    Parcel.objects.create(body_id=1, title="一号", state=Parcel.State.SENT)
    Parcel.objects.create(body_id=2, title="二号")
    assert measure(1, date(2026, 3, 1)).value == 1
    assert measure(None, date(2026, 3, 1)).value == 0.5


@pytest.mark.django_db
def test_its_findings_and_their_recheck():
    source = registries.rectification_sources.get("dummy.lost")
    parcel = Parcel.objects.create(title="一号", body_id=1, state=Parcel.State.LOST)
    (finding,) = source.findings()
    assert (finding.reference, finding.body_id) == (str(parcel.pk), 1)
    assert source.recheck(finding.reference) == registries.Recheck(False, "一号：已丢失")
    Parcel.objects.update(state=Parcel.State.SENT)
    assert source.recheck(finding.reference).mended
    assert list(source.findings()) == []


@pytest.mark.django_db
def test_its_reviewable_changes_its_digest_with_its_text():
    entry = registries.reviewables.get("dummy.parcel")
    parcel = pack(None, "一号", 3)
    before = entry.digest(parcel)
    assert (entry.title(parcel), entry.body_id(parcel)) == ("一号", 3)
    parcel.title = "二号"
    assert entry.digest(parcel) != before


@pytest.mark.django_db
def test_its_api_answers():
    route = registries.api_routes.get("dummy.parcels")
    assert route.view(RequestFactory().get("/")).content == b'{"total": 0}'


@pytest.mark.django_db
def test_its_job_runs_with_the_others(at):
    Parcel.objects.create(title="一号")
    at("2026-01-05 05:59")
    assert "dummy.count" not in {run.key for run in run_due()}
    at("2026-01-05 06:00")
    runs = {run.key: run for run in run_due()}
    assert runs["dummy.count"].count == 1
