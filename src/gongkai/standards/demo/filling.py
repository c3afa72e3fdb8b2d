"""Filling the example county: catalogues imported, content through the gate, rows mapped, and one look at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from django.core.files import File

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.portal.models import ArticlePage, ColumnPage, SectionPage
from gongkai.portal.tree import COLUMNS, PAGES
from gongkai.standards import services
from gongkai.standards.models import Catalogue, Row
from gongkai.standards.reviewables import CATALOGUE as CATALOGUE_KIND

CATALOGUE, TEMPLATE = "catalogue.csv", "township.csv"
Publish = Callable[[Any], None]
Send = Callable[[User, str, int], None]
ClerkOf = Callable[[Body], User]


def fill(folder: Path, county: Body, office: User, publish: Publish, send: Send, clerk_of: ClerkOf) -> int:
    """Make it all from the files in `folder`, the catalogues public at last; how many rows were looked at."""
    with (folder / CATALOGUE).open("rb") as file:
        services.import_catalogue(office, county, File(file, CATALOGUE))
    with (folder / TEMPLATE).open("rb") as file:
        (template,) = services.import_catalogue(office, county, File(file, TEMPLATE), template=True)
    bodies = {body.code.rpartition(".")[2]: body for body in Body.objects.of_county(county)}
    for plan in yaml.safe_load(Path(__file__).with_name("content.yaml").read_text("utf-8")):
        body = bodies[plan["body"]]
        if body.kind != "department":
            services.adopt(office, template, [body])
        _content(plan, body, office, publish, clerk_of(body))
    for catalogue in Catalogue.objects.owed().select_related("body"):
        send(clerk_of(catalogue.body), CATALOGUE_KIND, catalogue.pk)
    services.reconcile(None)
    return Row.objects.owed().count()


def _content(plan: dict[str, Any], body: Body, office: User, publish: Publish, clerk: User) -> None:
    rows = Row.objects.owed().filter(catalogue__field_key=plan["field"], catalogue__body__in=[body, body.root])
    column = _column(SectionPage.objects.get(body=body), plan["column"], clerk, publish)
    for one in plan["content"]:
        article = _article(column, one, clerk, publish)
        row = rows.select_related("catalogue").get(second=one["matter"])
        services.link_place(office, row, PAGES, str(article.pk), one.get("standing", False))
    for one in plan.get("strays", ()):
        _article(column, one, clerk, publish)
    for one in plan.get("exempt", ()):
        services.exempt(office, rows.select_related("catalogue").get(second=one["matter"]), one["reason"])
    catalogues = Catalogue.objects.owed().filter(field_key=plan["field"])
    catalogue = catalogues.filter(body=body).first() or catalogues.get(body=body.root)
    services.set_column(office, catalogue, COLUMNS, str(column.pk))


def _column(section: SectionPage, title: str, clerk: User, publish: Publish) -> ColumnPage:
    column = ColumnPage(title=title, slug="catalogue", owner=clerk, live=False)
    section.add_child(instance=column)
    column.save_revision(user=clerk, clean=False)
    publish(column)
    return ColumnPage.objects.get(pk=column.pk)


def _article(column: ColumnPage, one: dict[str, Any], clerk: User, publish: Publish) -> ArticlePage:
    day = clock.today() - timedelta(days=one["days"])
    article = ArticlePage(
        title=one["title"], body=f"<p>{one['title']}。</p>", published_on=day, owner=clerk, live=False
    )
    ColumnPage.objects.get(pk=column.pk).add_child(instance=article)
    article.save_revision(user=clerk, clean=False)
    publish(article)
    return ArticlePage.objects.get(pk=article.pk)
