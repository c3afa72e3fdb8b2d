"""Which catalogues, rows and contents a person reaches, and what goes with them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongkai.bodies.models import Body
from gongkai.core import catalogues as core
from gongkai.foundation import clock
from gongkai.foundation.access import Rights
from gongkai.foundation.accounts.models import User
from gongkai.foundation.registries import Place, content_sources
from gongkai.rectification.models import Case
from gongkai.review.models import Release
from gongkai.review.models import State as ReleaseState
from gongkai.standards.models import Catalogue, CatalogueQuerySet, Link, LinkState, Row, RowQuerySet, Stray
from gongkai.standards.naming import Named


def catalogues_for(rights: Rights) -> CatalogueQuerySet:
    """The catalogues of the bodies that a person reaches, and those of the county that name one of them."""
    reached = rights.bodies()
    found = Catalogue.objects.select_related("body")
    if reached is None:
        return found
    naming = Row.objects.filter(catalogue=OuterRef("pk"), owner_id__in=reached)
    return found.filter(Q(body_id__in=reached) | Exists(naming))


def templates_for(rights: Rights) -> CatalogueQuerySet:
    """乡镇模板 in force."""
    return catalogues_for(rights).current().filter(is_template=True)


def rows_for(rights: Rights) -> RowQuerySet:
    """Rows by which somebody owes content, of the bodies reached: by their catalogue, or as the body named in it."""
    reached = rights.bodies()
    rows = Row.objects.owed().select_related("catalogue__body", "owner", "check_result")
    if reached is None:
        return rows
    return rows.filter(Q(catalogue__body_id__in=reached) | Q(owner_id__in=reached))


def strays_for(rights: Rights) -> QuerySet[Stray]:
    reached = rights.bodies()
    strays = Stray.objects.select_related("body", "catalogue")
    return strays if reached is None else strays.filter(Q(body_id__in=reached) | Q(catalogue__body_id__in=reached))


def bodies_owing(rights: Rights) -> QuerySet[Body]:
    """The bodies whose catalogues a person reaches, in the register's order."""
    return Body.objects.filter(pk__in=catalogues_for(rights).owed().order_by().values("body_id"))


def fields_owing(rights: Rights) -> list[tuple[str, str]]:
    """Key and name of each field in the catalogues that a person reaches."""
    found = catalogues_for(rights).owed().order_by("field_key").values_list("field_key", "field_name").distinct()
    return in_order(dict(found))


def in_order(names: dict[str, str]) -> list[tuple[str, str]]:
    """The 26 in the State Council's order, then others by name."""
    order = {one.key: at for at, one in enumerate(core.fields())}
    return sorted(names.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[1]))


def catalogue_keys(rights: Rights, bodies: list[Body]) -> dict[tuple[int, str], int]:
    """Body and field -> the catalogue in force, of those that a person reaches."""
    found = catalogues_for(rights).owed().filter(body__in=bodies)
    return {(body, field): pk for pk, body, field in found.values_list("pk", "body_id", "field_key")}


def rows_of(catalogue: Catalogue) -> QuerySet[Row]:
    """All rows in their order, with what was found."""
    return catalogue.rows.select_related("check_result", "owner").prefetch_related("faults").order_by("position")


def rows_to_write(catalogue: Catalogue) -> QuerySet[Row]:
    """All rows in their order, as a workbook has them."""
    return catalogue.rows.select_related("catalogue").order_by("position")


def owing_a_page(catalogue: Catalogue) -> QuerySet[Row]:
    """The rows that owe a public page, mapped or not."""
    return catalogue.rows.filter(needs_page=True, exempt=False)


def as_core(catalogue: Catalogue) -> list[core.Row]:
    """The rows as files and comparisons have them."""
    return [row.as_core() for row in rows_to_write(catalogue)]


def versions_of(catalogue: Catalogue) -> list[Catalogue]:
    """Every version of the same catalogue, the newest first."""
    same = Catalogue.objects.filter(
        body=catalogue.body_id, field_key=catalogue.field_key, is_template=catalogue.is_template
    )
    return list(same.select_related("created_by").order_by("-version"))


def waiting_release(kind: str, catalogue: Catalogue) -> Release | None:
    """The passage through the reviews that is going on."""
    return Release.objects.filter(kind=kind, object_id=catalogue.pk, state=ReleaseState.WAITING).first()


def places_for(catalogue: Catalogue) -> dict[str, list[Place]]:
    """Source -> the places of the catalogue's body, and of the bodies that its rows name, one by one or together."""
    bodies = bodies_named(catalogue)
    return {source.key: list(source.places(bodies)) for source in content_sources}


def bodies_named(catalogue: Catalogue) -> set[int]:
    """The catalogue's own body and all that its rows name."""
    named = Named(clock.today())
    rows = catalogue.rows.select_related("catalogue").only("body_text", "owner", "catalogue__body")
    found = {catalogue.body_id}
    for row in rows:
        found.update([row.owner_id] if row.owner_id else named.several(row))
    return found


def named_by(row: Row) -> tuple[Body, ...]:
    """The bodies that the row's 公开主体 means, where it means several."""
    return Named(clock.today()).bodies(row)


def unmapped(catalogue: Catalogue) -> QuerySet[Row]:
    """The rows that owe a page and have no confirmed place."""
    return (
        owing_a_page(catalogue)
        .exclude(links__state=LinkState.CONFIRMED)
        .select_related("catalogue")
        .order_by("position")
    )


def suggested(catalogue: Catalogue) -> QuerySet[Row]:
    """Of those, the ones for which the machine knows a place."""
    return unmapped(catalogue).filter(links__state=LinkState.SUGGESTED).distinct()


UNDO = timedelta(minutes=10)


def undoable(catalogue: Catalogue, user: User | None) -> QuerySet[Link]:
    """Suggestions that the person confirmed a short while ago."""
    fresh = Link.objects.filter(row__catalogue=catalogue, state=LinkState.CONFIRMED, score__gt=0, confirmed_by=user)
    return fresh.filter(confirmed_at__gte=clock.now() - UNDO)


def confirmed_lately(catalogue: Catalogue, user: User) -> list[tuple[datetime, int]]:
    """Moments and how many were confirmed together then, the newest first."""
    counted = undoable(catalogue, user).order_by("-confirmed_at").values_list("confirmed_at").annotate(Count("pk"))
    return [(at, count) for at, count in counted if at is not None]


def suggested_links(catalogue: Catalogue, pks: Collection[int]) -> list[Link]:
    """Of these links, the ones of the catalogue's rows."""
    return list(Link.objects.filter(pk__in=pks, row__catalogue=catalogue))


def links_of(row: Row) -> QuerySet[Link]:
    """Where the row's content stands, as people confirmed it."""
    return row.links.filter(state=LinkState.CONFIRMED).select_related("confirmed_by")


def cases_of(source: str, references: list[str]) -> list[Case]:
    """The newest problems to be mended that were opened for these references."""
    return list(Case.objects.filter(source=source, reference__in=references).order_by("-pk")[:5])
