"""The ledger at 10 yearly plans × 200 bodies × 60 items (120,000 assignments), and at a tenth of that.

    make bench            # or: python -m bench.ledger

Every figure is taken over HTTP from the server that `gongkai serve` runs, rendering included. Beside them, in the same
run, stand the floor (an address that only asks the database one thing) and a peer on the same machine: Wagtail's own
page explorer over the bodies' sections.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.server import HEAD, Client, Timing, serving

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"a tenth": (10, 20, 60), "whole": (10, 200, 60)}


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def prepare(plans: int, bodies: int, items: int) -> dict[str, str]:
    """Fill the database; the addresses and names that the measurements use."""
    from django.core.management import call_command
    from tests.ledger.builders import Size, fill

    from gongkai.bodies.models import Body
    from gongkai.bodies.sections import keep_all_in_step
    from gongkai.ledger.models import Assignment
    from gongkai.portal.models import HomePage, SectionPage
    from gongkai.portal.structure import ensure_portal

    call_command("migrate", verbosity=0)
    filled = fill(Size(plans=plans, bodies=bodies, items=items), events=True)
    ensure_portal()
    keep_all_in_step()
    counted = Assignment.objects.count()
    print(f"{counted:,} assignments, {Body.objects.count()} bodies")
    return {
        "plan": str(filled.plans[0].pk),
        "office": filled.office.username,
        "clerk": filled.clerk.username,
        "section": str(SectionPage.objects.get(body=filled.bodies[0]).pk),
        "home": str(HomePage.objects.get(county=filled.county).pk),
        "one": str(Assignment.objects.filter(plan=filled.plans[0], body=filled.bodies[0]).first().pk),
    }


def over_http(names: dict[str, str]) -> Iterator[Timing]:
    plan = names["plan"]
    with serving() as port:
        office, clerk = Client(port), Client(port)
        office.sign_in(names["office"], "gongkai-demo")
        clerk.sign_in(names["clerk"], "gongkai-demo")
        board = f"/admin/ledger/?plan={plan}"
        yield office.measure("floor: /healthz", "/healthz")
        yield office.measure("peer: Wagtail's explorer (office)", f"/admin/pages/{names['home']}/")
        yield clerk.measure("peer: Wagtail's explorer (clerk)", f"/admin/pages/{names['section']}/")
        yield office.measure("board, pages 1–3", *(f"{board}&page={page}" for page in (1, 2, 3)))
        yield office.measure("board, overdue only", f"{board}&overdue=1")
        yield clerk.measure("my tasks", "/admin/ledger/mine/")
        yield clerk.measure("one assignment", f"/admin/ledger/assignments/{names['one']}/")
        yield office.measure("tasks, filtered", f"/admin/ledger/tasks/?plan={plan}&state=submitted")
        yield office.measure("by item", f"/admin/ledger/items/?plan={plan}")
        yield office.measure("timeline", f"/admin/ledger/timeline/?plan={plan}")
        yield office.measure("home of the office", "/admin/", rounds=30)
        yield office.measure("export to Excel", f"/admin/ledger/export/{plan}/?kind=xlsx", rounds=5)
        yield office.measure("export to Word", f"/admin/ledger/export/{plan}/?kind=docx", rounds=5)


def importing() -> tuple[float, int]:
    """Seconds from the file of the example notice to its ledger, over all bodies there are, and its assignments."""
    from django.core.files import File

    from gongkai.bodies.models import Body
    from gongkai.foundation.accounts.models import User
    from gongkai.ledger import services

    county, office = Body.objects.get(code="scale"), User.objects.get(username="office.scale")
    made = []

    def work() -> None:
        with (ROOT / "examples" / "qinghe" / "notice.docx").open("rb") as file:
            draft = services.upload_notice(office, county, File(file, "notice.docx"))
        names = [entry.name for entry in _unknown(draft)]
        services.settle(office, draft, names=dict.fromkeys(names), all_warnings=True)
        made.append(services.commit(office, draft))

    return timed(work), made[0].assignments.count()


def _unknown(draft: object) -> list:
    from gongkai.ledger.importing.proposal import Proposal

    return list(Proposal(draft).missing)


def run(label: str) -> None:
    """One size, in this process; its data folder is in the environment."""
    import django

    django.setup()
    plans, bodies, items = SIZES[label]
    print(f"== {label}: {plans} plans × {bodies} bodies × {items} items", flush=True)
    names = prepare(plans, bodies, items)
    print(HEAD, flush=True)
    for timing in over_http(names):
        print(timing.row(), flush=True)
    seconds, assignments = importing()
    print(f"import of the example notice: {seconds:.2f} s, {assignments} assignments", flush=True)


def main() -> None:
    """Each size in a process of its own, with data of its own that goes away."""
    for label in SIZES:
        with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
            settings = {
                "GONGKAI_DATA": folder,
                "GONGKAI_NOW": "2023-09-20T09:00:00+08:00",
                "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
            }
            command = [sys.executable, "-m", "bench.ledger", label]
            subprocess.run(command, check=True, env={**os.environ, **settings})


if __name__ == "__main__":
    run(sys.argv[1]) if len(sys.argv) > 1 else main()
