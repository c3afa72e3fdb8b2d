"""Every kind has its form, list, page, import with row-level errors, export, open data, and goes through the gate.

The records are those of the example county's makings: a kind that has none cannot be shown to anybody.
"""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils.html import escape
from openpyxl import Workbook
from python_calamine import CalamineWorkbook
from tests.disclosure import recording
from tests.portal import writing

from gongkai.bodies.sheets import to_csv
from gongkai.disclosure.declaring import Field, Kind, Type, kinds, read, show
from gongkai.disclosure.declaring.model import NUMBERS
from gongkai.disclosure.declaring.values import cells, headed, in_a_cell
from gongkai.disclosure.demo.making import Made, make, makings
from gongkai.disclosure.models import RecordFile, RecordPage, RowOutcome
from gongkai.disclosure.services import begin_import, confirm_import
from gongkai.disclosure.services.importing import columns, required
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


def file_of(kind: Kind, **changes: str) -> ContentFile:
    made = made_until(kind.key)[-1]
    row = {"title": made.title, "formed_on": "2026-06-03", "published_on": "", "files": "", "follows": ""}
    stored = {field.key: read(field, made.fields.get(field.key)) for field in kind.fields}
    row |= {field.key: in_a_cell(field, stored[field.key]) for field in kind.fields} | changes
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


def as_sent(kind: Kind) -> list[list[Any]]:
    """A table as departments keep it: title and unit above, numbers and remarks beside, a row twice, a total below."""
    made = made_until(kind.key)[-1]
    stored = {field.key: read(field, made.fields.get(field.key)) for field in kind.fields}
    heads = ["序号", "标 题", kind.formed.replace("（", "("), *(f"* {headed(one)}" for one in kind.fields), "备注"]
    cells = [_as_excel_has_it(field, stored[field.key]) for field in kind.fields]
    row = [1, made.title, datetime(2026, 6, 3), *cells, "无"]
    again = [2, made.title, "2026年6月3日", *cells, ""]
    blank: list[Any] = [None] * len(heads)
    return [[f"{kind.name}汇总表"], ["填报单位：青山县某局"], heads, row, blank, again, ["合计", *blank[1:-1], "2条"]]


def _as_excel_has_it(field: Field, value: Any) -> Any:
    if value is None:
        return "/"
    if field.type is Type.DATE:
        return datetime.strptime(value, "%Y-%m-%d")
    if field.type is Type.MOMENT:
        return datetime.strptime(value, "%Y-%m-%d %H:%M")
    if field.type in NUMBERS:
        return float(value)
    return in_a_cell(field, value).replace("（", "(").replace("）", ")") if field.options else in_a_cell(field, value)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_table_as_a_department_sends_it(people, column, key, form):
    kind, made = kinds()[key], made_until(key)[-1]
    rows = as_sent(kind)
    if form == "xlsx":
        book, data = Workbook(), io.BytesIO()
        for row in rows:
            book.active.append(row)
        book.active.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(rows[2]))
        book.save(data)
        file = ContentFile(data.getvalue(), "汇总表.xlsx")
    else:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=";").writerows(rows)
        file = ContentFile(text.getvalue().encode("gb18030"), "汇总表.csv")
    run = begin_import(people.clerk, column.pk, key, file)
    found = [(row.outcome, row.problems) for row in run.rows.order_by("number")]
    assert found == [(RowOutcome.READY, []), (RowOutcome.KNOWN, [])]
    assert run.unread == ["“序号”列", "“备注”列", "第 7 行（合计）"]
    confirm_import(people.clerk, run)
    record = RecordPage.objects.get(kind=key)
    for field in kind.fields:
        stored = read(field, made.fields.get(field.key))
        same = Decimal(record.fields[field.key]) == Decimal(stored) if stored and field.type in NUMBERS else None
        assert record.fields.get(field.key) == stored if same is None else same, field.key


def test_the_errors_of_a_row_are_named_by_row_and_column(people, column, key):
    kind = kinds()[key]
    (*_others, last) = [name for name in required(kind) if name not in ("title", "formed_on")]
    run = begin_import(people.clerk, column.pk, key, file_of(kind, **{last: "", "formed_on": "不久前"}))
    with pytest.raises(ValidationError) as error:
        confirm_import(people.clerk, run)
    said = "\n".join(error.value.messages)
    assert f"第 2 行“{headed(kind.field(last))}”" in said and f"第 2 行“{kind.formed}”：“不久前”不是日期" in said
    assert not RecordPage.objects.exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_was_taken_away_is_read_again(client, people, column, key, form):
    kind, record = kinds()[key], writing.through_the_gate(drafted(column, made_until(key)))
    data = client.get(f"/records/{key}/?format={form}").content
    run = begin_import(people.clerk, column.pk, key, ContentFile(data, f"公开信息.{form}"))
    assert {row.outcome for row in run.rows.all()} == {RowOutcome.KNOWN}, [row.problems for row in run.rows.all()]
    RecordPage.objects.filter(kind=key).update(index_number=Concat(Value("旧"), "index_number"))
    confirm_import(people.clerk, begin_import(people.clerk, column.pk, key, ContentFile(data, f"公开信息.{form}")))
    again = RecordPage.objects.get(kind=key, title=record.title, live=False)
    kept = {field.key: record.fields.get(field.key) for field in kind.fields if field.key != kind.people}
    assert {name: again.fields.get(name) for name in kept} == kept
    assert (again.formed_on, again.published_on) == (record.formed_on, record.published_on)
