"""What the public may see of catalogues: which are open, their rows by words, and where each matter is published."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode, urlsplit

from django.db.models import Q, QuerySet

from gongkai.bodies.models import Body
from gongkai.channels.models import Site
from gongkai.review import gate
from gongkai.standards.models import URL, Catalogue, Check, Link, LinkState, Row, State
from gongkai.standards.reviewables import CATALOGUE
from gongkai.standards.selectors.reach import in_order

SEEN = frozenset({State.OK, State.STALE, State.NONE})
LONGEST = 60  # characters of a question
OFFICIAL = ".gov.cn"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: words that must all stand in the row, a field's key, a body's code."""

    q: str = ""
    field: str = ""
    body: str = ""

    @classmethod
    def parse(cls, asked: Mapping[str, str]) -> Wanted:
        return cls(asked.get("q", "").strip()[:LONGEST], asked.get("field", ""), asked.get("body", ""))

    @property
    def query(self) -> str:
        """The same for an address."""
        pairs = {"q": self.q, "field": self.field, "body": self.body}
        return urlencode({name: value for name, value in pairs.items() if value})

    def rows(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        for word in self.q.split():
            said = Q(first__icontains=word) | Q(second__icontains=word) | Q(third__icontains=word)
            rows = rows.filter(said | Q(content__icontains=word) | Q(body_text__icontains=word))
        return rows


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a matter is published: the newest content, its day; `none`: it says that there is nothing."""

    address: str
    day: date | None
    none: bool = False


def signed(county: Body) -> QuerySet[Catalogue]:
    """The county's catalogues that were signed for the public; each asks the gate before it is shown."""
    owed = Catalogue.objects.owed().filter(body__in=Body.objects.of_county(county))
    return gate.signed_among(CATALOGUE, owed)


def find_open(body: str, field: str) -> Catalogue | None:
    """The catalogue of a body's code and a field's key, when it is open."""
    found = Catalogue.objects.owed().select_related("body").filter(body__code=body, field_key=field).first()
    return found if found is not None and gate.is_open(CATALOGUE, found) else None


def open_catalogues(pks: Collection[int]) -> dict[int, Catalogue]:
    """Those of these catalogues that still are what was signed, with their rows."""
    return {one.pk: one for one in gate.open_records(CATALOGUE, Catalogue.objects.filter(pk__in=pks))}


def rows_with_answers(catalogue: Catalogue, wanted: Wanted) -> QuerySet[Row]:
    """The rows of one catalogue that have the words, in their order."""
    return wanted.rows(catalogue.rows.select_related("check_result", "catalogue__body").order_by("position"))


def open_bodies(county: Body) -> list[Body]:
    return list(Body.objects.filter(pk__in=signed(county).order_by().values("body_id")))


def open_fields(county: Body) -> list[tuple[str, str]]:
    return in_order(dict(signed(county).order_by().values_list("field_key", "field_name").distinct()))


def listed_catalogues(county: Body, wanted: Wanted) -> QuerySet[Catalogue]:
    """Signed catalogues of a body and a field."""
    found = signed(county)
    if wanted.body:
        found = found.filter(body__code=wanted.body)
    if wanted.field:
        found = found.filter(field_key=wanted.field)
    return found.order_by("body__order", "body_id", "pk")


def listed_rows(county: Body, wanted: Wanted) -> QuerySet[Row]:
    """Rows of signed catalogues with all the words."""
    catalogues = listed_catalogues(county, wanted).order_by().values("pk")
    rows = wanted.rows(Row.objects.filter(catalogue__in=catalogues).select_related("catalogue__body", "check_result"))
    return rows.order_by("catalogue__body__order", "catalogue__body_id", "catalogue_id", "position")


def open_rows(rows: Sequence[Row]) -> list[Row]:
    """Those of catalogues that still are what was signed."""
    opened = open_catalogues({row.catalogue_id for row in rows})
    return [row for row in rows if row.catalogue_id in opened]


def answers(rows: Iterable[Row]) -> dict[int, Answer]:
    """Row -> what answers it: open content of this portal, or a page of an official site that was seen to name it.

    Other addresses outside were signed by nobody and are left out.
    """
    seen = [row for row in rows if (check := _check(row)) is not None and check.state in SEEN and not row.exempt]
    links = Link.objects.filter(row__in=seen, source=URL, state=LinkState.CONFIRMED)
    outside = set(links.values_list("row_id", "target"))
    hosts = {urlsplit(url).hostname for url in Site.objects.filter(active=True).values_list("url", flat=True)}
    found = {}
    for row in seen:
        check = row.check_result
        host = urlsplit(check.address).hostname or ""
        official = host in hosts or host.endswith(OFFICIAL)
        if check.address and ((row.pk, check.address) not in outside or official):
            found[row.pk] = Answer(check.address, check.newest_on, check.state == State.NONE)
    return found


def _check(row: Row) -> Check | None:
    return getattr(row, "check_result", None)
