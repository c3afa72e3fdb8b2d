"""Evidence is kept once, whole, and proves itself."""

import hashlib
import stat
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st

from gongkai.foundation.files import private_storage
from gongkai.foundation.snapshots import store
from gongkai.foundation.snapshots.fetching import Fetched
from gongkai.foundation.snapshots.models import Snapshot
from gongkai.foundation.snapshots.services import keep, read, take


def files() -> list[Path]:
    root = Path(private_storage().path("snapshots"))
    return [path for path in root.rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    storages = {**settings.STORAGES}
    storages["private"] = {**storages["private"], "OPTIONS": {"location": tmp_path, "base_url": None}}
    settings.STORAGES = storages


@pytest.mark.django_db
def test_a_page_of_the_web(site, at):
    now = at("2026-03-02 10:00")
    snapshot = take(site("/hop?left=1"))
    snapshot.refresh_from_db()
    assert snapshot.title == str(snapshot) == "关于印发2026年政务公开工作要点的通知"
    assert snapshot.published_on == date(2026, 3, 1)
    assert (snapshot.url, snapshot.final_url) == (site("/hop?left=1"), site("/page"))
    assert (snapshot.status, snapshot.ok, snapshot.fetched_at) == (200, True, now)
    assert "各乡镇人民政府：" in snapshot.excerpt
    data = read(snapshot)
    assert (len(data), hashlib.sha256(data).hexdigest()) == (snapshot.size, snapshot.sha256)


@pytest.mark.django_db
def test_a_page_in_an_old_encoding(site):
    assert take(site("/gbk")).title == "关于印发2026年政务公开工作要點〇的通知"


@pytest.mark.django_db
def test_a_dead_link_is_evidence_too(site):
    snapshot = take(site("/gone"))
    assert (snapshot.status, snapshot.ok, snapshot.title) == (404, False, "页面不存在")


@pytest.mark.django_db
def test_the_same_bytes_are_kept_once(site):
    first, second = take(site("/page")), take(site("/page"))
    assert first.pk != second.pk
    assert first.sha256 == second.sha256
    assert len(files()) == 1


@pytest.mark.django_db
def test_long_addresses_and_zero_characters(at):
    now = at("2026-03-02 10:00")
    url = "http://www.county.example/" + "长" * 3000
    snapshot = keep(Fetched(url, url, now, 200, "text/plain", b"a\0b" + b"c" * 5000))
    snapshot.refresh_from_db()
    assert len(snapshot.url) == 2000
    assert "\0" not in snapshot.excerpt
    assert str(snapshot) == snapshot.url


@given(data=st.binary())
@rules(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_bytes_come_back_under_their_hash(data):
    sha256 = store.put(data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert store.get(sha256) == data


def test_nobody_else_on_the_machine_reads_them():
    store.put(b"evidence")
    (path,) = files()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_write_that_fails_leaves_nothing(monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.put(b"evidence")
    assert files() == []


def test_tampering_shows():
    sha256 = store.put(b"evidence")
    (path,) = files()
    path.write_bytes(b"evidencE")
    with pytest.raises(store.Damaged, match="不符"):
        store.get(sha256)


def test_loss_shows():
    sha256 = store.put(b"evidence")
    files()[0].unlink()
    with pytest.raises(store.Damaged, match="缺失"):
        store.get(sha256)


@pytest.mark.django_db
def test_nothing_is_written_when_there_is_no_answer(site):
    from gongkai.foundation.snapshots import FetchError

    with pytest.raises(FetchError):
        take(site("/cut"))
    assert not Snapshot.objects.exists()
