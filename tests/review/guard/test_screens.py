"""The screens of 泄密隐患登记: the list with its clocks, one incident, the procedure."""

import csv
import io

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from tests.review.conftest import KIND
from tests.review.passing import sign

from gongkai.foundation.access import Role
from gongkai.foundation.guard.reporting import Refusal
from gongkai.review.models import Incident
from gongkai.review.services import report_incident, request, take_down
from gongkai.review.services.incidents import note

LIST = "/admin/review/incidents/"


@pytest.fixture
def staff(county, people, person):
    return {
        "office": people.office,
        "secrecy": person("bm", (county.body, Role.SECRECY_ADMIN)),
        "auditor": person("sj", (county.body, Role.AUDITOR)),
        "reviewer": person("bm.fgj", (county.fgj, Role.SECRECY_REVIEWER)),
        "elsewhere": person("bm.czj", (county.czj, Role.SECRECY_REVIEWER)),
        "clerk": people.clerk,
    }


@pytest.fixture
def enter(staff):
    def enter(name: str) -> Client:
        client = Client()
        client.force_login(staff[name])
        return client

    return enter


@pytest.fixture
def refused(people) -> Incident:
    return note(Refusal("form", "wagtailadmin_pages:edit", "secret-mark", people.clerk))


@pytest.fixture
def public(site, people) -> Incident:
    return take_down(sign(people.leader, request(people.clerk, KIND, site.pk)), "secret-term")


def rows(answer) -> list[str]:
    return [" ".join(row.text().split()) for row in LexborHTMLParser(answer.text).css("table.listing tbody tr")]


@pytest.mark.parametrize("who", ["office", "secrecy", "auditor", "reviewer"])
def test_who_sees_it(enter, refused, public, who):
    lines = rows(enter(who).get(LIST))
    assert len(lines) == 2
    assert "已公开内容" in lines[0] and "还剩 24 小时 0 分" in lines[0]
    assert "填写提交" in lines[1] and "疑似国家秘密标志" in lines[1]
    assert enter(who).get(f"{LIST}{public.pk}/").status_code == 200


def test_who_does_not(enter, refused):
    assert rows(enter("elsewhere").get(LIST)) == []
    assert enter("elsewhere").get(f"{LIST}{refused.pk}/").status_code == 404
    assert enter("clerk").get(LIST, follow=True).status_code in (200, 403)
    assert "泄密隐患登记" not in enter("clerk").get(LIST, follow=True).text.partition("</title>")[0]


def test_what_came_from_the_public_is_the_countys(enter, county):
    note(Refusal("form", "portal_form", "secret-mark"))
    assert len(rows(enter("secrecy").get(LIST))) == 1
    assert rows(enter("reviewer").get(LIST)) == []


def test_the_clock_runs_out(enter, public, settings):
    settings.GONGKAI_NOW = "2026-06-16T08:30:00+08:00"
    assert "还剩 0 小时 30 分" in rows(enter("office").get(LIST))[0]
    settings.GONGKAI_NOW = "2026-06-16T12:00:00+08:00"
    assert "报告已逾期 3 小时" in rows(enter("office").get(LIST))[0]


def test_narrowed_and_exported(enter, refused, public, staff):
    office = enter("office")
    assert len(rows(office.get(f"{LIST}?open=unreported"))) == 1
    assert len(rows(office.get(f"{LIST}?way=form"))) == 1
    assert rows(office.get(f"{LIST}?open=closed")) == []
    assert "没有符合条件的登记" in office.get(f"{LIST}?open=closed").text
    answer = office.get(f"{LIST}?export=csv")
    table = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(table) == 3 and "报告时限" in table[0]


def test_an_empty_register_says_what_will_be_here(enter, county):
    assert "没有泄密隐患" in enter("office").get(LIST).text


def test_many_rows_cost_as_many_queries_as_one(enter, people, django_assert_max_num_queries):
    for number in range(30):
        note(Refusal("form", f"view_{number}", "secret-mark", people.clerk))
    office = enter("office")
    office.get(LIST)
    with django_assert_max_num_queries(25):
        assert len(rows(office.get(LIST))) == 30


class TestOne:
    def test_reported_then_closed(self, enter, public):
        office, address = enter("office"), f"{LIST}{public.pk}/"
        page = office.get(address)
        assert "还剩 24 小时 0 分" in page.text and "第六十一条" in page.text
        assert 'name="close"' not in page.text  # not before it was reported
        missing = office.post(address, {"report": "1", "report-reported_to": "", "report-note": "电话"})
        assert missing.status_code == 422 and "电话" in missing.text
        done = office.post(address, {"report": "1", "report-reported_to": "清河县国家保密局"}, follow=True)
        assert "已登记报告" in done.text and "清河县国家保密局" in done.text
        done = office.post(address, {"close": "1", "close-conclusion": "经核实不涉密"}, follow=True)
        assert "已办结" in done.text and "经核实不涉密" in done.text
        assert 'name="report"' not in done.text and 'name="close"' not in done.text
        verbs = [row.css("td")[1].text() for row in LexborHTMLParser(done.text).css("#history-content table tbody tr")]
        assert verbs == ["办结泄密隐患", "登记泄密隐患报告", "停止公开并登记"]

    def test_what_was_done_meanwhile_is_told(self, enter, public, people, staff):
        report_incident(people.office, public, "清河县国家保密局")
        answer = enter("secrecy").post(f"{LIST}{public.pk}/", {"report": "1", "report-reported_to": "县政府"})
        assert answer.status_code == 422

    def test_auditors_only_look(self, enter, public):
        auditor = enter("auditor")
        assert 'name="report"' not in auditor.get(f"{LIST}{public.pk}/").text
        answer = auditor.post(f"{LIST}{public.pk}/", {"report": "1", "report-reported_to": "县政府"})
        assert answer.status_code == 422
        assert Incident.objects.get().reported_at is None

    def test_the_words_of_a_report_are_judged_as_well(self, enter, public):
        answer = enter("office").post(
            f"{LIST}{public.pk}/", {"report": "1", "report-reported_to": "县政府", "report-note": "内容为：机密★5年"}
        )
        assert answer.status_code == 422 and "立即停止" in answer.content.decode()


def test_the_procedure_is_for_everybody(enter, county):
    page = enter("clerk").get(f"{LIST}procedure/")
    assert page.status_code == 200
    for words in ("立即停止", "第三十一条", "第三十五条", "第六十一条", "确认不涉密"):
        assert words in page.text
