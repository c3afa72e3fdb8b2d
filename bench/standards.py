"""One reconciliation of 40 townships × 26 fields × 60 rows (62,400 rows), and of a tenth of the townships.

    python -m bench.standards

Every township has one column with one article through the gate; nine rows in ten are linked to it, the rest to nothing.
Printed: seconds and queries of the first run and of one that finds nothing new, and the milliseconds and queries of the
screens that show the result.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from bench.server import HEAD, Timing

FIELDS, ROWS = 26, 60
LOOKS = 20
SCREENS = {
    "board": "",
    "board, second page": "?page=2",
    "rows": "rows/",
    "rows, last page": "rows/?p={last}",
    "rows with gaps": "rows/?gap=yes",
    "rows of a field": "rows/?field=culture&state=empty",
}
SIZES = {"a tenth": 4, "whole": 40}


def prepare(townships: int) -> object:
    """Fill the database; the person who looks at the board."""
    from datetime import date

    from django.core.management import call_command
    from tests.portal.writing import article, column, section, through_the_gate

    from gongkai.bodies.models import Body, Kind, RoleHolding
    from gongkai.bodies.sections import keep_in_step
    from gongkai.core import catalogues as core
    from gongkai.foundation import clock
    from gongkai.foundation.access import Role
    from gongkai.foundation.accounts.models import User
    from gongkai.portal.structure import ensure_portal
    from gongkai.portal.tree import COLUMNS
    from gongkai.standards.models import Catalogue, Link, Row

    call_command("migrate", verbosity=0)
    county = Body.objects.create(code="scale", name="测量县人民政府", kind=Kind.COUNTY)
    limit = core.read_limit("自信息形成或者变更之日起20个工作日内").to_dict()
    for n in range(townships):
        body = Body.objects.create(code=f"scale.t{n}", name=f"第{n}镇人民政府", kind=Kind.TOWNSHIP, parent=county)
        ensure_portal()
        place = through_the_gate(column(section(body), "公开专栏"))
        through_the_gate(article(place, "公开内容", published_on=clock.today()))
        for field in core.fields():
            catalogue = Catalogue.objects.create(
                body=body, field_key=field.key, field_name=field.name, version=1, current=True, title=field.name,
                valid_from=date(2023, 1, 1), created_at=clock.now(),
            )  # fmt: skip
            rows = Row.objects.bulk_create(
                Row(
                    catalogue=catalogue, position=at, identity=f"{at:064d}", first="事项", second=f"事项{at}",
                    content="名称、时间、地点、联系方式" * 8, limit=limit, body_text=body.name, needs_page=True,
                )
                for at in range(ROWS)
            )  # fmt: skip
            Link.objects.bulk_create(
                Link(row=row, source=COLUMNS, target=str(place.pk), label="公开专栏", state="confirmed")
                for row in rows
                if row.position % 10
            )
    office = User.objects.create_user("office.scale", name="office")
    RoleHolding.objects.create(user=office, body=county, role=Role.OFFICE, since=date(2020, 1, 1))
    keep_in_step(office)
    return office


def measured(name: str, work: Callable[[], object]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        work()
    seconds = time.perf_counter() - begun
    print(f"{name:40} {seconds:8.2f} s {len(queries):6} queries", flush=True)


def looked(name: str, client: Any, address: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        size = len(_seen(client, address))
    asked, times = len(queries), []
    for _look in range(LOOKS):
        begun = time.perf_counter()
        _seen(client, address)
        times.append((time.perf_counter() - begun) * 1000)
    print(f"{Timing(name, times, size).row()} {asked:6} queries", flush=True)


def _seen(client: Any, address: str) -> bytes:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return answer.content  # type: ignore[no-any-return]


def run(label: str) -> None:
    """One size, in this process; its data folder is in the environment."""
    import django

    django.setup()
    townships = SIZES[label]
    print(f"== {label}: {townships} × {FIELDS} × {ROWS} = {townships * FIELDS * ROWS} rows", flush=True)
    office = prepare(townships)
    from django.test import Client

    from gongkai.bodies.models import Body
    from gongkai.foundation.access import rights_of
    from gongkai.standards.mending import findings
    from gongkai.standards.selectors import Wanted, fault_counts, listed_catalogues, listed_rows, matrix
    from gongkai.standards.services import reconcile

    measured("first reconciliation", lambda: reconcile(None))
    measured("again, nothing new", lambda: reconcile(None))
    measured("numbers of the board", lambda: matrix(rights_of(office)))  # type: ignore[arg-type]
    measured("faults by kind", lambda: fault_counts(rights_of(office)))  # type: ignore[arg-type]
    client = Client(headers={"host": "localhost"})
    client.force_login(office)  # type: ignore[arg-type]
    county = Body.objects.get(code="scale")
    measured("public, by words", lambda: listed_rows(county, Wanted("事项59"))[:30].count())
    measured("public, list", lambda: list(listed_catalogues(county, Wanted())[:30]))
    measured("findings for rectification", lambda: list(findings()))
    print(HEAD)
    last = townships * FIELDS * ROWS // 30
    for name, query in SCREENS.items():
        looked(name, client, f"/admin/standards/{query.format(last=last)}")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB", flush=True)


def main() -> None:
    """Each size in a process of its own, with data of its own that goes away."""
    for label in SIZES:
        with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
            settings = {"GONGKAI_DATA": folder, "DJANGO_SETTINGS_MODULE": "gongkai.config.settings"}
            command = [sys.executable, "-m", "bench.standards", label]
            subprocess.run(command, check=True, env={**os.environ, **settings})


if __name__ == "__main__":
    run(sys.argv[1]) if len(sys.argv) > 1 else main()
