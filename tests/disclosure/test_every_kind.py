"""Every kind has its form, list, page, import with row-level errors, export, open data, and goes through the gate.

The records are those of the example county's makings: a kind that has none cannot be shown to anybody.
"""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.html import escape
from python_calamine import CalamineWorkbook
from tests.disclosure import recording
from tests.portal import writing

from gongkai.bodies.sheets import to_csv
from gongkai.disclosure.declaring import Kind, Type, kinds, read, show
from gongkai.disclosure.declaring.values import cells, headed
from gongkai.disclosure.demo.making import Made, make, makings
from gongkai.disclosure.models import RecordFile, RecordPage
from gongkai.disclosure.services import begin_import, confirm_import
from gongkai.disclosure.services.importing import columns, required
from gongkai.disclosure.services.importing.rows import COLUMN_MARK
from gongkai.review.choke import NotOpen

EVERY = list(kinds())
FIRST = date(2026, 6, 3)
pytestmark = [pytest.mark.slow, pytest.mark.parametrize("key", EVERY)]


@pytest.fixture
def column(county):
    return recording.column(county.fgj)


def made_until(key: str) -> list[Made]:
    """A record of the kind, after those that it goes on from."""
    making = next(one for one in makings() if key in {row["kind"] for row in one.records})
    made = make(making, random.Random(1), FIRST, "清河县发展和改革局")
    return made[: next(at for at, one in enumerate(made) if one.kind == key) + 1]


def drafted(above, made: list[Made]) -> RecordPage:
    """The last of them as a draft; those before it are public."""
    before: RecordPage | None = None
    for at, one in enumerate(made):
        formed = FIRST + timedelta(days=min(one.days, 9))
        follows = before.pk if one.follows and before else None
        record = recording.draft(above, one.kind, dict(one.fields), one.title, formed_on=formed, follows=follows)
        if one.file is not None:
            record.attachments = [RecordFile(document=writing.file(record.body, *one.file), sort_order=0)]
            record.save()
            record.save_revision()
        before = writing.through_the_gate(record) if at < len(made) - 1 else record
    assert before is not None
    return before


def test_a_form_that_asks_for_its_fields(client, people, column, key):
    client.force_login(people.clerk)
    page = client.get(f"/admin/records/new/{key}/{column.pk}/").text
    for field in kinds()[key].fields:
        assert f'name="f_{field.key}"' in page and escape(field.label) in page and escape(field.help) in page, field.key
    assert escape(kinds()[key].basis[0].text) in page and escape(kinds()[key].limit.source.text) in page


def test_through_the_gate_to_page_list_files_and_open_data(client, column, key):
    kind = kinds()[key]
    record = drafted(column, made_until(key))
    # Before it is signed there is nothing of it anywhere.
    with pytest.raises(NotOpen):
        record.get_latest_revision().publish()
    assert client.get(record.url).status_code == 404
    assert record.index_number not in client.get(f"/api/v1/records/{key}").text
    record = writing.through_the_gate(record)

    page = client.get(record.url).text
    for field, value in record.filled():
        said = (
            [cell for row in cells(field, value) for cell in row] if field.type is Type.TABLE else [show(field, value)]
        )
        for words in said:
            assert escape(words.split("\n")[0]) in page, field.key
    assert record.index_number in page and escape(kind.basis[0].text) in page

    listed = client.get(f"/records/{key}/").text
    assert record.url in listed and escape(show(kind.field(kind.columns[0]), record.fields[kind.columns[0]])) in listed
    assert f"/records/{key}/" in client.get("/records/").text

    (row,) = [one for one in csv_rows(client, key) if one["索引号"] == record.index_number]
    plain = [field for field in kind.fields if field.type is not Type.TABLE]
    assert all(row[headed(field)] == show(field, record.fields.get(field.key)) for field in plain)
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"/records/{key}/?format=xlsx").content))
    assert record.index_number in [row[0] for row in book.get_sheet_by_index(0).to_python()]

    answer = json.loads(client.get(f"/api/v1/records/{key}").content)
    (opened,) = [one for one in answer["records"] if one["index_number"] == record.index_number]
    assert opened["fields"] == record.fields and opened["url"].endswith(record.url)


def csv_rows(client, key: str) -> list[dict[str, str]]:
    text = client.get(f"/records/{key}/?format=csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def in_a_cell(kind: Kind, name: str, value: Any) -> str:
    """A value as people write it into a file."""
    field = kind.field(name)
    stored = read(field, value)
    if field.type is Type.TABLE:
        return "\n".join(COLUMN_MARK.join(row) for row in cells(field, stored))
    return show(field, stored)


def file_of(kind: Kind, **changes: str) -> ContentFile:
    made = made_until(kind.key)[-1]
    row = {"title": made.title, "formed_on": "2026-06-03", "published_on": "", "files": ""}
    row |= {field.key: in_a_cell(kind, field.key, made.fields.get(field.key)) for field in kind.fields} | changes
    names = columns(kind)
    return ContentFile(to_csv([str(label) for label in names.values()], [[row[name] for name in names]]), "表.csv")


def test_a_file_becomes_a_draft_with_the_same_values(people, column, key):
    kind = kinds()[key]
    made = made_until(key)[-1]
    run = begin_import(people.clerk, column.pk, key, file_of(kind))
    confirm_import(people.clerk, run)
    record = RecordPage.objects.get(kind=key)
    assert (record.title, record.live, record.formed_on) == (made.title, False, FIRST)
    for field in kind.fields:
        assert record.fields.get(field.key) == read(field, made.fields.get(field.key)), field.key


def test_the_errors_of_a_row_are_named_by_row_and_column(people, column, key):
    kind = kinds()[key]
    (*_others, last) = [name for name in required(kind) if name not in ("title", "formed_on")]
    run = begin_import(people.clerk, column.pk, key, file_of(kind, **{last: "", "formed_on": "不久前"}))
    with pytest.raises(ValidationError) as error:
        confirm_import(people.clerk, run)
    said = "\n".join(error.value.messages)
    assert f"第 2 行“{headed(kind.field(last))}”" in said and f"第 2 行“{kind.formed}”：“不久前”不是日期" in said
    assert not RecordPage.objects.exists()
