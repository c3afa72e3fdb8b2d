"""A visitor's opinion: left on a released item, answered by the office, shown when the answer was signed."""

from __future__ import annotations

import io
import re

import pytest
from django.core.exceptions import ValidationError
from openpyxl import load_workbook
from tests.review.passing import sign

from gongkai.foundation.access import Refused
from gongkai.foundation.events.models import Event
from gongkai.ledger.models import Feedback, FeedbackState, Item
from gongkai.ledger.public.feedback import FeedbackForm
from gongkai.ledger.reviewables import FEEDBACK
from gongkai.ledger.services import answer_feedback, hide_feedback, leave_feedback
from gongkai.review.models import Release
from gongkai.review.services import withdraw

ADDRESS = "/ledger/2026/1/"
WORDS = {name: number for number, name in enumerate("零一二三四五六七八九十")}


@pytest.fixture
def item(make_item, publish) -> Item:
    item = make_item("1")
    publish(item)
    return item


@pytest.fixture
def feedback(item) -> Feedback:
    return leave_feedback(None, item, "预算表缺少附表")


def answered(client, text: str, **fields):
    """Fill the form as a person does, the question included, and send it."""
    page = client.get(ADDRESS).text
    one, sign, other = re.search(r"验证问题：(.)(加|减)(.)等于多少", page).groups()
    answer = WORDS[one] + WORDS[other] if sign == "加" else WORDS[one] - WORDS[other]
    token = re.search(r'name="challenge" value="([^"]+)"', page).group(1)
    return client.post(ADDRESS, {"text": text, "challenge": token, "answer": str(answer), **fields})


@pytest.fixture
def quick(monkeypatch) -> None:
    """The test types faster than people do."""
    monkeypatch.setattr(FeedbackForm, "least_seconds", -1)


class TestForm:
    def test_a_visitor_is_told_the_number_and_nothing_is_shown_yet(self, client, item, quick):
        answer = answered(client, "预算表缺少附表")
        assert answer.status_code == 302
        kept = Feedback.objects.get()
        assert (kept.item, kept.text, kept.state) == (item, "预算表缺少附表", FeedbackState.WAITING)
        page = client.get(answer.headers["Location"].split("#")[0]).text
        assert kept.reference in page
        assert "预算表缺少附表" not in page

    def test_a_wrong_answer_keeps_what_was_typed(self, client, item, quick):
        page = answered(client, "预算表缺少附表", answer="99")
        assert page.status_code == 422
        assert "预算表缺少附表" in page.text
        assert not Feedback.objects.exists()

    def test_an_empty_opinion_is_an_error_beside_the_field_and_in_the_summary(self, client, item, quick):
        page = answered(client, "   ")
        assert page.text.count("请填写意见内容") == 2
        assert 'href="#id_text"' in page.text
        assert 'aria-invalid="true"' in page.text

    def test_too_long_an_opinion(self, client, item, quick):
        assert "不能超过 1000 字" in answered(client, "长" * 1001).text
        assert not Feedback.objects.exists()

    def test_too_many_from_one_address(self, client, item, quick, monkeypatch):
        monkeypatch.setattr(FeedbackForm, "limit", 2)
        assert [answered(client, "意见").status_code for _ in range(3)] == [302, 302, 422]

    def test_the_visitor_is_asked_not_to_write_personal_numbers(self, client, item):
        assert "请不要填写姓名、身份证号、手机号" in client.get(ADDRESS).text

    def test_an_item_that_is_not_released_takes_none(self, client, make_item):
        make_item("9")
        assert client.post("/ledger/2026/9/", {"text": "意见"}).status_code == 404

    def test_the_number_in_the_address_is_text(self, client, item):
        assert "<b>" not in client.get(ADDRESS, {"received": "<b>x</b>"}).text


class TestLeave:
    def test_nothing_about_the_visitor_is_stored(self, feedback):
        event = Event.objects.about(feedback).get()
        assert (event.verb, event.actor, event.details) == ("ledger.leave_feedback", None, {})
        assert re.fullmatch(r"JD20260615-[2-9A-HJKMNP-Z]{4}", feedback.reference)

    @pytest.mark.parametrize("text", ["", " \n ", "长" * 1001])
    def test_needs_words_but_not_too_many(self, item, text):
        with pytest.raises(ValidationError):
            leave_feedback(None, item, text)

    def test_only_on_what_is_released(self, make_item):
        with pytest.raises(Refused):
            leave_feedback(None, make_item("9"), "意见")

    def test_references_are_different(self, item):
        assert len({leave_feedback(None, item, "意见").reference for _ in range(20)}) == 20


class TestAnswer:
    def test_shown_only_when_the_answer_is_signed(self, client, feedback, people):
        answer_feedback(people.office, feedback, "已补充附表")
        assert "预算表缺少附表" not in client.get(ADDRESS).text
        sign(people.county_leader, Release.objects.get(kind=FEEDBACK))
        page = client.get(ADDRESS).text
        assert "预算表缺少附表" in page
        assert "已补充附表" in page
        feedback.refresh_from_db()
        assert feedback.state == FeedbackState.SHOWN

    def test_a_changed_answer_is_signed_again(self, client, feedback, people):
        answer_feedback(people.office, feedback, "已补充附表")
        sign(people.county_leader, Release.objects.get(kind=FEEDBACK))
        answer_feedback(people.office, feedback, "改过的答复")
        assert "预算表缺少附表" not in client.get(ADDRESS).text
        sign(people.county_leader, Release.objects.get(kind=FEEDBACK, state="waiting"))
        assert "改过的答复" in client.get(ADDRESS).text

    @pytest.mark.parametrize("who", ["clerk", "leader", "county_leader"])
    def test_only_by_the_office(self, feedback, people, who):
        for act in (answer_feedback, hide_feedback):
            with pytest.raises(Refused):
                act(getattr(people, who), feedback, "文字")

    def test_needs_words(self, feedback, people):
        with pytest.raises(ValidationError):
            answer_feedback(people.office, feedback, "  ")
        assert not Release.objects.filter(kind=FEEDBACK).exists()


class TestHide:
    def test_never_shown(self, client, feedback, people):
        hide_feedback(people.office, feedback, "与事项无关")
        feedback.refresh_from_db()
        assert (feedback.state, feedback.handled_by) == (FeedbackState.HIDDEN, people.office)
        assert Event.objects.about(feedback).last().reason == "与事项无关"

    def test_what_was_shown_goes_at_once(self, client, feedback, people):
        answer_feedback(people.office, feedback, "已补充附表")
        sign(people.county_leader, Release.objects.get(kind=FEEDBACK))
        hide_feedback(people.office, feedback, "含个人信息")
        assert "预算表缺少附表" not in client.get(ADDRESS).text
        assert Release.objects.get(kind=FEEDBACK).state == "withdrawn"

    def test_what_waits_at_the_gate_is_taken_back(self, feedback, people):
        answer_feedback(people.office, feedback, "已补充附表")
        hide_feedback(people.office, feedback, "含个人信息")
        with pytest.raises(ValidationError):
            sign(people.county_leader, Release.objects.get(kind=FEEDBACK))

    def test_not_twice_and_not_without_reason(self, feedback, people):
        with pytest.raises(ValidationError):
            hide_feedback(people.office, feedback, " ")
        hide_feedback(people.office, feedback, "与事项无关")
        with pytest.raises(ValidationError, match="已经不公开"):
            hide_feedback(people.office, feedback, "与事项无关")

    def test_withdrawn_by_a_leader_it_is_hidden(self, feedback, people):
        answer_feedback(people.office, feedback, "已补充附表")
        release = sign(people.county_leader, Release.objects.get(kind=FEEDBACK))
        withdraw(people.county_leader, release, "有误")
        feedback.refresh_from_db()
        assert feedback.state == FeedbackState.HIDDEN


@pytest.mark.parametrize(("kind", "cell"), [("csv", "'=HYPERLINK"), ("xlsx", "=HYPERLINK")])
def test_what_a_visitor_writes_is_no_formula_in_the_office_s_table(item, people, signed_in, kind, cell):
    leave_feedback(None, item, '=HYPERLINK("http://evil.example")\x0b\x01')
    answer = signed_in(people.office).get("/admin/ledger/feedback/", {"export": kind})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if kind == "csv":
        assert cell in content.decode("utf-8-sig")
        assert ',"=HYPERLINK' not in content.decode("utf-8-sig")
        return
    sheet = load_workbook(io.BytesIO(content)).active
    found = [one for row in sheet.iter_rows() for one in row if str(one.value).startswith(cell)]
    assert [one.data_type for one in found] == ["s"]
