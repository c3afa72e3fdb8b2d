"""What somebody looks for among the public records of a kind; the conditions live in the address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from gongkai.bodies.models import Body
from gongkai.disclosure.declaring import Kind
from gongkai.disclosure.models import RecordPage
from gongkai.disclosure.selectors import only_shown, public, search
from gongkai.foundation.input import number

CHUNK = 200
MOST = 10_000  # records in one file


@dataclass(frozen=True, slots=True)
class Wanted:
    """The conditions: words, code of a body, year of publication, values of the kind's choices."""

    q: str = ""
    body: str = ""
    year: int | None = None
    chosen: dict[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, kind: Kind, asked: QueryDict) -> Wanted:
        """What is not among the options is left out."""
        options = {key: kind.field(key).options for key in kind.filters}
        chosen = {key: value for key in kind.filters if (value := asked.get(key, "")) in options[key]}
        year = number(asked.get("year"))
        return cls(
            asked.get("q", "").strip()[:60],
            asked.get("body", "").strip()[:60],
            year if year and 1900 < year < 2200 else None,
            chosen,
        )

    def query(self) -> str:
        """The part of an address that asks for this, without what is empty."""
        pairs = {"q": self.q, "body": self.body, "year": self.year or "", **self.chosen}
        return urlencode({name: value for name, value in pairs.items() if value})

    def find(self, county: Body, kind: Kind) -> QuerySet[RecordPage]:
        """Candidates, newest first; the gate is asked of what is shown."""
        records = search(public(county, kind.key), self.q)
        if self.body:
            records = records.filter(body__code=self.body)
        if self.year:
            records = records.filter(published_on__year=self.year)
        return records.filter(**{f"fields__{key}": value for key, value in self.chosen.items()})


def every(records: QuerySet[RecordPage]) -> Iterator[RecordPage]:
    """All that are shown, for a file; the gate is asked slice by slice."""
    ids = list(records.values_list("pk", flat=True)[:MOST])
    for at in range(0, len(ids), CHUNK):
        order = {pk: place for place, pk in enumerate(ids[at : at + CHUNK])}
        found = only_shown(RecordPage.objects.filter(pk__in=order))
        yield from sorted(found, key=lambda record: order[record.pk])
