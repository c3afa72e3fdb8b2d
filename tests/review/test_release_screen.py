"""The screen of one release: marks in place, decisions, questions, closing; and what leads to it."""

from __future__ import annotations

import re
from dataclasses import replace

import openpyxl
import pytest
from tests.review.conftest import KIND
from tests.review.passing import GROUND, holder, no_to_all, pass_until, sign

from gongkai.channels.models import Site
from gongkai.core.screening import Severity
from gongkai.foundation.access import Role
from gongkai.foundation.registries import reviewables
from gongkai.review import gate
from gongkai.review.models import Release, State, StepKind, StepRule
from gongkai.review.services import ask, hold, request, set_steps

pytestmark = pytest.mark.slow

IDENTITY = "11010519491231002X"
SHEET = {"attribute": "proactive", "ground": GROUND, **no_to_all()}


@pytest.fixture
def signed_in(client):
    def as_(user):
        client.force_login(user)
        return client

    return as_


@pytest.fixture
def confirm(site, people) -> Release:
    """A release with one finding that is to be confirmed."""
    Site.objects.update(name="联系人手机13812345678")
    return request(people.clerk, KIND, site.pk)


def act(client, release: Release, action: str, **data):
    return client.post(f"/admin/review/{release.pk}/", {"action": action, **data}, follow=True)


class TestPutForward:
    def address(self, site: Site) -> str:
        return f"/admin/review/put-forward/{KIND}/{site.pk}/"

    def test_the_form_asks_for_the_sheet(self, signed_in, people, site):
        page = signed_in(people.clerk).get(self.address(site)).text
        for words in ("清河发改", "公开属性", "公开依据", "第十四条", "第十六条第二款", "公示截止日期", "加急办理"):
            assert words in page

    def test_puts_forward_with_all_of_it(self, signed_in, people, site):
        data = SHEET | {"show_until": "2026-07-01", "note": "首次公开", "carrier": "paper", "other_ways": ["board"]}
        signed_in(people.clerk).post(self.address(site), data)
        release = Release.objects.get()
        assert (release.state, release.ground, str(release.show_until)) == (State.WAITING, GROUND, "2026-07-01")
        assert set(release.answers) == set(no_to_all())
        assert (release.carrier, release.other_ways) == ("paper", ["board"])
        page = signed_in(people.leader).get(f"/admin/review/{release.pk}/").text
        assert "公文类" in page and "政府网站、公开栏" in page

    def test_what_is_missing_is_said_beside_the_field(self, signed_in, people, site):
        answer = signed_in(people.clerk).post(self.address(site), SHEET | {"ground": "", "process": ""})
        assert answer.text.count("w-field__errors") >= 2
        assert not Release.objects.exists()

    def test_what_the_machine_stops_leads_to_its_findings(self, signed_in, people, site):
        Site.objects.update(name=f"张三{IDENTITY}")
        answer = signed_in(people.clerk).post(self.address(site), SHEET, follow=True)
        assert "机器审查未通过" in answer.text
        assert answer.redirect_chain[-1][0] == f"/admin/review/{Release.objects.get().pk}/"

    def test_the_sheet_of_last_time_is_filled_in(self, signed_in, people, site):
        client = signed_in(people.clerk)
        client.post(self.address(site), SHEET)
        assert GROUND in client.get(self.address(site)).text

    def test_not_by_another_body(self, signed_in, people, site):
        assert signed_in(people.other_clerk).get(self.address(site)).status_code in (302, 403)
        assert signed_in(people.other_clerk).post(self.address(site), SHEET).status_code in (302, 403)
        assert not Release.objects.exists()

    @pytest.mark.parametrize("path", ["nothing/1", f"{KIND}/999"])
    def test_of_nothing(self, signed_in, people, site, path):
        assert signed_in(people.clerk).get(f"/admin/review/put-forward/{path}/").status_code == 404


class TestFindings:
    def test_are_marked_in_the_text(self, signed_in, people, confirm):
        page = signed_in(people.clerk).get(f"/admin/review/{confirm.pk}/").text
        assert 'class="review-mark review-mark--confirm" title=' in page
        assert ">13812345678</mark>" in page
        assert "还有 1 处待确认" in page

    def test_are_disposed_of_with_a_reason(self, signed_in, people, confirm):
        client, finding = signed_in(people.clerk), confirm.findings.get()
        refused = act(client, confirm, "dispose", finding=finding.pk, disposal="keep", reason="")
        assert "请填写保留或者不适用的理由" in refused.text
        act(client, confirm, "dispose", finding=finding.pk, disposal="keep", reason="值班电话")
        finding.refresh_from_db()
        assert (finding.disposal, finding.reason) == ("keep", "值班电话")

    def test_nothing_chosen_is_said(self, signed_in, people, confirm):
        assert "请先选择要处置的机器发现" in act(signed_in(people.clerk), confirm, "dispose", disposal="keep").text

    def test_others_have_no_buttons(self, signed_in, people, confirm):
        assert 'value="dispose"' not in signed_in(people.leader).get(f"/admin/review/{confirm.pk}/").text

    def test_what_is_typed_is_escaped(self, signed_in, people, site):
        Site.objects.update(name="<script>alert(1)</script>13812345678")
        release = request(people.clerk, KIND, site.pk)
        assert "<script>alert(1)" not in signed_in(people.clerk).get(f"/admin/review/{release.pk}/").text


class TestDeciding:
    def test_the_secrecy_reviewer_fills_in_and_passes(self, signed_in, people, county, site):
        release = pass_until(request(people.clerk, KIND, site.pk), StepKind.SECRECY)
        client = signed_in(holder(county.fgj, Role.SECRECY_REVIEWER))
        assert "请先填写公开依据" in act(client, release, "approve", note="可以公开").text
        assert "可以公开" in act(client, release, "approve", note="可以公开").text  # what was typed is kept
        act(client, release, "describe", **SHEET)
        act(client, release, "approve", note="可以公开")
        assert release.steps.get(kind="secrecy").note == "可以公开"

    def test_several_with_one_sheet(self, signed_in, people, county, site):
        other = Site.objects.create(name="另一网站", url="https://o.example/", owner=county.fgj)
        rows = [pass_until(request(people.clerk, KIND, one.pk), StepKind.SECRECY) for one in (site, other)]
        address = "/admin/review/decide/?" + "&".join(f"id={one.pk}" for one in rows)
        client = signed_in(holder(county.fgj, Role.SECRECY_REVIEWER))
        assert "对本页全部内容生效" in client.get(address).text
        client.post(address, {"decision": "approve", "note": ""})
        assert rows[0].steps.get(kind="secrecy").outcome == ""
        client.post(address, SHEET | {"decision": "approve", "note": ""})
        assert {one.steps.get(kind="secrecy").outcome for one in rows} == {"passed"}

    def test_sending_back_needs_words(self, signed_in, people, site):
        release = pass_until(request(people.clerk, KIND, site.pk), StepKind.LEADER)
        client = signed_in(people.leader)
        assert "请填写退回意见" in act(client, release, "send_back", note="").text
        act(client, release, "send_back", note="请核对网址")
        release.refresh_from_db()
        assert release.state == State.RETURNED

    def test_the_file_number_is_noted_when_it_is_over(self, signed_in, people, site):
        release = request(people.clerk, KIND, site.pk)
        assert "登记归档号" not in signed_in(people.clerk).get(f"/admin/review/{release.pk}/").text
        sign(people.leader, release)
        assert "归档号已登记" in act(signed_in(people.clerk), release, "archive", archive_number="2026-15").text
        assert "2026-15" in signed_in(people.leader).get(f"/admin/review/{release.pk}/").text

    def test_an_unknown_act_is_not_found(self, signed_in, people, confirm):
        assert signed_in(people.clerk).post(f"/admin/review/{confirm.pk}/", {"action": "publish"}).status_code == 404

    @pytest.mark.parametrize(
        "action",
        ["approve", "send_back", "describe", "dispose", "mask", "ask", "withdraw", "hold", "resume", "archive"],
    )
    def test_who_has_no_right_changes_nothing_by_posting(self, signed_in, person, county, confirm, action):
        auditor = person("auditor", (county.body, Role.AUDITOR))
        finding = confirm.findings.get().pk
        data = SHEET | {
            "note": "x",
            "reason": "x",
            "disposal": "keep",
            "question": "x",
            "asked": "organ",
            "archive_number": "x",
        }
        act(signed_in(auditor), confirm, action, finding=finding, asked_name="x", **data)
        confirm.refresh_from_db()
        assert (confirm.state, confirm.held_at, confirm.ground) == (State.WAITING, None, "")
        assert confirm.findings.get().disposal == ""
        assert not confirm.opinions.exists() and confirm.archive_number == ""


class TestQuestions:
    def test_are_asked_and_answered_on_the_screen(self, signed_in, people, person, county, site):
        admin = person("secrecy-admin", (county.body, Role.SECRECY_ADMIN))
        release = pass_until(request(people.clerk, KIND, site.pk), StepKind.SECRECY)
        client = signed_in(holder(county.fgj, Role.SECRECY_REVIEWER))
        act(client, release, "ask", asked="secrecy-admin", question="是否可以公开", asked_name="")
        opinion = release.opinions.get()
        client = signed_in(admin)
        assert "清河发改" in client.get("/admin/review/waiting/?queue=questions").text
        act(client, release, "answer", opinion=opinion.pk, verdict="publish", answer="可以公开")
        opinion.refresh_from_db()
        assert opinion.answered_by == admin

    def test_wait_in_nobody_elses_queue(self, signed_in, people, county, site):
        release = pass_until(request(people.clerk, KIND, site.pk), StepKind.LEADER)
        ask(people.leader, release, "organ", "是否可以公开", "县水利局")
        page = signed_in(people.second_leader).get("/admin/review/waiting/?queue=questions").text
        assert "没有等待答复" in page
        assert "清河发改" in signed_in(people.leader).get("/admin/review/waiting/?queue=questions").text


class TestQueues:
    def test_count_what_waits(self, signed_in, people, confirm):
        page = signed_in(people.clerk).get("/admin/review/waiting/?queue=findings").text
        assert "待处置机器发现 1" in page
        assert f'href="/admin/review/{confirm.pk}/"' in page

    def test_the_urgent_come_first(self, signed_in, people, county, site):
        other = Site.objects.create(name="预警网站", url="https://o.example/", owner=county.fgj)
        request(people.clerk, KIND, site.pk)
        request(people.clerk, KIND, other.pk, urgent=True, urgent_reason="暴雨预警")
        reviewer = holder(county.fgj, Role.REVIEWER)
        page = signed_in(reviewer).get("/admin/review/waiting/").text
        assert page.index("预警网站") < page.index("清河发改")

    def test_what_is_late_says_so(self, signed_in, people, county, site, settings):
        request(people.clerk, KIND, site.pk)
        reviewer = holder(county.fgj, Role.REVIEWER)
        assert "已超时" not in signed_in(reviewer).get("/admin/review/waiting/").text
        settings.GONGKAI_NOW = "2026-06-18T09:00:00+08:00"
        assert "已超时" in signed_in(reviewer).get("/admin/review/waiting/").text

    def test_what_is_held_waits_for_a_decision(self, signed_in, people, site):
        hold(people.office, sign(people.leader, request(people.clerk, KIND, site.pk)), "待定")
        assert "暂停公开 1" in signed_in(people.leader).get("/admin/review/waiting/?queue=held").text

    def test_cost_the_same_for_many(self, signed_in, people, county, django_assert_max_num_queries):
        for number in range(25):
            one = Site.objects.create(name=f"网站{number}", url=f"https://s{number}.example/", owner=county.fgj)
            request(people.clerk, KIND, one.pk)
        client = signed_in(holder(county.fgj, Role.REVIEWER))
        client.get("/admin/review/waiting/")
        with django_assert_max_num_queries(24):
            client.get("/admin/review/waiting/")


def test_an_attachment_is_shown_as_the_machine_reads_it(signed_in, people, site, reviewable, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["姓名", "身份证号"])
    book.active.append(["张三", IDENTITY])
    book.active.column_dimensions["B"].hidden = True
    book.save(tmp_path / "list.xlsx")

    class Stored:
        path, name = str(tmp_path / "list.xlsx"), "list.xlsx"

    reviewables.unregister(KIND)
    reviewables.register(replace(reviewable, files=lambda site: [("名单.xlsx", Stored())]))
    release = request(people.clerk, KIND, site.pk)
    client = signed_in(people.clerk)
    page = client.get(f"/admin/review/{release.pk}/file/0/").text
    assert 'review-mark--block" title="' in page
    assert f">{IDENTITY}</mark>" in page
    assert release.findings.filter(severity=Severity.BLOCK).exists()
    assert client.get(f"/admin/review/{release.pk}/file/7/").status_code == 404
    assert signed_in(people.other_clerk).get(f"/admin/review/{release.pk}/file/0/").status_code == 404


class TestTimes:
    def test_mean_time_by_step_and_body(self, signed_in, people, site, settings, county):
        release = request(people.clerk, KIND, site.pk)
        settings.GONGKAI_NOW = "2026-06-15T12:00:00+08:00"
        sign(people.leader, release)
        page = signed_in(people.office).get("/admin/review/board/").text
        assert "3.0 小时" in page
        assert "清河县发展和改革局" in page
        assert "<svg" in page

    def test_what_took_a_moment_is_not_drawn_like_an_hour(self, signed_in, people, site):
        sign(people.leader, request(people.clerk, KIND, site.pk))
        page = signed_in(people.office).get("/admin/review/board/").text
        assert "不足 1 分钟" in page and "0 分钟" not in page
        assert max(map(float, re.findall(r'<rect x=[^>]*width="([\d.]+)" height="22"', page)), default=0) <= 1

    def test_an_empty_one_teaches(self, signed_in, people):
        assert "这段时间没有办理过审查" in signed_in(people.office).get("/admin/review/board/").text

    def test_only_of_ones_bodies(self, signed_in, people, site):
        request(people.clerk, KIND, site.pk)
        assert "清河县发展和改革局" not in signed_in(people.other_leader).get("/admin/review/board/").text


class TestRules:
    def test_are_set_by_the_office(self, signed_in, people, county):
        client = signed_in(people.office)
        assert "还没有单独设置" in client.get("/admin/review/rules/").text
        client.post("/admin/review/rules/", {"body": county.fgj.pk, "kind": "", "legal": "on"})
        rule = StepRule.objects.get()
        assert (rule.body, rule.reviewer, rule.legal) == (county.fgj, False, True)
        assert "合法性审查" in client.get("/admin/review/rules/").text

    def test_not_by_others(self, signed_in, people, county):
        assert signed_in(people.leader).post("/admin/review/rules/", {"body": county.fgj.pk}).status_code == 403
        assert not StepRule.objects.exists()

    def test_not_for_bodies_of_another_county(self, signed_in, people, county):
        from gongkai.bodies.models import Body, Kind

        other = Body.objects.create(code="dongshan", name="东山县人民政府", kind=Kind.COUNTY)
        signed_in(people.office).post("/admin/review/rules/", {"body": other.pk, "kind": ""})
        assert not StepRule.objects.exists()
        set_steps(people.office, county.fgj)


def test_gate_and_screen_agree_after_holding(signed_in, people, site):
    release = sign(people.leader, request(people.clerk, KIND, site.pk))
    client = signed_in(people.leader)
    act(client, release, "hold", reason="待核")
    assert not gate.is_open(KIND, site)
    act(client, release, "resume", reason="核实无误")
    assert gate.is_open(KIND, site)
