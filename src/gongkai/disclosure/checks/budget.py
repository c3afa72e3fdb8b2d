"""Budgets and final accounts: the attached workbooks are held against the sample tables (`core.budgets`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from gongkai.core.budgets import stated, verify
from gongkai.core.documents import Document, DocumentError, read_bytes
from gongkai.disclosure.checks.registry import Problem, check, label, number

if TYPE_CHECKING:
    from gongkai.disclosure.models import RecordPage

BOOKS = (".xlsx", ".xls")
YUAN = 10_000  # of the unit of the fields: workbooks may be written in 元


@check("sample-tables")
def sample_tables(record: RecordPage, args: dict[str, Any]) -> Iterator[Problem]:
    """Every sample table of a `kind` (budget, accounts) is in the attached workbooks, and every sum in them holds."""
    books: list[Document] = []
    for attached in record.attachments.all():
        name = attached.document.filename
        if not name.lower().endswith(BOOKS):
            continue
        try:
            with attached.document.file.open("rb") as file:
                books.append(read_bytes(file.read(), name))
        except (DocumentError, OSError) as error:
            yield "", _("附件不能核对：%s") % error
    if not books:
        yield "", _("须附上按样表填写的 Excel 表格（xlsx）")
        return
    for problem in verify(books, args["kind"]):
        yield "", str(problem)
    yield from _other_figures(record, books)


def _other_figures(record: RecordPage, books: Sequence[Document]) -> Iterator[Problem]:
    """The main figures of the record are those of its tables, in 万元 or in 元."""
    for key, (table, found) in stated(books).items():
        said = number(record, key)
        if said is None or found.value == said or abs(found.value - said * YUAN) <= Decimal(YUAN) / 200:
            continue
        words = {"label": label(record, key), "said": said, "table": table, "cell": found.address, "found": found.value}
        yield key, _("“%(label)s”为%(said)s，附件“%(table)s”%(cell)s为%(found)s，两者不符") % words
