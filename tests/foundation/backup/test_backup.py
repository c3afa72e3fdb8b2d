"""A backup really comes back, on either database; what is broken, foreign or too new is refused and changes nothing."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from tests.migrated import Shelf

from gongkai.foundation.backup import BackupError
from gongkai.foundation.backup.services import restore

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

FILL = """
import django; django.setup()
from django.core.files.base import ContentFile
from gongkai.bodies.services import create_county
from gongkai.foundation.files import private_storage
from tests.foundation.dummy_room.models import Parcel
create_county(None, "qinghe", "清河县人民政府")
Parcel.objects.create(body_id=1, title="一号", recipient_id_number="110105194912310021")
private_storage().save("evidence/2026/佐证.txt", ContentFile("已公开".encode()))
"""
CHANGE = """
import django; django.setup()
from gongkai.bodies.models import Body
from gongkai.foundation.files import private_storage
Body.objects.update(name="后来的名称")
private_storage().delete("evidence/2026/佐证.txt")
"""
LOOK = """
import django, json; django.setup()
from gongkai.bodies.models import Body
from gongkai.foundation.events.models import Event
from gongkai.foundation.files import private_storage
from tests.foundation.dummy_room.models import Parcel
storage, name = private_storage(), "evidence/2026/佐证.txt"
print(json.dumps({
    "bodies": list(Body.objects.values_list("name", flat=True)),
    "secret": list(Parcel.objects.values_list("recipient_id_number", flat=True)),
    "file": storage.open(name).read().decode() if storage.exists(name) else None,
    "verbs": list(Event.objects.order_by("id").values_list("verb", flat=True)),
}))
"""


class Installation:
    """The product in a folder and a database of its own, used through its command line."""

    def __init__(self, folder: Path, database: str | None) -> None:
        self.folder, self.database = folder, database

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DATABASE_URL"))}
        kept |= {"GONGKAI_DATA": str(self.folder), "DJANGO_SETTINGS_MODULE": "tests.settings", **more}
        return kept | ({"DATABASE_URL": self.database} if self.database else {})

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *command], env=self.environment(**more), capture_output=True, text=True, check=False
        )

    def gongkai(self, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        return self.run("-m", "gongkai.cli", *map(str, arguments), **more)

    def script(self, text: str) -> str:
        done = self.run("-c", text)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def look(self) -> dict:
        return json.loads(self.script(LOOK))

    def make(self, migrated: Shelf) -> "Installation":
        self.folder.mkdir(exist_ok=True)
        migrated.copy_to(self.database.rpartition("/")[2] if self.database else self.folder / "gongkai.sqlite3")
        done = self.gongkai("manage", "migrate", "--run-syncdb", "--verbosity", "0")
        assert done.returncode == 0, done.stderr
        return self


@pytest.fixture(scope="module")
def databases(django_db_blocker):
    """Names of empty databases: none for SQLite, which makes its file itself."""
    made = []

    def new() -> str | None:
        if connection.vendor != "postgresql":
            return None
        name = f"backup_{uuid.uuid4().hex[:12]}"
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        made.append(name)
        given = connection.settings_dict
        return f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT'] or 5432}/{name}"

    yield new
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for name in made:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def first(databases, migrated, tmp_path_factory, django_db_blocker) -> Installation:
    """An installation in use; no test changes it."""
    with django_db_blocker.unblock():
        made = Installation(tmp_path_factory.mktemp("first"), databases()).make(migrated)
    made.script(FILL)
    return made


@pytest.fixture(scope="module")
def backup(first, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("kept") / "county.backup"
    done = first.gongkai("backup", path)
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture
def other(databases, tmp_path) -> Installation:
    return Installation(tmp_path / "other", databases())


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one line with which a command refuses."""
    assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stderr.strip()


def rewritten(backup: Path, target: Path, change) -> Path:
    """The backup with other content: `change` gets and returns the members by name."""
    with zipfile.ZipFile(backup) as source:
        members = change({name: source.read(name) for name in source.namelist()})
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return target


def with_manifest(members, **facts):
    content = json.loads(members["manifest.json"]) | facts
    return members | {"manifest.json": json.dumps(content).encode()}


def test_everything_comes_back_on_another_machine(first, backup, other):
    assert backup.stat().st_mode & 0o077 == 0, "it holds the keys"
    done = other.gongkai("restore", backup)
    assert done.returncode == 0, done.stderr
    there = other.look()
    assert there["bodies"] == ["清河县人民政府"]
    assert there["secret"] == ["110105194912310021"], "opened with the keys that came along"
    assert there["file"] == "已公开"
    assert there["verbs"][-1] == "backup.restore" and "bodies.create_county" in there["verbs"]
    assert first.look()["verbs"][-1] == "backup.make"
    assert not list(other.folder.glob("*.replaced-*")) and not list(other.folder.glob("*.restoring-*"))


def test_what_is_there_is_replaced_only_when_asked_and_kept(backup, other):
    assert other.gongkai("restore", backup).returncode == 0
    other.script(CHANGE)
    assert "--replace" in refused(other.gongkai("restore", backup))
    assert other.look()["bodies"] == ["后来的名称"]
    done = other.gongkai("restore", backup, "--replace")
    assert done.returncode == 0, done.stderr
    there = other.look()
    assert (there["bodies"], there["file"]) == (["清河县人民政府"], "已公开")
    kept = sorted(path.name.split(".replaced-")[0] for path in other.folder.glob("*.replaced-*"))
    assert kept == (["database" if other.database else "gongkai.sqlite3", "keys", "media", "private"])


def test_a_backup_of_the_environments_keys(first, other, tmp_path):
    """Keys that never lay in the data folder come along as well, and must be at hand where they come from outside."""
    new, strange = "1" * 43 + "=", "2" * 43 + "="
    old = (first.folder / "keys" / "vault").read_text().strip()
    assert first.gongkai("backup", tmp_path / "b", GONGKAI_VAULT_KEYS=f"{new},{old}").returncode == 0
    with zipfile.ZipFile(tmp_path / "b") as parcel:
        assert parcel.read("keys/vault").decode().split() == [new, old]
    assert "GONGKAI_VAULT_KEYS" in refused(other.gongkai("restore", tmp_path / "b", GONGKAI_VAULT_KEYS=strange))


def damage_a_byte(backup: Path, target: Path) -> Path:
    data = bytearray(backup.read_bytes())
    with zipfile.ZipFile(backup) as source:
        largest = max(source.infolist(), key=lambda info: info.compress_size)
    data[largest.header_offset + largest.compress_size // 2] ^= 0xFF
    target.write_bytes(data)
    return target


BREAKINGS = {
    "one byte": (damage_a_byte, "已损坏"),
    "cut short": (lambda b, t: t.write_bytes(b.read_bytes()[:-200]) and t, "不是本系统的备份文件"),
    "no backup at all": (lambda b, t: t.write_text("姓名,电话") and t, "不是本系统的备份文件"),
    "another zip": (lambda b, t: rewritten(b, t, lambda m: {"a.txt": b"a"}), "不是本系统的备份文件"),
    "an upload missing": (
        lambda b, t: rewritten(b, t, lambda m: {k: v for k, v in m.items() if not k.startswith("private/")}),
        "不完整",
    ),
    "an upload slipped in": (lambda b, t: rewritten(b, t, lambda m: m | {"private/new.txt": b"new"}), "不完整"),
    "an upload exchanged": (
        lambda b, t: rewritten(b, t, lambda m: {k: b"x" * len(v) if "佐证" in k else v for k, v in m.items()}),
        "与清单不符",
    ),
    "a later format": (lambda b, t: rewritten(b, t, lambda m: with_manifest(m, version=2)), "更新版本"),
    "a later schema": (
        lambda b, t: rewritten(b, t, lambda m: with_manifest(m, migrations=["bodies.0999_later"])),
        "更新版本",
    ),
    "another database": (lambda b, t: rewritten(b, t, lambda m: with_manifest(m, database="oracle")), "oracle"),
    "a way out of the folder": (
        lambda b, t: rewritten(
            b, t, lambda m: with_manifest(m, files=[{"path": "../../out", "size": 1, "sha256": "0" * 64}])
        ),
        "不合规的文件名",
    ),
}


@pytest.fixture(scope="module")
def in_use(databases, backup, tmp_path_factory) -> Installation:
    """An installation that refuses; nothing may ever change in it."""
    made = Installation(tmp_path_factory.mktemp("in-use"), databases())
    assert made.gongkai("restore", backup).returncode == 0
    made.script(CHANGE)
    return made


def lying_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("how", BREAKINGS)
def test_what_is_broken_or_foreign_is_refused_and_nothing_changes(how, backup, tmp_path, settings):
    settings.MIGRATION_MODULES = {}  # also where the tests run without migrations
    settings.DATA = tmp_path / "data"
    (settings.DATA / "keys").mkdir(parents=True)
    (settings.DATA / "keys" / "vault").write_text("present")
    breaking, message = BREAKINGS[how]
    broken = breaking(backup, tmp_path / "broken")
    with pytest.raises(BackupError, match=message):
        restore(broken, replace=True)
    assert lying_in(settings.DATA) == {"keys/vault": b"present"}


def test_a_broken_file_is_one_line_and_two(in_use, tmp_path):
    (tmp_path / "broken").write_text("姓名,电话")
    assert "不是本系统的备份文件" in refused(in_use.gongkai("restore", tmp_path / "broken", "--replace"))
    assert "没有" in refused(in_use.gongkai("restore", tmp_path / "nowhere"))


def test_a_database_that_cannot_be_put_back_leaves_the_old_one(backup, in_use, tmp_path):
    """Names and hashes agree, and still the database inside is none: found before, or taken back after."""

    def spoil(members):
        name = next(one for one in members if one.startswith("database/"))
        junk = members[name][:2000] + b"\xff" * 4000
        files = json.loads(members["manifest.json"])["files"]
        for one in files:
            if one["path"] == name:
                one.update(size=len(junk), sha256=hashlib.sha256(junk).hexdigest())
        return with_manifest(members | {name: junk}, files=files)

    before = in_use.look()
    refused(in_use.gongkai("restore", rewritten(backup, tmp_path / "spoilt", spoil), "--replace"))
    assert in_use.look() == before
    assert not list(in_use.folder.glob("*.re*-*"))


def test_a_backup_replaces_a_backup_and_nothing_else(first, backup, tmp_path):
    older = shutil.copy(backup, tmp_path / "older.backup")
    assert first.gongkai("backup", older).returncode == 0
    letter = tmp_path / "letter.txt"
    letter.write_text("请勿覆盖")
    assert "换一个文件名" in refused(first.gongkai("backup", letter))
    assert letter.read_text() == "请勿覆盖"
    assert "不能写入" in refused(first.gongkai("backup", tmp_path / "nowhere" / "x"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.txt", "older.backup"]


@pytest.mark.parametrize("device", ["/dev/full", "/dev/zero"])
def test_a_device_without_end_is_not_read(device, first, in_use):
    assert "不是本系统的备份文件" in refused(first.gongkai("backup", device))
    assert "不是本系统的备份文件" in refused(in_use.gongkai("restore", device))
    assert Path(device).is_char_device()


def test_a_database_in_use_is_not_replaced(backup, in_use):
    if in_use.database:
        pytest.skip("PostgreSQL waits for those who work, in its transaction")
    before = in_use.look()
    with closing(sqlite3.connect(in_use.folder / "gongkai.sqlite3")) as somebody:
        somebody.execute("BEGIN")
        somebody.execute("SELECT count(*) FROM bodies_body").fetchone()
        assert "正在使用" in refused(in_use.gongkai("restore", backup, "--replace"))
        somebody.rollback()
    assert in_use.look() == before
    assert not list(in_use.folder.glob("*.re*-*"))


def test_before_the_first_migration_there_is_nothing_to_back_up(tmp_path):
    if connection.vendor == "postgresql":
        pytest.skip("the database itself is there before the first migration")
    assert "migrate" in refused(Installation(tmp_path / "new", None).gongkai("backup", tmp_path / "b"))
    assert not (tmp_path / "b").exists()
