"""The two databases: how each is copied whole while people work, and put back in one step or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from gongkai.foundation.backup import BackupError

# Everything that the dump is going to make anew; sequences and indexes go with their tables.
EMPTY = """SET lock_timeout = '30s'; DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE 'DROP TABLE IF EXISTS ' || quote_ident(one.tablename) || ' CASCADE';
  END LOOP; END $$;"""


class Database(Protocol):
    """One kind of database."""

    name: str
    part: str

    def dump(self, target: Path) -> None:
        """Write a copy of the moment to `target`; who works meanwhile is not kept waiting."""
        ...

    def prove(self, dump: Path) -> None:
        """Raise BackupError unless the copy can be put back."""
        ...

    def put_back(self, dump: Path, stamp: str) -> Path | None:
        """Replace the present data with the copy: all or nothing. Where the present data lie now, None for nowhere."""
        ...


class Sqlite:
    name, part = "sqlite", "database/gongkai.sqlite3"

    def __init__(self, path: Path) -> None:
        self.path = path

    def dump(self, target: Path) -> None:
        if not self.path.exists():
            raise BackupError(_("还没有数据库 %s；请先执行 gongkai manage migrate") % self.path)
        present = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=20)
        with closing(present), closing(sqlite3.connect(target)) as copy:
            present.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        self.prove(target)

    def prove(self, dump: Path) -> None:
        try:
            with closing(sqlite3.connect(f"file:{dump}?mode=ro", uri=True)) as copy:
                verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
                copy.execute("SELECT 1 FROM django_migrations").fetchone()
        except sqlite3.DatabaseError as error:
            raise BackupError(_("备份中的数据库已损坏：%s") % error) from error
        if verdict != "ok":
            raise BackupError(_("备份中的数据库已损坏：%s") % verdict.splitlines()[0])

    def put_back(self, dump: Path, stamp: str) -> Path | None:
        connections["default"].close()
        self._demand_unused()
        kept = self.path.with_name(f"{self.path.name}.replaced-{stamp}")
        _move(self.path, kept)
        try:
            dump.rename(self.path)
        except OSError:
            _move(kept, self.path)
            raise
        return kept if kept.exists() else None

    def _demand_unused(self) -> None:
        """Leaving write-ahead logging needs the database for oneself, and folds what is in the log into the file."""
        if not self.path.exists():
            return
        try:
            with closing(sqlite3.connect(self.path, timeout=2)) as present:
                mode = present.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        except sqlite3.OperationalError:
            mode = "locked"
        except sqlite3.DatabaseError:
            return  # broken: that may be why it is replaced
        if mode != "delete":
            raise BackupError(_("数据库正在使用；请先停止网站和后台任务，再恢复"))


def _move(path: Path, target: Path) -> None:
    """A SQLite database with what may lie beside it."""
    for tail in ("", "-wal", "-shm"):
        if (beside := Path(f"{path}{tail}")).exists():
            beside.rename(f"{target}{tail}")


class Postgres:
    name, part = "postgresql", "database/gongkai.dump"

    def __init__(self, options: dict[str, Any]) -> None:
        names = {"PGDATABASE": "NAME", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGHOST": "HOST", "PGPORT": "PORT"}
        given = {variable: str(options[key]) for variable, key in names.items() if options.get(key)}
        secure = options.get("OPTIONS", {}).get("sslmode")
        self.environment = os.environ | given | ({"PGSSLMODE": str(secure)} if secure else {})

    def dump(self, target: Path) -> None:
        self._run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")

    def prove(self, dump: Path) -> None:
        self._run("pg_restore", "--list", str(dump))

    def put_back(self, dump: Path, stamp: str) -> Path | None:
        """In one transaction: what fails leaves everything as it was. The old data are dumped beside the new."""
        script = Path(f"{dump}.sql")
        self._run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(dump))
        connections["default"].close()
        kept = Path(settings.DATA) / f"database.replaced-{stamp}.dump"
        self.dump(kept)
        try:
            self._into(script)
        except BackupError:
            kept.unlink()
            raise
        finally:
            script.unlink()
        return kept

    def _into(self, script: Path) -> None:
        once = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
        self._run("psql", *once, f"--command={EMPTY}", f"--file={script}")

    def _run(self, command: str, *arguments: str) -> None:
        path = shutil.which(command)
        if path is None:
            raise BackupError(_("没有 %s 命令；请先安装 PostgreSQL 客户端（postgresql-client）") % command)
        done = subprocess.run([path, *arguments], env=self.environment, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            said = [line for line in done.stderr.splitlines() if line.strip()] or [str(done.returncode)]
            raise BackupError(_("%(command)s 没有完成：%(why)s") % {"command": command, "why": said[0][:300]})


def database() -> Database:
    """The database of this installation."""
    options = connections["default"].settings_dict
    if connections["default"].vendor == "postgresql":
        return Postgres(options)
    return Sqlite(Path(options["NAME"]))
