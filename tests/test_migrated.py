"""The kept database is that of today's migrations, made once."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import MagicMock

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from tests import migrated
from tests.migrated import Shelf, fingerprint


def test_it_goes_by_every_word_of_the_migrations_and_of_what_they_import(tmp_path):
    (tmp_path / "migrations").mkdir()
    file = tmp_path / "migrations" / "0001_initial.py"
    found = set()
    for text in ("", "x = 1", "import gongkai.foundation.clock", "import gongkai.foundation.files"):
        file.write_text(text)
        assert fingerprint([tmp_path]) == fingerprint([tmp_path])
        found.add(fingerprint([tmp_path]))
    assert len(found) == 4
    named = {
        name for text in (b"import gongkai.a.b\n  from gongkai.c import d",) for name in migrated.IMPORTS.findall(text)
    }
    assert named == {b"gongkai.a.b", b"gongkai.c"}


def test_made_once_and_again_when_the_migrations_differ(tmp_path, monkeypatch, django_db_blocker):
    made = []
    monkeypatch.setattr(Shelf, "_migrate", lambda shelf, name: made.append(name) or name.write_text(str(len(made))))
    shelf = Shelf(tmp_path, django_db_blocker)
    assert shelf.file().read_text() == Shelf(tmp_path, django_db_blocker).file().read_text() == "1"
    shelf.state = "another"
    assert shelf.file().read_text() == "2"
    assert [path.name for path in tmp_path.glob("*.sqlite3*")] == ["another.sqlite3"]


def test_who_asks_nothing_of_the_database_may_be_the_first(tmp_path, monkeypatch, django_db_blocker):
    """A journey has the database of the product it starts, and pytest-django keeps this process from its own."""

    def executor(connection):
        connection.ensure_connection()
        Path(connection.settings_dict["NAME"]).touch()
        return MagicMock()

    monkeypatch.setattr(migrated, "MigrationExecutor", executor)
    assert Shelf(tmp_path, django_db_blocker).file().exists()
    with pytest.raises(RuntimeError, match="not allowed"):
        connection.ensure_connection()


@pytest.mark.django_db
def test_a_copy_lacks_nothing(request):
    if request.config.getoption("nomigrations"):
        pytest.skip("the tables were made without migrations (--nomigrations)")
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    tables = set(connection.introspection.table_names())
    wanted = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    assert "dummy_room_parcel" in wanted and wanted <= tables  # an app without migrations too
