"""The office puts forward, answers and sees where things stand; nobody else opens these screens."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from gongkai.foundation.access import Refused
from gongkai.ledger.models import Item
from gongkai.ledger.reviewables import EVIDENCE, FEEDBACK, ITEM
from gongkai.ledger.services import leave_feedback, release
from gongkai.review.models import Release, State


class TestRelease:
    def test_puts_forward_items_and_evidence_at_once(self, make_item, make_evidence, people, county):
        one, two = make_item("1"), make_item("2")
        piece = make_evidence(one, "预算表", content=b"x")
        rows = release(people.office, [one, two], [piece])
        assert [(row.kind, row.state) for row in rows] == [(ITEM, State.WAITING)] * 2 + [(EVIDENCE, State.WAITING)]
        assert [row.body for row in rows] == [county.body, county.body, county.fgj]

    def test_what_waits_or_is_public_is_passed_over(self, make_item, people, publish):
        one, two = make_item("1"), make_item("2")
        publish(one)
        assert [row.subject for row in release(people.office, [one, two])] == [two]
        assert release(people.office, [one, two]) == []

    def test_what_changed_since_goes_again(self, make_item, people, publish):
        item = make_item("1")
        publish(item)
        Item.objects.update(text="改过")
        assert len(release(people.office, [item])) == 1

    def test_removed_records_stop_all(self, make_item, people):
        one, gone = make_item("1"), make_item("2", removed=True)
        with pytest.raises(ValidationError, match="不能公开"):
            release(people.office, [one, gone])
        assert not Release.objects.exists()

    @pytest.mark.parametrize("who", ["clerk", "leader", "county_leader"])
    def test_only_by_the_office(self, make_item, people, who):
        with pytest.raises(Refused):
            release(getattr(people, who), [make_item("1")])

    def test_not_by_the_office_of_another_county(self, make_item, person):
        from gongkai.bodies.models import Body, Kind
        from gongkai.foundation.access import Role

        other = Body.objects.create(code="dongshan", name="东山县人民政府", kind=Kind.COUNTY)
        with pytest.raises(Refused):
            release(person("office.dongshan", (other, Role.OFFICE)), [make_item("1")])
        assert not Release.objects.exists()


class TestReleaseScreen:
    @pytest.fixture
    def office(self, client, people):
        client.force_login(people.office)
        return client

    def test_without_a_plan_it_teaches(self, office, county):
        assert "还没有年度台账" in office.get("/admin/ledger/release/").text

    def test_says_where_each_item_stands(self, office, make_item, publish, people):
        _never, waits, changed, public = (make_item(key, f"事项{key}") for key in ("1", "2", "3", "4"))
        publish(changed, public)
        release(people.office, [waits])
        Item.objects.filter(pk=changed.pk).update(text="改过")
        rows = office.get("/admin/ledger/release/").context["candidates"]
        assert [str(row.standing) for row in rows] == ["未报送", "审查中", "签发后有改动，未公开", "公开中"]
        assert [row.settled for row in rows] == [False, True, False, True]

    def test_puts_forward_what_was_ticked(self, office, make_item):
        one, _two = make_item("1"), make_item("2")
        answer = office.post("/admin/ledger/release/", {"id": [one.pk]}, follow=True)
        assert "已报送 1 项" in answer.text
        assert [row.subject for row in Release.objects.all()] == [one]

    def test_or_everything(self, office, make_item, make_evidence):
        make_evidence(make_item("1"), "预算表", content=b"x")
        make_item("2")
        office.post("/admin/ledger/release/", {"all": "1"})
        assert Release.objects.filter(kind=ITEM).count() == 2
        office.post(f"/admin/ledger/release/?kind={EVIDENCE}", {"all": "1"})
        assert Release.objects.filter(kind=EVIDENCE).count() == 1

    def test_nothing_ticked(self, office, make_item):
        make_item("1")
        assert "没有选择任何内容" in office.post("/admin/ledger/release/", {}, follow=True).text

    def test_what_is_to_be_put_forward_can_be_opened(self, office, make_item):
        item = make_item("1")
        assert f'href="/admin/ledger/items/{item.pk}/"' in office.get("/admin/ledger/release/").text

    def test_an_unknown_plan(self, office, plan):
        assert office.get("/admin/ledger/release/?plan=999").status_code == 404

    @pytest.mark.parametrize("who", ["clerk", "leader", "county_leader"])
    def test_for_nobody_else(self, client, people, plan, who):
        client.force_login(getattr(people, who))
        for address in ("release/", "feedback/", "feedback/results/"):
            assert client.get(f"/admin/ledger/{address}").status_code == 403


class TestFeedbackScreens:
    @pytest.fixture
    def feedback(self, client, make_item, publish, people):
        item = make_item("1")
        publish(item)
        client.force_login(people.office)
        return leave_feedback(None, item, "预算表缺少附表")

    def test_the_list_leads_to_the_answer(self, client, feedback):
        page = client.get("/admin/ledger/feedback/").text
        assert "预算表缺少附表" in page
        assert f"/admin/ledger/feedback/{feedback.pk}/" in page
        assert "预算表缺少附表" not in client.get("/admin/ledger/feedback/results/?state=shown").text

    def test_answering_puts_it_before_the_gate(self, client, feedback):
        address = f"/admin/ledger/feedback/{feedback.pk}/"
        assert "预算表缺少附表" in client.get(address).text
        answer = client.post(address, {"words": "已补充", "decision": "answer"}, follow=True)
        assert "答复已报送，签发后公开" in answer.text
        assert Release.objects.get(kind=FEEDBACK).state == State.WAITING
        assert "审查中" in client.get(address).text

    def test_keeping_it_from_the_public(self, client, feedback):
        client.post(f"/admin/ledger/feedback/{feedback.pk}/", {"words": "与事项无关", "decision": "hide"})
        feedback.refresh_from_db()
        assert feedback.state == "hidden"

    def test_an_error_keeps_what_was_typed(self, client, feedback):
        address = f"/admin/ledger/feedback/{feedback.pk}/"
        client.post(address, {"words": "已补充", "decision": "answer"})
        again = client.post(address, {"words": "已补充", "decision": "answer"})
        assert "不必重复报送" in again.text
        assert "已补充" in again.text

    def test_not_of_another_county(self, client, feedback, person):
        from gongkai.bodies.models import Body, Kind
        from gongkai.foundation.access import Role

        other = Body.objects.create(code="dongshan", name="东山县人民政府", kind=Kind.COUNTY)
        client.force_login(person("office.dongshan", (other, Role.OFFICE)))
        assert "预算表缺少附表" not in client.get("/admin/ledger/feedback/").text
        assert client.get(f"/admin/ledger/feedback/{feedback.pk}/").status_code == 404
