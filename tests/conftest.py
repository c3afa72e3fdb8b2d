"""Fixtures for everybody."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django_tasks_db.management.commands import db_worker
from hypothesis import settings as hypothesis_settings
from tests.example_county import example_county  # noqa: F401
from tests.migrated import django_db_keepdb, migrated  # noqa: F401
from tests.remembering import memory
from tests.stack import on_a_wide_stack

# `make test-fast` looks at fewer examples of each property; the whole suite at hypothesis's hundred, the same ones every
# time, so that a change is judged by what it changes. HYPOTHESIS_PROFILE=search looks for new ones.
hypothesis_settings.register_profile("fast", max_examples=15, deadline=None)
hypothesis_settings.register_profile("whole", deadline=None, derandomize=True)
hypothesis_settings.register_profile("search", deadline=None, max_examples=1000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "whole"))

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real notices, reports and calendars beside the checkout; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real samples (../shared) is not here")
    return SHARED


@pytest.fixture(autouse=True, scope="session")
def one_connection() -> None:
    """A worker inside a test keeps the test's connection, whose open transaction it would take for a leak."""
    db_worker.close_old_connections = lambda: None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a browser does takes longest and goes first: a journey that begins last is waited for by everybody. What asks
    the database is marked, so that the rest need not be done again on another one."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)
    for item in items:
        if asks(item, "db", "transactional_db", "live_server") or item.get_closest_marker("django_db"):
            item.add_marker("database")


def asks(item: pytest.Item, *fixtures: str) -> bool:
    """Whether it or a fixture of it names one of the fixtures."""
    return not set(fixtures).isdisjoint(getattr(item, "fixturenames", ()))


def commits(item: pytest.Item) -> bool:
    """Whether its database is emptied after it, instead of rolled back."""
    mark = item.get_closest_marker("django_db")
    return asks(item, "transactional_db", "live_server") or bool(mark and mark.kwargs.get("transaction"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    runner = item.config.pluginmanager.get_plugin("runner")
    return on_a_wide_stack(runner.pytest_runtest_protocol, item, nextitem)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    if commits(item):
        return (yield)
    with memory.of_a_test():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    try:
        return (yield)
    finally:
        if commits(item):
            memory.forget_world()


@pytest.fixture
def search_index(request: pytest.FixtureRequest) -> None:
    """The index of words: on SQLite a table of its own kind, which only a migration makes."""
    if request.config.getoption("nomigrations") and connection.vendor == "sqlite":
        pytest.skip("the tables were made without migrations (--nomigrations)")
