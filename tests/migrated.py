"""The database of tests is migrated once, kept, and copied by each process that tests.

Migrating takes longer than most parts of the suite; copying takes no time. What is kept goes by all that the tables come
from: the migrations of every app, the modules of the house that they import, and Django. Only migrations have run on it:
whatever else `migrate` does (content types, rights, the front page) is done on each copy by today's code, and so would be
a migration that was not noticed. On SQLite it is a file below `.pytest_cache`, which the next run finds again; on
PostgreSQL a database of the same server, for as long as the server lasts. `--create-db` does without.
"""

from __future__ import annotations

import fcntl
import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

IMPORTS = re.compile(rb"^\s*(?:import|from) (gongkai\.[\w.]+)", re.MULTILINE)
ON_THE_SERVER = "gongkai_tests_migrated"


def fingerprint(folders: Iterable[Path]) -> str:
    """One for each state of the tables, by the folders of apps."""
    digest = hashlib.sha256(django.__version__.encode())
    sources = [path for folder in folders for path in sorted(folder.glob("migrations/*.py"))]
    texts = [path.read_bytes() for path in sources]
    imported = {name.decode() for text in texts for name in IMPORTS.findall(text)}
    origins = sorted(spec.origin for name in imported if (spec := find_spec(name)) and spec.origin)
    for path in [*sources, *map(Path, origins)]:
        digest.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:20]


class Shelf:
    """Where the migrated database lies, on either kind of database; `folder` is shared by all processes of the checkout.

    blocker: of pytest-django, which keeps what does not ask the database from it; the first who wants a copy may be such.
    """

    def __init__(self, folder: Path, blocker: Any) -> None:
        self.folder, self.blocker = folder, blocker
        self.state = fingerprint(Path(app.path) for app in apps.get_app_configs())

    def file(self) -> Path:
        """A migrated SQLite database; nobody writes it."""
        kept = self.folder / f"{self.state}.sqlite3"
        with self._alone():
            if not kept.exists():
                for other in self.folder.glob("*.sqlite3*"):
                    other.unlink()
                begun = kept.with_suffix(".sqlite3-begun")
                self._migrate(begun)
                begun.rename(kept)
        return kept

    def copy_to(self, name: str | Path) -> None:
        """The database of that name is a copy from here on, whatever it was."""
        if connection.vendor == "sqlite":
            shutil.copyfile(self.file(), name)
            return
        with self._alone():
            self._on_the_server()
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
                cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE {ON_THE_SERVER}')

    def _on_the_server(self) -> None:
        """Its comment says of which state it is, and is written last."""
        with connection._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [ON_THE_SERVER]
            )
            if cursor.fetchone() == (self.state,):
                return
            cursor.execute(f"DROP DATABASE IF EXISTS {ON_THE_SERVER}")
            cursor.execute(f"CREATE DATABASE {ON_THE_SERVER}")
        self._migrate(ON_THE_SERVER)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"COMMENT ON DATABASE {ON_THE_SERVER} IS '{self.state}'")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{connection.vendor}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # given back when the file is closed
            yield

    def _migrate(self, name: str | Path) -> None:
        """Run every migration on an empty database, and nothing that follows them."""
        before = connection.settings_dict["NAME"]
        connection.close()
        for options in (connection.settings_dict, settings.DATABASES[connection.alias]):
            options["NAME"] = name
        try:
            with self.blocker.unblock():
                executor = MigrationExecutor(connection)
                executor.migrate(executor.loader.graph.leaf_nodes())
        finally:
            connection.close()
            for options in (connection.settings_dict, settings.DATABASES[connection.alias]):
                options["NAME"] = before


@pytest.fixture(scope="session")
def migrated(request: pytest.FixtureRequest) -> Shelf:
    return Shelf(request.config.cache.mkdir("migrated"), request.getfixturevalue("django_db_blocker"))


@pytest.fixture(scope="session")
def django_db_keepdb(
    request: pytest.FixtureRequest, django_db_use_migrations, django_db_createdb, django_db_modify_db_settings
) -> bool:
    """pytest-django asks whether it is to go on with a database that is there: with the copy."""
    if not django_db_use_migrations or django_db_createdb:
        return bool(request.config.getvalue("reuse_db"))
    blocker = request.getfixturevalue("django_db_blocker")
    with blocker.unblock():
        request.getfixturevalue("migrated").copy_to(connection.creation._get_test_db_name())
    return True
