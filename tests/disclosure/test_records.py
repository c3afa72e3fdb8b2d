"""A record from its draft to the public: number, clock, gate, page, lists, files, open data."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from tests.disclosure import recording
from tests.portal import writing
from tests.portal.tagging import faults, metas
from tests.review.passing import holder
from wagtail.models import Page

from gongkai.channels.models import Site
from gongkai.core.siteaudit import PageKind
from gongkai.disclosure.models import RecordPage
from gongkai.foundation.access import Refused, Role
from gongkai.portal.identity import identify
from gongkai.review.choke import NotOpen
from gongkai.review.services import request, withdraw


@pytest.fixture
def column(county):
    return recording.column(county.fgj)


class TestNumber:
    def test_body_year_and_serial(self, column):
        first, second = (recording.draft(column, "warning", recording.WARNING) for _ in range(2))
        assert [first.index_number, second.index_number] == ["qinghe.fgj-2026-00001", "qinghe.fgj-2026-00002"]

    def test_never_given_again(self, column):
        recording.draft(column, "warning", recording.WARNING).delete()
        assert recording.draft(column, "warning", recording.WARNING).index_number.endswith("00002")

    def test_a_copy_has_its_own(self, column):
        record = recording.draft(column, "warning", recording.WARNING)
        copy = record.copy(update_attrs={"slug": "copy"}, keep_live=False)
        assert copy.index_number.endswith("00002")
        assert copy.get_latest_revision_as_object().index_number == copy.index_number


class TestClock:
    """《条例》第二十六条, and the terms of kinds that have their own."""

    def test_twenty_working_days_from_formation(self, column):
        record = recording.draft(column, "recruitment", {}, formed_on=date(2026, 5, 18))
        assert record.due_on == date(2026, 6, 15)

    def test_seven_working_days_for_a_penalty(self, column):
        record = recording.draft(column, "penalty", recording.PENALTY, formed_on=date(2026, 5, 18))
        assert record.due_on == date(2026, 5, 27)


class TestGate:
    def test_nothing_is_public_before_the_leader_signed(self, client, column):
        record = recording.draft(column, "warning", recording.WARNING, "暴雨橙色预警")
        assert client.get(record.url).status_code == 404
        with pytest.raises(NotOpen):
            Page.objects.get(pk=record.pk).specific.get_latest_revision().publish()
        page = client.get(writing.through_the_gate(record).url).text
        for word in ("暴雨橙色预警", "二级（橙色）", "云溪镇、柳湾镇", record.index_number, "第六十四条"):
            assert word in page

    def test_every_field_is_signed(self, client, column):
        record = recording.public(column, "warning", recording.WARNING)
        RecordPage.objects.filter(pk=record.pk).update(fields=record.fields | {"area": "全县"})
        assert client.get(record.url).status_code == 404

    def test_an_incomplete_one_is_not_put_forward(self, county, column):
        record = recording.draft(column, "warning", {"action": "解除"})
        with pytest.raises(ValidationError) as refused:
            request(holder(county.fgj, Role.CLERK), "disclosure.record", record.pk)
        said = refused.value.messages
        assert "“预警级别”没有填写" in said
        assert "发布类型为“解除”的，须选择“所更新或解除的预警”" in said

    def test_withdrawn_it_says_so(self, client, county, column):
        record = recording.public(column, "warning", recording.WARNING)
        release = record_release(record)
        withdraw(holder(county.fgj, Role.LEADER), release, "内容有误", "本预警内容有误，已撤下。")
        page = client.get(record.url)
        assert page.status_code == 410 and "本预警内容有误" in page.text

    def test_another_body_writes_nothing(self, people, column):
        from gongkai.disclosure.services import begin

        with pytest.raises(Refused):
            begin(people.other_clerk, column.pk, "warning", "别人的栏目", {})


def record_release(record):
    from gongkai.review.models import Release

    return Release.objects.get(object_id=record.pk, kind="disclosure.record")


class TestPublicLists:
    def test_kinds_and_records(self, client, column):
        record = recording.public(column, "penalty", recording.PENALTY, "对某公司的处罚决定")
        recording.draft(column, "penalty", recording.PENALTY, "还没有审查的处罚决定")
        assert "行政处罚决定" in client.get("/records/").text
        page = client.get("/records/penalty/").text
        assert record.url in page and "10,000" in page
        assert "还没有审查的处罚决定" not in page

    def test_no_national_tag_is_missing(self, client, county, people, column):
        record = recording.public(column, "penalty", recording.PENALTY, "对某公司的处罚决定")
        site = Site.objects.create(name="门户", url="https://x.example/", owner=county.body, identifier="9901240001")
        identify(people.office, county.body, site=site)
        text = client.get(record.url).text
        assert faults(text, PageKind.CONTENT) == []
        assert metas(text)["ContentSource"] == record.body.name
        for address in ("/records/", "/records/penalty/"):
            assert faults(client.get(address).text, PageKind.COLUMN) == []

    def test_conditions_in_the_address(self, client, column):
        recording.public(column, "penalty", recording.PENALTY, "对某公司的处罚决定")
        for query, found in (
            ("party_type=法人及非法人组织", True),
            ("party_type=自然人", False),
            ("year=2026", True),
            ("year=2025", False),
            ("q=处罚", True),
            ("body=qinghe.czj", False),
        ):
            assert ("对某公司的处罚决定" in client.get(f"/records/penalty/?{query}").text) is found, query

    def test_a_record_below_a_closed_column_is_not_listed(self, client, county, column):
        recording.public(column, "penalty", recording.PENALTY, "对某公司的处罚决定")
        column.unpublish()
        assert "对某公司的处罚决定" not in client.get("/records/penalty/").text

    def test_files(self, client, column):
        recording.public(column, "penalty", recording.PENALTY, "对某公司的处罚决定")
        text = client.get("/records/penalty/?format=csv").content.decode("utf-8-sig")
        assert "索引号,标题,公开主体" in text and "qinghe.fgj-2026-00001,对某公司的处罚决定" in text
        assert client.get("/records/penalty/?format=xlsx").content[:2] == b"PK"

    def test_open_data(self, client, column):
        record = recording.public(column, "penalty", recording.PENALTY, "对某公司的处罚决定")
        answer = json.loads(client.get("/api/v1/records/penalty").content)
        assert answer["total"] == 1
        (row,) = answer["records"]
        assert row["index_number"] == record.index_number and row["fields"]["fine"] == "10000"
        assert row["url"].endswith(record.url)
        assert {one["kind"] for one in json.loads(client.get("/api/v1/records").content)["kinds"]} >= {"penalty"}

    def test_thirty_cost_what_three_do(self, client, column, django_assert_max_num_queries):
        for number in range(5):
            recording.public(column, "penalty", recording.PENALTY, f"第{number}号处罚决定")
        client.get("/records/penalty/")
        with django_assert_max_num_queries(22):
            client.get("/records/penalty/")
