"""The worker's part of an import: rows are looked at, then written, slice by slice, gone on with where it broke off.

A row is written with its files or not at all, and known again by its content: whatever is killed in between, nothing is
written twice and nothing by halves.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import partial
from typing import cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongkai.disclosure.declaring import kinds
from gongkai.disclosure.models import ImportedRow, ImportPhase, ImportRun, RowOutcome
from gongkai.disclosure.services.attaching import attach
from gongkai.disclosure.services.beginning import write as write_draft
from gongkai.disclosure.services.importing.headings import labels
from gongkai.disclosure.services.importing.packed import Packed
from gongkai.disclosure.services.importing.rows import Examined, Numbered, examine, numbered, open_file
from gongkai.disclosure.services.importing.telling import tell
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.guard import SecretSuspected, Unexamined
from gongkai.foundation.guard.reporting import Refusal, report
from gongkai.foundation.opening import Columns, Row
from gongkai.portal.models import ColumnPage

SLICE = 100  # rows looked at between two steps of the progress
WRITTEN_AT_ONCE = 20  # rows of one transaction
SECONDS = 20.0  # that one task works before it lets others come between


def look(number: int, seconds: float | None = SECONDS) -> bool:
    """Look at the rows on; True while some are left. seconds: None for until the end."""
    run = ImportRun.objects.select_related("column", "started_by").get(pk=number)
    if run.phase != ImportPhase.CHECKING:
        return False
    begun, rows, packed = time.monotonic(), rows_of(run), packed_of(run)
    while part := rows[run.cursor : run.cursor + SLICE]:
        if not _look_at(run, part, packed):
            return False
        if seconds is not None and time.monotonic() - begun > seconds:
            return True
    if ImportRun.objects.filter(pk=run.pk, phase=ImportPhase.CHECKING).update(phase=ImportPhase.CHECKED):
        tell(run)
    return False


def rows_of(run: ImportRun) -> list[Row]:
    with run.file.open("rb") as file:
        return open_file(kinds()[run.kind], file.read()).rows


def packed_of(run: ImportRun) -> Packed:
    if not run.files:
        return Packed()
    with run.files.open("rb") as file:
        return Packed(file.read())


def _look_at(run: ImportRun, part: Sequence[Row], packed: Packed) -> bool:
    """False when the run is not this worker's to go on with."""
    kind, there = kinds()[run.kind], numbered(part, run.body_id)
    looked = [_row(run, row, examine(kind, row, packed, there), labels(kind)) for row in part]
    wanted = [one.digest for one in looked]
    before = run.rows.filter(digest__in=wanted).exclude(outcome=RowOutcome.BAD)
    known = set(before.values_list("digest", flat=True)) | set(_written(wanted))
    for one in looked:
        if one.outcome == RowOutcome.READY and one.digest in known:
            one.outcome = RowOutcome.KNOWN
        known |= {one.digest} if one.outcome == RowOutcome.READY else set()
    with transaction.atomic():
        here = ImportRun.objects.filter(pk=run.pk, phase=ImportPhase.CHECKING, cursor=run.cursor)
        if not here.update(cursor=run.cursor + len(part), touched_at=clock.now()):
            return False
        ImportedRow.objects.bulk_create(looked)
    run.cursor += len(part)
    return True


def _row(run: ImportRun, row: Row, found: Examined, labels: Columns) -> ImportedRow:
    problems = [[str(labels[key]), words] for key, said in found.wrong.items() for words in said]
    outcome = RowOutcome.BAD if problems else RowOutcome.KNOWN if found.stands else RowOutcome.READY
    digest = found.digest(run.column_id or 0)
    return ImportedRow(
        run=run, number=row.number, title=found.draft.title[:255], digest=digest, outcome=outcome, problems=problems
    )


def _written(digests: Sequence[str]) -> Iterator[str]:
    """Of these rows those whose draft or page is still there, from whatever file it came."""
    kept = ImportedRow.objects.filter(digest__in=digests, record__isnull=False)
    yield from kept.values_list("digest", flat=True)


def write(number: int, seconds: float | None = SECONDS) -> bool:
    """Write the rows that can be; True while some are left."""
    run = ImportRun.objects.select_related("column", "started_by").get(pk=number)
    if run.phase != ImportPhase.WRITING:
        return False
    begun, packed = time.monotonic(), packed_of(run)
    rows = {row.number: row for row in rows_of(run)}
    while run.rows.filter(outcome=RowOutcome.READY).exists():
        if run.column is None:
            run.rows.filter(outcome=RowOutcome.READY).update(outcome=RowOutcome.BAD, problems=[["", _("栏目已删除")]])
            break
        _write_some(run, rows, packed)
        if seconds is not None and time.monotonic() - begun > seconds:
            return True
    if ImportRun.objects.filter(pk=run.pk, phase=ImportPhase.WRITING).update(phase=ImportPhase.DONE):
        forget_files(run)
        tell(run)
    return False


@transaction.atomic
def _write_some(run: ImportRun, rows: dict[int, Row], packed: Packed) -> None:
    """The update takes the row of the run: of two workers the second sees what the first has written."""
    ImportRun.objects.filter(pk=run.pk).update(touched_at=clock.now())
    some = list(run.rows.filter(outcome=RowOutcome.READY)[:WRITTEN_AT_ONCE])
    there = numbered((rows[one.number] for one in some), run.body_id)
    for one in some:
        try:
            with transaction.atomic():
                _write_row(run, one, rows[one.number], packed, there)
        except IntegrityError:  # another import wrote the same row in this moment
            if not list(_written([one.digest])):
                raise
            ImportedRow.objects.filter(pk=one.pk).update(outcome=RowOutcome.KNOWN)
        except (ValidationError, Unexamined) as error:
            said = list(getattr(error, "messages", [])) or [str(error)]
            _refuse(one, said)
        except SecretSuspected as refusal:
            transaction.on_commit(partial(report, Refusal("task", "disclosure.import", refusal.rule, run.started_by)))
            _refuse(one, [_("疑似国家秘密，没有写入")])


def _refuse(row: ImportedRow, said: Sequence[str]) -> None:
    ImportedRow.objects.filter(pk=row.pk).update(outcome=RowOutcome.BAD, problems=[["", words] for words in said])


def _write_row(run: ImportRun, kept: ImportedRow, row: Row, packed: Packed, there: Numbered) -> None:
    found = examine(kinds()[run.kind], row, packed, there)
    found.draft.owner = run.started_by
    files = [(name, packed.read(name)) for name in found.files]
    column = cast(ColumnPage, run.column)
    column.refresh_from_db()  # its count of children changes with each row
    actor: User = run.started_by
    record = write_draft(column, found.draft, actor)
    if files:
        attach(record, files, actor)
    kept.record, kept.outcome = record, RowOutcome.WRITTEN
    kept.save(update_fields=["record", "outcome"])


def forget_files(run: ImportRun) -> None:
    """What was written stands in the drafts; the file, which may hold more than was read, is kept no longer."""
    for file in filter(None, (run.file, run.files)):
        file.delete(save=False)
    ImportRun.objects.filter(pk=run.pk).update(file="", files="")
