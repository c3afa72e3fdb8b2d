"""The columns an import may fill, and which of a source's columns goes into each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import QuerySet

from gongkai.bodies.models import Body, Kind
from gongkai.core.siteimport import Record
from gongkai.portal.importing.drafting import Target
from gongkai.portal.importing.models import Batch
from gongkai.portal.models import ColumnPage, SectionPage
from gongkai.portal.paths import at_or_below


def columns_for(body: Body) -> QuerySet[ColumnPage]:
    """The columns of a body; for a county those of all its bodies."""
    sections = SectionPage.objects.filter(body=body)
    if body.kind == Kind.COUNTY:
        sections = SectionPage.objects.filter(body__in=Body.objects.of_county(body).order_by())
    return ColumnPage.objects.filter(at_or_below(sections.values_list("path", flat=True))).order_by("path")


def targets_of(batch: Batch) -> dict[str, Target]:
    """Name of a source's column -> where its articles go. A column that is gone, or another body's, is none."""
    wanted = {int(pk) for pk in batch.columns.values() if pk}
    columns = {one.pk: one for one in columns_for(batch.body).filter(pk__in=wanted)}
    sections = list(SectionPage.objects.all().values_list("path", "body_id", "collection_id"))
    found = {}
    for name, pk in batch.columns.items():
        column = columns.get(int(pk)) if pk else None
        if column is not None:
            _path, body, folder = next(one for one in sections if column.path.startswith(one[0]))
            found[name] = Target(column, body, folder)
    return found


def counted(records: Iterable[Record], fields: dict[str, str]) -> Counter[str]:
    """How many records name each column of the source."""
    name = fields.get("column", "column")
    return Counter(" ".join(str(one.values.get(name) or "").split()) for one in records if not one.problem)


def suggested(names: Iterable[str], columns: Iterable[ColumnPage]) -> dict[str, int]:
    """The column whose title is that of the source's, when there is exactly one."""
    titles = Counter(column.title for column in columns)
    known = {column.title: column.pk for column in columns if titles[column.title] == 1}
    last = {name: name.rpartition("/")[2].rpartition(">")[2].strip() for name in names}
    return {name: known.get(name) or known[last[name]] for name in last if name in known or last[name] in known}
