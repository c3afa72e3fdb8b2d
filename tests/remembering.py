"""What many tests begin with is made once in a process, and afterwards written again row by row.

A step is a function of tests that builds something by the product's own verbs (`county`, `writing.column`). The first time
its statements are kept; when a later test has come the same way so far, they are written again, a hundred times
quicker than the verbs that made them, and the result is a copy of what the step returned. It never stands in for what a
test looks at: it works only while fixtures are set up, in tests that roll back, and no longer in a test that wrote
anything else before. `FORGET=1 pytest …` does without.
"""

from __future__ import annotations

import os
import pickle
import re
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection, transaction
from django.db.models import Model

WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|COPY|WITH)\b", re.IGNORECASE)
UNDONE = re.compile(r"\s*ROLLBACK TO\b", re.IGNORECASE)


@dataclass
class Step:
    """statements: sql, params, whether they are many; callbacks: what waits for a commit that a test never makes."""

    statements: list[tuple[str, Any, bool]] = field(default_factory=list)
    callbacks: list[Callable[[], Any]] = field(default_factory=list)
    result: bytes = b""
    undone: bool = False


class Unknown(TypeError):
    """What a step was given cannot be told from something else."""


class Memory:
    def __init__(self) -> None:
        self.steps: dict[Hashable, Step] = {}
        self.world = 0  # another one after each test that commits
        self.sequences: dict[str, int | None] = {}
        self.way: Hashable | None = None  # what was built so far in this test; None: no longer known
        self.recording: Step | None = None

    @contextmanager
    def of_a_test(self) -> Iterator[None]:
        """While the fixtures of a test are set up."""
        self.way = None if os.environ.get("FORGET") else ("nothing", self.world)
        wrappers = connection.execute_wrappers  # a browser that is started meanwhile has a connection of its own
        wrappers.append(self._watch)
        try:
            yield
        finally:
            wrappers.remove(self._watch)
            self.way = None

    def forget_world(self) -> None:
        self.world += 1
        self.steps.clear()
        self.sequences.clear()

    def take(self, build: Callable[..., Any], args: tuple[Any, ...], fields: dict[str, Any]) -> Any:
        if self.recording is not None or self.way is None or not connection.in_atomic_block:
            return build(*args, **fields)
        try:
            key = (self.way, settings.GONGKAI_NOW, build.__module__, build.__qualname__, _known((args, fields)))
        except Unknown:
            self.way = None
            return build(*args, **fields)
        if self.way == ("nothing", self.world):
            self._number_from_the_start()
        self.way = key
        return self._again(self.steps[key]) if key in self.steps else self._first(key, build, args, fields)

    def _first(self, key: Hashable, build: Callable[..., Any], args: Any, fields: Any) -> Any:
        before = len(connection.run_on_commit)
        self.recording = step = Step()
        try:
            result = build(*args, **fields)
        except BaseException:
            self.way = None
            raise
        finally:
            self.recording = None
        step.callbacks = [entry[1] for entry in connection.run_on_commit[before:]]
        try:
            step.result = pickle.dumps(result)
        except (pickle.PicklingError, AttributeError, TypeError):
            step.undone = True
        if step.undone:
            self.way = None
        else:
            self.steps[key] = step
        return result

    def _again(self, step: Step) -> Any:
        with connection.cursor() as cursor:
            for sql, params, many in step.statements:
                (cursor.cursor.executemany if many else cursor.cursor.execute)(sql, params)
        for callback in step.callbacks:
            transaction.on_commit(callback)
        for cache in caches.all():
            cache.clear()
        return pickle.loads(step.result)

    def _watch(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql):
            params = list(params) if many else params
            if self.recording is not None:
                self.recording.statements.append((sql, params, many))
            else:
                self.way = None
        elif UNDONE.match(sql) and self.recording is not None:
            self.recording.undone = True
        return execute(sql, params, many, context)

    def _number_from_the_start(self) -> None:
        """PostgreSQL goes on counting when a test is rolled back: what is written again would bear other numbers."""
        if connection.vendor != "postgresql":
            return
        with connection.cursor() as cursor:
            if not self.sequences:
                cursor.execute(
                    "SELECT quote_ident(sequencename), last_value FROM pg_sequences WHERE schemaname = 'public'"
                )
                self.sequences = dict(cursor.fetchall())
            calls = (
                f"setval('{name}', {last or 1}, {'true' if last else 'false'})" for name, last in self.sequences.items()
            )
            cursor.execute(f"SELECT {', '.join(calls)}")


def _known(value: Any) -> Hashable:
    """By what a step tells its arguments apart: rows by their number, for it reads them anew."""
    if isinstance(value, Model) and value.pk is not None:
        return (value._meta.label, value.pk)
    if value is None or isinstance(value, str | bytes | int | date):
        return (type(value), value)
    if isinstance(value, tuple | list):
        return tuple(_known(one) for one in value)
    if isinstance(value, SimpleNamespace):
        value = vars(value)
    if isinstance(value, dict):
        return tuple((name, _known(one)) for name, one in sorted(value.items()))
    raise Unknown(type(value))


memory = Memory()


def remembered(build: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(build)
    def call(*args: Any, **fields: Any) -> Any:
        return memory.take(build, args, fields)

    return call
