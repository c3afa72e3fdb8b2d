"""站内检索: over everything that is public in the tree. What is found asks the gate before it is shown.

Only what is public is in the index: of a draft nothing but its title, for the back office, and no draft is listed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import Case, DateField, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce, TruncDate
from wagtail.models import Page
from wagtail.search.query import And, Phrase

from gongkai.bodies.models import Body
from gongkai.foundation.input import number
from gongkai.foundation.registries import reviewables
from gongkai.foundation.search import terms
from gongkai.portal.models import HomePage, SectionPage
from gongkai.portal.reach import reachable
from gongkai.portal.words import without_targets
from gongkai.review import gate
from gongkai.review.choke import has_ended, is_public, kind_of

ROWS = 30
LONGEST = 60  # characters of a question
UNREAD = frozenset({"标题", "网址", "定时公开", "公示截止"})  # parts of a signed text that are no words of it
CUT = 50_000  # characters of one page that are indexed


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: words, and perhaps whose, of which kind (a reviewable's key), of which year."""

    q: str = ""
    body: str = ""
    kind: str = ""
    year: str = ""

    @property
    def words(self) -> list[str]:
        return terms(self.q[:LONGEST])


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found, in words that can be shown; `kind` is empty for the places of the register."""

    page: Any
    kind: str
    title: str
    text: str


def text_of(page: Any) -> str:
    """The words of a page beside its title, as they are signed."""
    kind = kind_of(type(page))
    entry = reviewables.get(kind) if kind else None
    if entry is None or entry.texts is None:
        return ""
    said = "\n".join(text for label, text in entry.texts(page) if text and label not in UNREAD)
    return without_targets(said)[:CUT]


def page_kinds() -> dict[str, Any]:
    """The kinds of page that can be asked for, by their keys."""
    return {entry.key: entry for entry in reviewables if issubclass(entry.model, Page)}


def find(home: HomePage, question: Question) -> QuerySet[Page]:
    """The pages with all words, those with all of them in their title first, then the newest."""
    pages = Page.objects.descendant_of(home).live()
    if question.body:
        section = SectionPage.objects.child_of(home).filter(body__code=question.body).first()
        pages = pages.descendant_of(section, inclusive=True) if section else pages.none()
    if question.kind:
        entry = page_kinds().get(question.kind)
        kinds = [ContentType.objects.get_for_model(entry.model)] if entry else []
        pages = pages.filter(content_type__in=kinds)
    shown_on = Coalesce("articlepage__published_on", TruncDate("first_published_at"), output_field=DateField())
    titled = When(pk__in=_matching(Page.objects.all(), question.words, ["title"]).values("pk"), then=Value(0))
    found = _matching(pages, question.words).annotate(
        shown_on=shown_on, rank=Case(titled, default=Value(1), output_field=IntegerField())
    )
    if question.year:
        found = found.filter(shown_on__year=number(question.year) or 0)
    return found.order_by("rank", "-shown_on", "-pk")


def _matching(pages: Any, words: list[str], fields: list[str] | None = None) -> QuerySet[Page]:
    phrases = [Phrase(word) for word in words]
    asked = phrases[0] if len(phrases) == 1 else And(phrases)
    found: QuerySet[Page] = pages.search(asked, fields=fields, order_by_relevance=False).get_queryset().order_by()
    return found


def listed(home: HomePage, question: Question, page: str | None) -> Slice[Any]:
    """A page of hits, each of which the public may see now. All are put in order once, which counts them as well."""
    found = list(find(home, question).values_list("pk", flat=True)) if question.words else []
    rows = Paginator(found, ROWS).get_page(page)
    rows.object_list = hits(list(rows.object_list))
    return rows


def hits(pks: list[int]) -> list[Hit]:
    """What the public may see of these pages, in their order; as many queries for thirty as for three of a kind."""
    pages = list(Page.objects.filter(pk__in=pks).specific())
    opened = {hit.page.pk: hit for hit in _opened(pages)}
    within = {page.pk for page in reachable([hit.page for hit in opened.values()])}
    return [opened[pk] for pk in pks if pk in within]


def _opened(pages: list[Any]) -> Iterator[Hit]:
    kinds = page_kinds()
    for key in {kind_of(type(page)) for page in pages}:
        alike = [page for page in pages if kind_of(type(page)) == key]
        if key is None:
            places = (page for page in alike if is_public(page))
            yield from (Hit(page, "", getattr(page, "registered_name", page.title), "") for page in places)
        else:
            records = gate.open_records(key, kinds[key].model.objects.filter(pk__in=[page.pk for page in alike]))
            yield from (Hit(one, key, one.title, text_of(one)) for one in records if not has_ended(one))


def bodies_of(home: HomePage) -> list[Body]:
    """Those whose section can be asked for."""
    sections = SectionPage.objects.child_of(home).live().select_related("body").order_by("body__order", "body_id")
    return [section.body for section in sections]
