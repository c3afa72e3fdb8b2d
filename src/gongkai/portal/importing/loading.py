"""The worker's part of an import: records into drafts, slice by slice, gone on with where it was broken off.

Each slice is read and examined outside of any transaction, and written together with the cursor: what is killed in
between is read again, and of two workers on one batch only one writes.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from django.db import IntegrityError, transaction

from gongkai.core.screening.secrets import suspected_value
from gongkai.core.siteimport import Record, Source, open_source, read_article
from gongkai.foundation import clock
from gongkai.foundation.guard import SecretSuspected
from gongkai.foundation.guard.reporting import Refusal, report
from gongkai.portal.importing.drafting import Drafted, Target, draft, examine, first_moment, key_of
from gongkai.portal.importing.models import Batch, Outcome, Phase, Row, RowFinding
from gongkai.portal.importing.targets import targets_of
from gongkai.portal.importing.tree import insert_drafts
from gongkai.review.machine import Found, masked, screener
from gongkai.review.rescreening.rules import county_of

SLICE = 200  # records written at once
SECONDS = 20.0  # that one task works before it lets others come between


def source_of(batch: Batch) -> Source:
    """The file that was uploaded."""
    return open_source(Path(batch.file.path), batch.file_name)


def load(number: int, source: Source, seconds: float | None = SECONDS) -> bool:
    """Load on; True while records are left. seconds: None for until the end."""
    batch = Batch.objects.select_related("body", "started_by").get(pk=number)
    if batch.phase != Phase.LOADING:
        return False
    targets, begun = targets_of(batch), time.monotonic()
    records = source.records(batch.cursor)
    while part := list(islice(records, SLICE)):
        if not _load_slice(batch, part, targets, source):
            return False
        if seconds is not None and time.monotonic() - begun > seconds:
            return True
    with transaction.atomic():
        Batch.objects.filter(pk=batch.pk, phase=Phase.LOADING).update(phase=Phase.LOADED, touched_at=clock.now())
    return False


def _load_slice(batch: Batch, part: Sequence[Record], targets: dict[str, Target], source: Source) -> bool:
    """False when the batch is not this worker's to go on with."""
    known = _known([_key(record, batch) for record in part])
    made = []
    for record in part:
        key = _key(record, batch)
        article = read_article(record, batch.fields)
        if key and key in known:
            made.append(Drafted(article, Outcome.KNOWN))
            continue
        made.append(draft(article, targets, source, batch.started_by))
        known |= {key} if made[-1].page is not None else set()
    rules = screener(county_of(batch.body_id))
    for one in made:
        examine(one, rules)
    try:
        written = _write(batch, made, part[-1].number)
    except SecretSuspected as refusal:
        _find_secrets(made, refusal)
        written = _write(batch, made, part[-1].number)
    except IntegrityError:  # another batch loaded one of these addresses in this moment
        if not _known([key_of(one.article.url) for one in made if one.page is not None]):
            raise
        return _load_slice(batch, part, targets, source)
    _report(batch, made)
    return written


def _key(record: Record, batch: Batch) -> str:
    url = record.values.get(batch.fields.get("url", "url"))
    try:
        return key_of(url.strip()) if isinstance(url, str) and url.strip() else ""
    except ValueError:
        return ""


def _known(keys: Sequence[str]) -> set[str]:
    """Of these addresses those whose article was loaded before, by whatever batch, and is still there."""
    wanted = {key for key in keys if key}
    return set(Row.objects.filter(key__in=wanted, page__isnull=False).values_list("key", flat=True))


@transaction.atomic
def _write(batch: Batch, made: Sequence[Drafted], number: int) -> bool:
    here = Batch.objects.filter(pk=batch.pk, phase=Phase.LOADING, cursor=batch.cursor)
    if not here.update(cursor=number, touched_at=clock.now()):
        return False
    by_column: dict[int, list[Drafted]] = {}
    for one in made:
        if one.page is not None:
            by_column.setdefault(one.column_id, []).append(one)
    for column, drafts in sorted(by_column.items()):
        insert_drafts(column, [one.page for one in drafts], batch.started_by)
    rows = Row.objects.bulk_create([_row(batch, one) for one in made])
    findings = [
        _finding(row, found) for row, one in zip(rows, made, strict=True) if one.seen for found in one.seen.found
    ]
    RowFinding.objects.bulk_create(findings, batch_size=500)
    batch.cursor = number
    return True


def _row(batch: Batch, one: Drafted) -> Row:
    article, page, seen = one.article, one.page, one.seen
    return Row(
        batch=batch,
        number=article.number,
        url=article.url[:1000],
        key=key_of(article.url) if page is not None else "",
        title=page.title if page is not None else masked(article.title)[:255],
        column=article.column[:255],
        outcome=one.outcome,
        says=one.says,
        page_id=page.pk if page is not None else None,
        revision=page.latest_revision_id if page is not None else None,
        digest=seen.digest if seen else "",
        machine=seen.version if seen else "",
        not_examined=list(seen.not_examined) if seen else [],
        first_at=first_moment(article) if page is not None else None,
    )


def _finding(row: Row, found: Found) -> RowFinding:
    finding = found.finding
    return RowFinding(
        row=row,
        rule=finding.rule,
        category=finding.category,
        severity=finding.severity,
        part=found.part[:300],
        in_file=found.in_file,
        where=finding.where[:300],
        start=finding.start,
        end=finding.end,
        excerpt=finding.masked[:300],
        keyed=found.keyed,
        message=finding.message,
        suggestion=finding.suggestion,
        replacement=(finding.replacement or "")[:300],
    )


def _find_secrets(made: list[Drafted], refusal: SecretSuspected) -> None:
    """A net behind the first look spoke: the articles of which it speaks are left out, the others go on."""
    caught = 0
    for place, one in enumerate(made):
        texts = [one.article.title, one.article.url, one.article.column, one.article.body, *one.says]
        if (rule := suspected_value(texts)) is not None:
            made[place] = Drafted.secret(one.article, rule)
            caught += 1
        elif one.page is not None:
            one.page.pk = one.page.id = None  # the first attempt was undone
            one.page._state.adding = True
    if not caught:
        raise refusal


def _report(batch: Batch, made: Sequence[Drafted]) -> None:
    """泄密隐患登记: that it happened, and how often; nothing of what it said."""
    for rule, times in Counter(one.rule for one in made if one.outcome == Outcome.SECRET).items():
        for _time in range(times):
            report(Refusal("task", "importing.load", rule, batch.started_by))
