"""The address that a load balancer asks."""

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from gongkai.config import health


@pytest.fixture(autouse=True)
def asked_anew():
    health.demand_migrated.cache_clear()
    yield
    health.demand_migrated.cache_clear()


def test_healthy(client, db):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_pending_migrations_are_not_healthy(client, db):
    if MigrationRecorder.Migration._meta.db_table not in connection.introspection.table_names():
        pytest.skip("the tables were made without migrations (--nomigrations)")
    MigrationRecorder.Migration.objects.filter(app="events").delete()
    response = client.get("/healthz")
    assert (response.status_code, response.json()["reason"]) == (503, "migrations")


def test_a_database_that_does_not_answer_is_not_healthy(client, db, monkeypatch):
    def fail():
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", fail)
        assert health.healthz(None).status_code == 503


def test_the_schema_is_looked_at_once(client, db, django_assert_num_queries):
    client.get("/healthz")
    with django_assert_num_queries(1):
        assert client.get("/healthz").status_code == 200
