"""核对: every row of the catalogues in force against what stands in public now, and the columns against the rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.registries import Content, Standing, content_sources
from gongkai.standards.judging import Seen, Verdict, judge
from gongkai.standards.models import URL, Catalogue, Check, Fault, Link, LinkState, Row, Stray
from gongkai.standards.naming import Named

BATCH = 2000  # rows judged and written at a time; each batch is a transaction of its own


@verb("standards.reconcile", _("核对标准目录"), Role.OFFICE, Role.CLERK, system=True, atomic=False)
def reconcile(actor: User | None, body: Body | None = None) -> int:
    """Look at every row that somebody owes (of one body alone), and at what stands in the columns; how many rows.

    May be run any number of times; what is as it was is only dated anew.
    """
    rows = Row.objects.owed()
    catalogues = Catalogue.objects.owed()
    if body is not None:
        rows, catalogues = rows.filter(catalogue__body=body), catalogues.filter(body=body)
    done = _reconcile(rows)
    _find_strays(catalogues)
    return done


def reconcile_rows(pks: Collection[int]) -> None:
    """The same for some rows, at once; what follows for cases is done by the worker."""
    _reconcile(Row.objects.owed().filter(pk__in=pks))
    bodies = set(Row.objects.filter(pk__in=pks).values_list("catalogue__body_id", flat=True))
    soon(bodies)


def soon(bodies: Collection[int]) -> None:
    """After the commit the worker looks at these bodies, and closes what is mended."""
    from gongkai.standards.tasks import reconcile_body

    def enqueue() -> None:
        for body in bodies:
            reconcile_body.enqueue(body)

    transaction.on_commit(enqueue)


def _reconcile(rows: QuerySet[Row]) -> int:
    now = clock.now()
    links = Link.objects.filter(row__in=rows.order_by().values("pk"), state=LinkState.CONFIRMED)
    seen = _seen(links.order_by("row_id", "pk"))
    slim = rows.select_related("catalogue").defer("content", "basis", "note", "channels", "others", "levels")
    named = Named(now.date())
    done = 0
    for batch in _batches(slim.order_by("pk")):
        verdicts = {row.pk: judge(row, seen.get(row.pk, ()), now.date(), named.several(row)) for row in batch}
        with transaction.atomic():
            _write(verdicts, now)
        done += len(batch)
    return done


def _batches(rows: QuerySet[Row]) -> Iterator[list[Row]]:
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def _seen(links: Iterable[Link]) -> dict[int, list[Seen]]:
    """Row -> its links with what stands there; each source is asked once for all of its places."""
    kept = list(links)
    asked: dict[str, set[str]] = {}
    for link in kept:
        asked.setdefault(link.source, set()).add(link.target)
    found: dict[str, Mapping[str, Standing]] = {
        source: content_sources.get(source).look(keys) for source, keys in asked.items() if source in content_sources
    }
    seen: dict[int, list[Seen]] = {}
    for link in kept:
        one = _outside(link) if link.source == URL else Seen(link, found.get(link.source, {}).get(link.target))
        seen.setdefault(link.row_id, []).append(one)
    return seen


def _outside(link: Link) -> Seen:
    """An address outside, as it was when it was last looked at."""
    if link.seen_at is None or link.seen_problem:
        return Seen(link, None, unseen=link.seen_at is None, problem=link.seen_problem)
    newest = Content(f"{URL}:{link.target}", link.seen_title, link.target, 0, link.seen_on, states_none=link.seen_none)
    return Seen(link, Standing(True, None, link.target, link.label, 1, newest))


def _write(verdicts: Mapping[int, Verdict], now: datetime) -> None:
    """Only what differs is written; the rest gets the moment of looking."""
    known = Check.objects.in_bulk(list(verdicts))
    _write_faults(verdicts)
    fresh, changed, same = [], [], []
    for pk, verdict in verdicts.items():
        check = _check(pk, verdict, now)
        before = known.get(pk)
        if before is None:
            fresh.append(check)
        elif _said(before) != _said(check):
            changed.append(check)
        else:
            same.append(pk)
    Check.objects.bulk_create(fresh, batch_size=500)
    fields = ["state", "words", "newest_on", "newest_title", "address", "looked_at"]
    Check.objects.bulk_update(changed, fields, batch_size=200)
    Check.objects.filter(pk__in=same).update(looked_at=now)


def _write_faults(verdicts: Mapping[int, Verdict]) -> None:
    known: dict[int, list[tuple[str, str, str]]] = {}
    for row, *said in Fault.objects.filter(row__in=verdicts).values_list("row_id", "state", "words", "address"):
        known.setdefault(row, []).append(tuple(said))  # type: ignore[arg-type]
    found = {
        pk: [(flaw.state.value, flaw.words[:300], flaw.address[:500]) for flaw in verdict.flaws]
        for pk, verdict in verdicts.items()
    }
    changed = [pk for pk, faults in found.items() if faults != known.get(pk, [])]
    Fault.objects.filter(row__in=changed).delete()
    Fault.objects.bulk_create(
        [Fault(row_id=pk, state=state, words=words, address=at) for pk in changed for state, words, at in found[pk]],
        batch_size=500,
    )


def _check(pk: int, verdict: Verdict, now: datetime) -> Check:
    title = verdict.newest.title if verdict.newest is not None else ""
    return Check(
        row_id=pk,
        state=verdict.state,
        words=verdict.words[:300],
        newest_on=verdict.newest_on,
        newest_title=title[:300],
        address=verdict.address[:500],
        looked_at=now,
    )


def _said(check: Check) -> tuple[object, ...]:
    return check.state, check.words, check.newest_on, check.newest_title, check.address


def _find_strays(catalogues: QuerySet[Catalogue]) -> None:
    """C4: each thing in a column of catalogues belongs to a row, by itself or by where it stands.

    The row may be of the catalogue that has the column, or of the body whose content it is: a column of the county
    holds what its townships owe.
    """
    rooted = list(catalogues.exclude(column_key=""))
    bodies = set(catalogues.values_list("body_id", flat=True))
    inside = list(_in_columns(rooted))
    linked = _linked({root.body_id for root, _one in inside} | {one.body_id for _root, one in inside})
    found = {}
    for root, content in inside:
        asked = linked.get(root.body_id, set()) | linked.get(content.body_id, set())
        if not asked & {content.key, *content.places}:
            found[content.key] = (root, content)
    known = dict(Stray.objects.filter(catalogue__body_id__in=bodies).values_list("key", "pk"))
    now = clock.now()
    with transaction.atomic():
        Stray.objects.filter(pk__in=[pk for key, pk in known.items() if key not in found]).delete()
        fresh = [_stray(key, *pair, now) for key, pair in found.items() if key not in known]
        Stray.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)


def _linked(bodies: Collection[int]) -> dict[int, set[str]]:
    """Body -> the places and pages to which rows of its catalogues lead, or rows that name it."""
    links = Link.objects.filter(
        state=LinkState.CONFIRMED, row__exempt=False, row__catalogue__in=Catalogue.objects.owed()
    )
    links = links.filter(Q(row__catalogue__body__in=bodies) | Q(row__owner__in=bodies))
    linked: dict[int, set[str]] = {}
    named = links.values_list("row__catalogue__body_id", "row__owner_id", "source", "target")
    for body, owner, source, target in named:
        for one in {body, owner or body}:
            linked.setdefault(one, set()).add(f"{source}:{target}")
    return linked


def _in_columns(rooted: list[Catalogue]) -> Iterator[tuple[Catalogue, Content]]:
    roots: dict[str, Catalogue] = {}
    for catalogue in rooted:
        roots.setdefault(f"{catalogue.column_source}:{catalogue.column_key}", catalogue)
    for source in content_sources:
        keys = {one.column_key for one in rooted if one.column_source == source.key}
        for content in source.inside(keys) if keys else ():
            root = next((roots[place] for place in content.places if place in roots), None)
            if root is not None:
                yield root, content


def _stray(key: str, root: Catalogue, content: Content, now: datetime) -> Stray:
    return Stray(
        catalogue=root,
        body_id=content.body_id or root.body_id,
        key=key[:80],
        title=content.title[:300],
        address=content.address[:500],
        published_on=content.published_on,
        found_at=now,
    )
