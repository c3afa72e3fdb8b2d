"""A catalogue as the public would see it. Where its content stands is shown live; the words are what is signed."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.events.models import Event
from gongkai.foundation.registries import Reviewable, reviewables
from gongkai.review.digests import as_text
from gongkai.standards.differences import COMPARED, shown
from gongkai.standards.models import Catalogue, Row
from gongkai.standards.public.addresses import catalogue_address

CATALOGUE = "standards.catalogue"

# Labels of the signed text: part of the digest, so never translated; changing one closes the gate.
TITLE, FIELD, VERSION, FROM, NOTES, ROW, EXEMPT = "标题", "领域", "版本", "施行日期", "附注", "第 {} 项", "未涉及"


def catalogue_text(catalogue: Catalogue) -> str:
    """Every cell that the public reads."""
    head = [
        (TITLE, catalogue.title),
        (FIELD, catalogue.field_name),
        (VERSION, str(catalogue.version)),
        (FROM, f"{catalogue.valid_from:%Y-%m-%d}"),
        (NOTES, catalogue.notes),
    ]
    return as_text([*head, *_rows(catalogue)])


def _rows(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for row in catalogue.rows.all():
        yield ROW.format(row.position), "\n".join(_cells(catalogue, row))


def _cells(catalogue: Catalogue, row: Row) -> Iterator[str]:
    row.catalogue = catalogue
    core = row.as_core()
    yield from (core.first, core.second, core.third)
    for name, _label in COMPARED:
        yield shown(core, name)
    if row.exempt:
        yield f"{EXEMPT}：{row.exempt_reason}"


def texts(catalogue: Catalogue) -> list[tuple[str, str]]:
    """What people and the machine read: the same words, without what they are filed under."""
    return [(TITLE, catalogue.title), (NOTES, catalogue.notes), *_rows(catalogue)]


def authors(catalogue: Catalogue) -> set[int]:
    """Who imported it, and who wrote beside a row why it does not concern the body."""
    rows = ContentType.objects.get_for_model(Row)
    written = Event.objects.filter(content_type=rows, object_id__in=catalogue.rows.values("pk")).exclude(actor=None)
    imported = {catalogue.created_by_id} if catalogue.created_by_id else set()
    return imported | set(written.values_list("actor_id", flat=True))


def prepare(catalogues: QuerySet[Catalogue]) -> QuerySet[Catalogue]:
    return catalogues.select_related("body").prefetch_related("rows")


reviewables.register(
    Reviewable(
        key=CATALOGUE,
        label=_("标准目录"),
        model=Catalogue,
        title=lambda catalogue: catalogue.title,
        digest=catalogue_text,
        body_id=lambda catalogue: catalogue.body_id,
        address=catalogue_address,
        prepare=prepare,
        texts=texts,
        authors=authors,
    )
)
