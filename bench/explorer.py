"""Wagtail's explorer, choosers and lists at 200 bodies and 100,000 pages.

    python -m bench.explorer          # about eight minutes

Every figure is taken over HTTP from the server that `gongkai serve` runs, rendering included, for the office, which
sees everything, and for a clerk, who sees one section. The floor is an address that asks the database one thing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.server import HEAD, Client, Timing, serving

ROOT = Path(__file__).resolve().parent.parent
BODIES, COLUMNS, ARTICLES = 200, 5, 100
LIMIT = 300.0  # ms, p95
BULK = "/admin/bulk/wagtailcore/page/move/"


def prepare() -> dict[str, str]:
    from datetime import date

    from django.core.management import call_command
    from tests.portal.many import grow
    from wagtail.models import Page

    from gongkai.bodies.models import Body, Kind, RoleHolding
    from gongkai.bodies.sections import keep_in_step
    from gongkai.foundation.access import Role
    from gongkai.foundation.accounts.models import User
    from gongkai.portal.models import ArticlePage, ColumnPage, HomePage, SectionPage
    from gongkai.portal.structure import ensure_portal

    call_command("migrate", verbosity=0)
    county = Body.objects.create(code="qinghe", name="清河县人民政府", kind=Kind.COUNTY)
    made = [
        Body.objects.create(code=f"qinghe.b{n:03}", name=f"清河县第{n + 1}单位", kind=Kind.DEPARTMENT, parent=county)
        for n in range(BODIES)
    ]
    ensure_portal()
    for name, body, role in (("office", county, Role.OFFICE), ("clerk", made[0], Role.CLERK)):
        user = User.objects.create_user(name, password="gongkai-demo", name=name)
        RoleHolding.objects.create(user=user, body=body, role=role, since=date(2020, 1, 1))
        keep_in_step(user)
    grow(COLUMNS, ARTICLES)
    print(f"{Body.objects.count()} bodies, {Page.objects.count():,} pages")
    section = SectionPage.objects.get(body=made[0])
    column = ColumnPage.objects.child_of(section).first()
    return {
        "home": str(HomePage.objects.get(county=county).pk),
        "section": str(section.pk),
        "column": str(column.pk),
        "article": str(ArticlePage.objects.child_of(column).first().pk),
    }


def measured(names: dict[str, str]) -> Iterator[Timing]:
    with serving() as port:
        for user in ("office", "clerk"):
            client = Client(port)
            client.sign_in(user, "gongkai-demo")
            pages = {
                "floor: /healthz": "/healthz",
                "front page's sections": f"/admin/pages/{names['home']}/",
                "a section": f"/admin/pages/{names['section']}/",
                "a column": f"/admin/pages/{names['column']}/",
                "a column by title": f"/admin/pages/{names['column']}/?ordering=title",
                "a column, second page": f"/admin/pages/{names['column']}/?p=2",
                "a column, filtered": f"/admin/pages/{names['column']}/?has_child_pages=false",
                "the editor": f"/admin/pages/{names['article']}/edit/",
                "chooser": f"/admin/choose-page/{names['column']}/",
                "chooser, all sections": f"/admin/choose-page/{names['home']}/",
                "menu of pages (API)": f"/admin/api/main/pages/?child_of={names['home']}&for_explorer=1",
                "search, no words": "/admin/pages/search/",
                "bulk move": f"{BULK}?next=/admin/&id={names['article']}",
            }
            if user == "clerk":
                del pages["front page's sections"], pages["chooser, all sections"], pages["menu of pages (API)"]
            for what, address in pages.items():
                yield client.measure(f"{user}: {what}", address, rounds=40)


def main() -> None:
    if "--inside" in sys.argv:
        import django

        django.setup()
        names = prepare()
        print(HEAD, flush=True)
        for row in measured(names):
            print(row.row(), "" if row.p95 < LIMIT else "  too slow", flush=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "GONGKAI_DATA": folder, "DJANGO_SETTINGS_MODULE": "gongkai.config.settings"}
        subprocess.run([sys.executable, "-m", "bench.explorer", "--inside"], env=environment, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
