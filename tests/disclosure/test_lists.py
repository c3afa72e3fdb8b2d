"""The public list of a kind, its filters, pages, files and open data, whatever number of records there is."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.disclosure import recording
from tests.portal import many
from tests.review.passing import holder

from gongkai.disclosure.declaring import kinds
from gongkai.disclosure.models import RecordPage
from gongkai.disclosure.reviewables import RECORD, text
from gongkai.disclosure.services.reading import readable
from gongkai.foundation import clock
from gongkai.foundation.access import Role
from gongkai.portal.standing import with_place
from gongkai.review.digests import sm3
from gongkai.review.models import Release, State

LIST, API = "/records/penalty/", "/api/v1/records/penalty"


@pytest.fixture
def column(county):
    return recording.column(county.fgj)


def penalties(column, number: int) -> None:
    """So many signed records, every tenth of a natural person, a day apart."""
    body = column.get_parent().specific.body
    person = {"party_type": "自然人", "party": "李**", "credit_code": ""}
    fields = [readable(kinds()["penalty"], recording.PENALTY | change) for change in ({}, person)]
    made = many.below(
        column,
        RecordPage,
        [f"处罚决定{place}" for place in range(number)],
        kind="penalty",
        body=body.pk,
        fields=lambda place: fields[place % 10 == 0],
        formed_on=recording.FORMED,
        published_on=lambda place: date(2026, 6, 10) - timedelta(days=place),
        index_number=lambda place: f"qinghe.fgj-2026-9{place:05}",
    )
    release = {
        "kind": RECORD,
        "content_type": ContentType.objects.get_for_model(RecordPage),
        "body": body,
        "state": State.APPROVED,
        "requested_by": holder(body, Role.CLERK),
        "requested_at": clock.now(),
        "decided_at": clock.now(),
    }
    records = with_place(RecordPage.objects.filter(pk__in=[page.pk for page in made]))
    Release.objects.bulk_create(
        Release(object_id=one.pk, title=one.title, digest=sm3(text(one)), **release) for one in records
    )


def queries(client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_an_empty_list_says_so(client, column):
    assert "这类内容还没有公开的记录" in client.get(LIST).text
    assert json.loads(client.get(API).content)["records"] == []
    assert list(csv.DictReader(io.StringIO(client.get(f"{LIST}?format=csv").content.decode("utf-8-sig")))) == []


@pytest.mark.slow
def test_more_records_cost_no_more_queries(client, column):
    penalties(column, 1)
    client.get(LIST)  # what is asked once in a process
    addresses = (LIST, f"{LIST}?party_type=自然人&q=处罚&year=2026&page=2", API, f"{API}?page=2")
    one = [queries(client, address) for address in addresses]
    RecordPage.objects.all().delete()
    penalties(column, 5000)
    assert [queries(client, address) for address in addresses] == one
    page = client.get(LIST).text
    assert "共 5000 条，本页为第 1 至 30 条" in page and "第 1 页，共 167 页" in page
    assert "共 500 条" in client.get(f"{LIST}?party_type=自然人").text
    assert "本页为第 4981 至 5000 条" in client.get(f"{LIST}?page=9999").text
    answer = json.loads(client.get(f"{API}?page=50").content)
    assert (answer["total"], answer["pages"], len(answer["records"])) == (5000, 50, 100)


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1e9", "２"])
def test_a_page_that_there_is_not(client, column, page):
    penalties(column, 31)
    assert client.get(f"{LIST}?page={page}").status_code == 200
    assert client.get(f"{API}?page={page}&year=99999&party_type=x&body=%27").status_code == 200
