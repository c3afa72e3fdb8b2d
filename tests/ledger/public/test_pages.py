"""The public pages: nothing released, one, a thousand; what they say and what they cost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test.utils import CaptureQueriesContext
from tests.papers import PDF
from tests.portal.tagging import faults

from gongkai.bodies.models import Body, Kind
from gongkai.channels.models import Site
from gongkai.core.siteaudit import PageKind
from gongkai.foundation import clock
from gongkai.ledger.models import Assignment, Item, Plan, State
from gongkai.ledger.reviewables import EVIDENCE, ITEM
from gongkai.portal.identity import identify
from gongkai.review import gate
from gongkai.review.models import Release
from gongkai.review.services import withdraw


class TestNothingReleased:
    def test_the_years_page_teaches_what_will_be_here(self, client, plan, make_item):
        make_item("1")
        answer = client.get("/ledger/")
        assert answer.status_code == 200
        assert "还没有公开的台账" in answer.text
        assert "2026" not in answer.text.split("<main")[1]

    @pytest.mark.parametrize(
        "address", ["/ledger/2026/", "/ledger/2026/1/", "/ledger/2026/?format=csv", "/ledger/2019/"]
    )
    def test_the_rest_is_not_found(self, client, make_item, address):
        make_item("1")
        assert client.get(address).status_code == 404

    def test_waiting_is_not_released(self, client, make_item, people):
        from gongkai.ledger.services import release

        release(people.office, [make_item("1")])
        assert client.get("/ledger/2026/").status_code == 404

    def test_without_a_county(self, client, db):
        from tests.portal.writing import ensure_portal

        ensure_portal()
        assert client.get("/ledger/").status_code == 404


class TestOneReleased:
    @pytest.fixture
    def item(self, make_item, county, publish) -> Item:
        item = make_item("21", "每月公开重点领域信息", [county.fgj, county.czj])
        publish(item)
        return item

    @pytest.mark.parametrize(
        ("address", "kind"),
        [
            ("/ledger/", PageKind.COLUMN),
            ("/ledger/2026/", PageKind.COLUMN),
            ("/ledger/2026/?state=overdue", PageKind.COLUMN),
            ("/ledger/2026/21/", PageKind.CONTENT),
        ],
    )
    def test_no_national_tag_is_missing(self, client, item, county, people, address, kind):
        site = Site.objects.create(name="门户", url="https://x.example/", owner=county.body, identifier="9901240001")
        identify(people.office, county.body, site=site)
        assert faults(client.get(address).text, kind) == []

    def test_the_way_from_the_front_page_to_the_item(self, client, item):
        assert 'href="/ledger/"' in client.get("/").text
        assert 'href="/ledger/2026/"' in client.get("/ledger/").text
        assert 'href="/ledger/2026/21/"' in client.get("/ledger/2026/").text
        page = client.get("/ledger/2026/21/")
        assert page.status_code == 200
        for words in (
            "每月公开重点领域信息",
            "清河县发展和改革局",
            "清河县财政局",
            "2026年9月30日",
            "推进中",
            "推进财政信息公开",
        ):
            assert words in page.text

    def test_the_state_is_live(self, client, item):
        Assignment.objects.update(state=State.ACCEPTED)
        assert gate.is_open(ITEM, Item.objects.get())
        assert "已办结" in client.get("/ledger/2026/21/").text

    def test_what_passes_between_office_and_body_is_not_told(self, client, item):
        for state in (State.SUBMITTED, State.RETURNED):
            Assignment.objects.update(state=state)
            page = client.get("/ledger/2026/21/").text
            assert "推进中" in page
            assert "待审核" not in page
            assert "已退回" not in page

    def test_late_is_late(self, client, item, settings):
        settings.GONGKAI_NOW = "2026-10-01T09:00:00+08:00"
        assert "已逾期" in client.get("/ledger/2026/").text

    def test_one_late_body_makes_the_item_late_and_the_other_keeps_its_own_state(self, client, item, settings, county):
        settings.GONGKAI_NOW = "2026-10-01T09:00:00+08:00"
        Assignment.objects.filter(body=county.fgj).update(state=State.ACCEPTED)
        page = client.get("/ledger/2026/21/").text
        assert "已办结" in page
        assert page.count("已逾期") == 2  # the item and 县财政局

    @pytest.mark.parametrize(
        "change",
        [
            lambda item: Item.objects.update(text="悄悄改动"),
            lambda item: Item.objects.update(due=date(2026, 12, 31)),
            lambda item: Item.objects.update(deadline_text="年底前"),
            lambda item: Assignment.objects.filter(pk=item.assignments.first().pk).update(due=date(2026, 12, 31)),
            lambda item: Assignment.objects.filter(pk=item.assignments.first().pk).update(withdrawn=True),
            lambda item: Assignment.objects.filter(pk=item.assignments.first().pk).update(role="lead"),
            lambda item: Body.objects.filter(code="qinghe.fgj").update(name="改了名的局"),
            lambda item: item.group.__class__.objects.update(name="改了名的分组"),
            lambda item: Item.objects.update(removed=True),
        ],
    )
    def test_a_change_of_words_bodies_or_days_takes_it_down(self, client, item, change):
        change(item)
        assert client.get("/ledger/2026/21/").status_code == 404
        assert client.get("/ledger/2026/").status_code == 404
        assert client.get("/api/v1/ledger?year=2026").json().get("total", 0) == 0

    def test_withdrawn_is_gone(self, client, item, people):
        withdraw(people.office, Release.objects.get(), "暂不公开")
        assert client.get("/ledger/2026/21/").status_code == 404

    def test_other_methods_are_refused(self, client, item):
        assert client.put("/ledger/2026/21/").status_code == 405
        assert client.post("/ledger/2026/").status_code == 405


class TestEvidence:
    @pytest.fixture
    def item(self, make_item, publish) -> Item:
        item = make_item("1")
        publish(item)
        return item

    def test_a_link_is_shown_when_released(self, client, item, make_evidence, publish):
        piece = make_evidence(item, "预算公开专栏", url="https://www.qinghe.example/budget/")
        assert "预算公开专栏" not in client.get("/ledger/2026/1/").text
        publish(piece)
        page = client.get("/ledger/2026/1/").text
        assert 'data-to="https://www.qinghe.example/budget/"' in page
        assert 'href="/leaving/?to=https%3A%2F%2Fwww.qinghe.example%2Fbudget%2F' in page

    def test_a_file_answers_404_until_the_gate_opens_and_again_when_it_closes(
        self, client, item, make_evidence, publish, people
    ):
        piece = make_evidence(item, "预算表", content=PDF)
        address = f"/ledger/files/{piece.pk}/"
        assert client.get(address).status_code == 404
        publish(piece)
        answer = client.get(address)
        assert b"".join(answer.streaming_content) == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        withdraw(people.leader, Release.objects.get(kind=EVIDENCE), "更正")
        assert client.get(address).status_code == 404

    def test_a_file_whose_bytes_were_exchanged_is_not_what_was_signed(self, client, item, make_evidence, publish):
        piece = make_evidence(item, "预算表", content=b"signed")
        publish(piece)
        Path(piece.file.path).write_bytes(b"another content")
        assert client.get(f"/ledger/files/{piece.pk}/").status_code == 404

    def test_a_released_file_of_an_item_that_is_not(self, client, make_item, make_evidence, publish):
        piece = make_evidence(make_item("2"), "预算表", content=b"x")
        publish(piece)
        assert client.get(f"/ledger/files/{piece.pk}/").status_code == 404

    @pytest.mark.parametrize(
        "change", [{"removed": True}, {"title": "别的"}, {"note": "加一句"}, {"file_name": "x.exe"}]
    )
    def test_removed_or_changed_evidence_goes(self, client, item, make_evidence, publish, change):
        piece = make_evidence(item, "预算表", content=b"x")
        publish(piece)
        type(piece).objects.filter(pk=piece.pk).update(**change)
        assert client.get(f"/ledger/files/{piece.pk}/").status_code == 404
        assert "预算表" not in client.get("/ledger/2026/1/").text

    def test_a_missing_file_is_not_found_and_not_an_error(self, client, item, make_evidence, publish):
        piece = make_evidence(item, "预算表", content=b"x")
        publish(piece)
        piece.file.storage.delete(piece.file.name)
        assert client.get(f"/ledger/files/{piece.pk}/").status_code == 404
        assert client.get("/ledger/2026/1/").status_code == 200

    def test_a_link_or_a_note_has_no_file(self, client, item, make_evidence, publish):
        piece = make_evidence(item, "说明", note="已完成")
        publish(piece)
        assert client.get(f"/ledger/files/{piece.pk}/").status_code == 404


class TestList:
    @pytest.fixture
    def many(self, make_item, publish, county) -> None:
        publish(
            make_item("1", "公开预算", [county.czj], State.ACCEPTED),
            make_item("2", "公开价格", [county.fgj], State.TO_ACCEPT, date(2026, 7, 1)),
            make_item("3", "公开统计", [county.fgj, county.czj], State.IN_PROGRESS, date(2026, 6, 1)),
            make_item("P2.1", "加强领导", [county.fgj], State.IN_PROGRESS, None, deadline_text="全年"),
        )

    def keys(self, client, query="") -> list[str]:
        return [row["entry"].item.key for row in client.get(f"/ledger/2026/?{query}").context["rows"]]

    @pytest.mark.parametrize(
        ("query", "keys"),
        [
            ("", ["1", "2", "3", "P2.1"]),
            ("body=qinghe.czj", ["1", "3"]),
            ("state=accepted", ["1"]),
            ("state=overdue", ["3"]),
            ("q=价格", ["2"]),
            ("q=发展和改革&state=in-progress", ["P2.1"]),
            ("sort=due", ["3", "2", "1", "P2.1"]),
            ("sort=-due", ["1", "2", "3", "P2.1"]),
            ("sort=-order", ["P2.1", "3", "2", "1"]),
            ("sort=state", ["3", "2", "P2.1", "1"]),
            ("sort=nonsense&page=nonsense", ["1", "2", "3", "P2.1"]),
            ("q=没有这样的事项", []),
        ],
    )
    def test_filters_and_order_stand_in_the_address(self, client, many, query, keys):
        assert self.keys(client, query) == keys

    def test_every_number_leads_to_what_it_counts(self, client, many):
        for query in ("", "body=qinghe.fgj", "q=公开"):
            for row in client.get(f"/ledger/2026/?{query}").context["counts"]:
                assert len(self.keys(client, row["query"])) == row["count"]

    def test_headings_stand_once_above_their_items(self, client, many):
        assert client.get("/ledger/2026/").text.count("深化重点领域信息公开") == 1
        assert "深化重点领域信息公开" not in client.get("/ledger/2026/?sort=due").text

    def test_nothing_matches(self, client, many):
        page = client.get("/ledger/2026/?q=无").text
        assert "没有符合条件的事项" in page
        assert "查看全部事项" in page

    def test_what_was_asked_is_written_back_safely(self, client, many):
        page = client.get("/ledger/2026/", {"q": '"><script>alert(1)</script>', "sort": '"><b>'}).text
        assert "<script>" not in page
        assert "<b>" not in page.replace("<b>0</b>", "").replace("<b>4</b>", "")

    def test_csv_as_seen(self, client, many):
        answer = client.get("/ledger/2026/?body=qinghe.czj&format=csv")
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert answer.headers["Content-Disposition"] == 'attachment; filename="qinghe-ledger-2026.csv"'
        assert [line.split(",")[0] for line in lines] == ["编号", "1", "3"]

    def test_xlsx_as_seen(self, client, many, tmp_path):
        import openpyxl

        path = tmp_path / "ledger.xlsx"
        path.write_bytes(client.get("/ledger/2026/?sort=-order&format=xlsx").content)
        rows = list(openpyxl.load_workbook(path).active.values)
        assert [row[0] for row in rows] == ["编号", "P2.1", "3", "2", "1"]
        assert rows[2][4] == "清河县发展和改革局（责任单位）、清河县财政局（责任单位）"

    def test_no_cell_is_a_formula(self, client, make_item, publish):
        publish(make_item("1", "=HYPERLINK(1)"))
        assert "'=HYPERLINK(1)" in client.get("/ledger/2026/?format=csv").content.decode("utf-8-sig")


@pytest.mark.slow
class TestThousand:
    @pytest.fixture
    def thousand(self, plan, county, people) -> None:
        from gongkai.ledger.models import Obligation
        from gongkai.ledger.reviewables import item_text, prepare_items
        from gongkai.review.digests import sm3

        items = Item.objects.bulk_create(
            Item(plan=plan, key=str(n), text=f"事项{n}的内容", due=date(2026, 9, 30), order=n) for n in range(1, 1001)
        )
        duties = Obligation.objects.bulk_create(Obligation(item=one, key=one.key, text=one.text) for one in items)
        Assignment.objects.bulk_create(
            Assignment(plan=plan, item=duty.item, obligation=duty, body=body, changed_at=clock.now())
            for duty in duties
            for body in (county.fgj, county.czj)
        )
        from django.contrib.contenttypes.models import ContentType

        Release.objects.bulk_create(
            Release(
                kind=ITEM,
                content_type=ContentType.objects.get_for_model(Item),
                object_id=item.pk,
                body=county.body,
                title=item.text,
                digest=sm3(item_text(item)),
                state="approved",
                requested_by=people.office,
                requested_at=clock.now(),
                decided_by=people.county_leader,
                decided_at=clock.now(),
            )
            for item in prepare_items(plan.items.all())
        )

    def test_thirty_a_page_and_all_for_printing(self, client, thousand):
        page = client.get("/ledger/2026/?page=2")
        assert [row["entry"].item.key for row in page.context["rows"]] == [str(n) for n in range(31, 61)]
        assert "共 1000 项，本页为第 31 至 60 项" in page.text
        assert len(client.get("/ledger/2026/?page=all").context["rows"]) == 1000

    def test_a_thousand_cost_as_many_queries_as_one(self, client, thousand, django_assert_max_num_queries):
        client.get("/ledger/2026/")
        with django_assert_max_num_queries(10):
            client.get("/ledger/2026/")

    def test_an_item_page_does_not_read_the_others(self, client, thousand, django_assert_max_num_queries):
        with django_assert_max_num_queries(14):
            assert client.get("/ledger/2026/500/").status_code == 200


@pytest.mark.slow
def test_queries_do_not_grow_with_items(client, make_item, publish):
    from django.db import connection

    publish(make_item("1"))
    client.get("/ledger/2026/")
    with CaptureQueriesContext(connection) as one:
        client.get("/ledger/2026/")
    publish(*[make_item(str(number)) for number in range(2, 12)])
    with CaptureQueriesContext(connection) as eleven:
        client.get("/ledger/2026/")
    assert len(eleven) == len(one)


class TestSeveralCounties:
    @pytest.fixture
    def dongshan(self, person, portal) -> Item:
        """A released item of another county in the same installation, of the same year and number."""
        from tests.review.passing import sign

        from gongkai.foundation.access import Role
        from gongkai.ledger.services import release

        other = Body.objects.create(code="dongshan", name="东山县人民政府", kind=Kind.COUNTY)
        plan = Plan.objects.create(county=other, year=2026, title="东山县", opened_at=clock.now())
        item = Item.objects.create(plan=plan, key="1", text="东山县的事项")
        [row] = release(person("office.dongshan", (other, Role.OFFICE)), [item])
        sign(person("leader.dongshan", (other, Role.LEADER)), row)
        return item

    def test_the_plain_address_serves_the_portals_own_county(self, client, make_item, publish, dongshan):
        publish(make_item("1", "清河县的事项"))
        assert "清河县的事项" in client.get("/ledger/2026/").text
        assert "东山县的事项" not in client.get("/ledger/2026/").text
        assert "东山县的事项" not in client.get("/ledger/2026/1/").text

    def test_the_other_has_its_code_in_the_address_and_in_its_links(self, client, dongshan):
        assert 'href="/ledger/dongshan/2026/"' in client.get("/ledger/dongshan/").text
        assert 'href="/ledger/dongshan/2026/1/"' in client.get("/ledger/dongshan/2026/").text
        assert "东山县的事项" in client.get("/ledger/dongshan/2026/1/").text

    def test_the_plain_address_shows_nothing_of_it(self, client, dongshan):
        assert client.get("/ledger/2026/").status_code == 404

    def test_a_body_that_is_no_county_has_no_ledger(self, client, county, portal):
        assert client.get("/ledger/qinghe.fgj/").status_code == 404


@pytest.mark.parametrize("year", ["abc", "9" * 5000, "9" * 25, "-1", "²", "２０２６"])
def test_a_year_that_is_none_for_the_open_interface(client, portal, year):
    assert client.get("/api/v1/ledger", {"year": year}).status_code == 400
    assert client.get("/ledger/" + "9" * 25 + "/").status_code == 404
