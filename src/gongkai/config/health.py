"""What a load balancer asks: does the database answer, and is the schema the one this code expects."""

from __future__ import annotations

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse


class Pending(Exception):
    """The database has not had all migrations."""


@cache
def demand_migrated() -> None:
    """Asked until the answer is yes; code and schema do not part again while a process runs."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Pending


def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the product can work, 503 with the reason when it cannot."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        demand_migrated()
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "reason": "database"}, status=503)
    except Pending:
        return JsonResponse({"status": "unavailable", "reason": "migrations"}, status=503)
    return JsonResponse({"status": "ok"})
