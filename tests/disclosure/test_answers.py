"""通知（18）项: every problem that the audit announced, and what was published of its mending."""

from __future__ import annotations

from datetime import date

import pytest
from tests.disclosure import recording

from gongkai.disclosure.indicators import problems_answered
from gongkai.disclosure.rectification_sources import recheck_unanswered, unanswered
from gongkai.disclosure.selectors import announced, announcements

TODAY = date(2026, 6, 15)
PROBLEMS = {
    "project": "预算执行审计",
    "audited": "县财政局",
    "problems": "1\t资金闲置\t46.2\t分配到位\n2\t资产未入账\t\t补记",
}
LONG_AGO = date(2026, 3, 1)


@pytest.fixture
def column(county):
    return recording.column(county.fgj)


@pytest.fixture
def announcement(column):
    return recording.public(column, "audit_problem", PROBLEMS, "县财政局审计公告", formed_on=LONG_AGO)


def answer(above, announcement, rows="1\t已分配\t已完成"):
    fields = {"project": "预算执行审计", "results": rows, "summary_text": "正在整改"}
    return recording.public(above, "audit_mending", fields, "县财政局整改结果", follows=announcement.pk)


def test_each_problem_with_its_body_term_and_answer(county, column, announcement):
    recording.draft(column, "audit_mending", {"results": "2\t补记\t已完成"}, follows=announcement.pk)  # a draft is none
    answer(column, announcement)
    first, second = announced(announcements())
    assert (first.owner, first.due) == (county.czj, date(2026, 4, 30))  # 60 days, a parameter; the audited body
    assert (first.result, second.answer, second.words) == ("已完成", None, "资产未入账")
    assert not first.is_late(TODAY) and second.is_late(TODAY) and not second.is_late(date(2026, 4, 30))


def test_the_public_sees_what_waits(client, column, announcement):
    page = client.get("/records/audit_problem/").text
    assert "2 个问题尚未公布整改结果" in page and "资金闲置" in page and "逾期未公布" in page
    assert client.get(announcement.url).text.count("逾期未公布") == 2
    answer(column, announcement)
    page = client.get("/records/audit_problem/").text
    assert "1 个问题尚未公布整改结果" in page and "资金闲置" not in page
    page = client.get(announcement.url).text
    assert "已完成" in page and page.count("逾期未公布") == 1


def test_what_waits_too_long_is_mended_by_the_audited_body(county, column, announcement):
    first, second = unanswered()
    assert {first.body_id, second.body_id} == {county.czj.pk} and first.reference == f"{announcement.pk}:1"
    assert not recheck_unanswered(first.reference).mended
    answer(column, announcement)
    assert [one.reference for one in unanswered()] == [second.reference]
    assert recheck_unanswered(first.reference).mended and not recheck_unanswered(second.reference).mended
    announcement.unpublish()
    assert recheck_unanswered(second.reference).mended


def test_the_share_that_is_answered(county, column, announcement):
    """公开的整改结果与公告的问题之比."""
    assert problems_answered(county.czj.pk, TODAY).value == 0
    answer(column, announcement)
    reading = problems_answered(county.czj.pk, TODAY)
    assert (reading.numerator, reading.denominator) == (1, 2)
    assert problems_answered(county.fgj.pk, TODAY).value is None


def test_on_the_screen_of_both_bodies(client, people, column, announcement):
    for person in (people.clerk, people.other_clerk, people.office):
        client.force_login(person)
        page = client.get("/admin/records/answers/").text
        assert "资金闲置" in page and "县财政局" in page
    answer(column, announcement)
    assert "资金闲置" not in client.get("/admin/records/answers/?open=1").text
    assert "已完成" in client.get("/admin/records/answers/").text


def test_the_screen_costs_the_same_for_many(client, people, column, django_assert_max_num_queries):
    for number in range(4):
        recording.public(column, "audit_problem", PROBLEMS, f"公告{number}", formed_on=LONG_AGO)
    client.force_login(people.office)
    client.get("/admin/records/answers/")
    with django_assert_max_num_queries(30):
        client.get("/admin/records/answers/")


def test_a_project_shows_its_stages_in_a_line(client, column):
    """国办发〔2017〕94号: eight kinds of information, those too of which nothing is public."""
    fields = {
        "name": "公路改造",
        "builder": "某公司",
        "place": "云溪镇",
        "investment": "100",
        "content": "内容",
        "organ": "某局",
    }
    first = recording.public(column, "project", fields | {"stage": "批准结果"}, "公路改造：批准结果")
    second = recording.public(column, "project", fields | {"stage": "施工"}, "公路改造：施工", follows=first.pk)
    recording.draft(column, "project", fields | {"stage": "竣工"}, "公路改造：竣工", follows=second.pk)
    page = client.get(first.url).text
    line = page.split("各阶段公开情况", 1)[1].split("</ol>", 1)[0]
    assert line.count("<li") == 8 and line.count('class="done"') == 2 and second.url in line
    assert line.index("批准结果") < line.index("施工") < line.index("竣工") and "公路改造：竣工" not in line
    assert "前后信息" not in page
