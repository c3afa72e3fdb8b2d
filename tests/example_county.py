"""The example county, filled once in a run of the tests and copied wherever one is wanted.

Filling it goes through the gate and takes longest of all a journey does. The workers of one run share what is filled, one
county for each moment it is filled at; EXAMPLE_COUNTY names a folder that keeps it for the next run as well, for whoever
writes a journey and changes nothing that fills the county.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.migrated import Shelf

KEPT = os.environ.get("EXAMPLE_COUNTY", "")
FOREIGN = ("GONGKAI_", "DATABASE_", "DJANGO_")


class ExampleCounty:
    """Where filled counties lie, by the moment they were filled at."""

    def __init__(self, shelf: Path, migrated: Shelf) -> None:
        self.shelf = shelf
        self.migrated = migrated
        shelf.mkdir(parents=True, exist_ok=True)

    def copied(self, data: Path, now: str = "") -> Path:
        """An installation below `data`, with the county as it is at `now`; absent is today."""
        name = "".join(character for character in now if character.isdigit()) or "today"
        filled = self.shelf / name
        with self._alone(name):
            if not filled.exists():
                self._fill(filled, now)
        return Path(shutil.copytree(filled, data, dirs_exist_ok=True))

    def _fill(self, filled: Path, now: str) -> None:
        """Under another name until it is whole, so that one that failed is not taken for filled."""
        begun = filled.with_suffix(".begun")
        shutil.rmtree(begun, ignore_errors=True)
        begun.mkdir()
        shutil.copyfile(self.migrated.file(), begun / "gongkai.sqlite3")
        environment = untouched() | {"GONGKAI_DATA": str(begun)} | ({"GONGKAI_NOW": now} if now else {})
        for step in (["manage", "migrate", "-v0"], ["demo"]):
            done = subprocess.run(
                [sys.executable, "-m", "gongkai.cli", *step], env=environment, capture_output=True, text=True
            )
            assert done.returncode == 0, done.stderr[-3000:]
        begun.rename(filled)

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        with (self.shelf / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # given back when the file is closed
            yield


def untouched() -> dict[str, str]:
    """The environment without what names another installation."""
    return {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}


@pytest.fixture(scope="session")
def example_county(tmp_path_factory: pytest.TempPathFactory, migrated: Shelf) -> ExampleCounty:
    """One for all workers: their own folders lie side by side in that of the run."""
    own = tmp_path_factory.getbasetemp()
    run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    return ExampleCounty(Path(KEPT) if KEPT else run / "example-county", migrated)
