"""Findings become cases once; what vanished is closed when the check says so; a broken source stops nobody."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from tests.rectification.conftest import SOURCE

from gongkai.foundation.access import Refused, Role
from gongkai.foundation.access.acting import act, schema_of
from gongkai.foundation.access.table import verbs
from gongkai.foundation.events.models import Event
from gongkai.foundation.registries import Finding, RectificationSource, Severity, rectification_sources
from gongkai.rectification import jobs
from gongkai.rectification.models import Case, Ruling, SourceRun, State
from gongkai.rectification.services import collect, except_until, open_case, overrule, report_mended


class TestOpening:
    def test_a_finding_becomes_a_case_of_its_body(self, case, county):
        assert (case.body, case.state, case.reference) == (county.fgj, State.TO_MEND, "/a")
        assert str(case.due) == "2026-06-30", "ten working days; 19 June is a holiday"
        assert (case.days, case.times, case.earlier) == (10, 1, None)
        assert "系统默认值" in case.term_basis

    def test_a_term_of_the_source_goes_before_the_default(self, world, county):
        world.breaks("/a", county.fgj, days=3, basis="《政府网站检查指标》单项否决", severity=Severity.SERIOUS)
        collect(None)
        case = Case.objects.get()
        assert (case.days, case.term_basis, str(case.due)) == (3, "《政府网站检查指标》单项否决", "2026-06-18")
        assert case.severity == Severity.SERIOUS

    def test_running_again_opens_nothing_and_writes_nothing(self, case):
        before = Event.objects.count()
        collect(None)
        collect(None)
        assert Case.objects.count() == 1
        assert Event.objects.count() == before

    def test_the_words_of_the_source_are_kept_up_to_date(self, case, world, county):
        world.breaks("/a", county.fgj, title="首页链接打不开（3 处）")
        collect(None)
        case.refresh_from_db()
        assert case.title == "首页链接打不开（3 处）"
        assert Event.objects.about(case).last().before == {"title": "首页链接打不开"}

    def test_numbers_of_persons_are_masked_wherever_they_come_from(self, world, county):
        world.breaks("/a", county.fgj, title="公示 110101199003078515", detail="电话 13812345678")
        collect(None)
        case = Case.objects.get()
        assert "199003" not in case.title and "13812345678" not in case.detail

    def test_clerks_are_told_once_a_day(self, world, county, people, notices, at):
        world.breaks("/a", county.fgj)
        collect(None)
        world.breaks("/b", county.fgj)
        collect(None)
        assert notices(people.clerk) == ["清河县发展和改革局有新的整改事项"]
        assert notices(people.other_clerk) == [] and notices(people.office) == []
        at("2026-06-16")
        world.breaks("/c", county.fgj)
        collect(None)
        assert len(notices(people.clerk)) == 2

    def test_two_at_once_open_one(self, case, county):
        twin = Case.objects.get()
        twin.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()


class TestVanishing:
    def test_closed_when_the_check_says_so(self, case, world):
        world.mended("/a")
        collect(None)
        case.refresh_from_db()
        assert (case.state, case.check_mended) == (State.CLOSED, True)
        assert case.check_words == "打开 /a：返回 200" and case.checked_at == case.closed_at

    def test_not_closed_when_the_check_still_sees_it(self, case, world, monkeypatch):
        """A page that the crawl did not reach this time is not mended."""
        monkeypatch.setattr(world, "findings", lambda: [])
        rectification_sources.unregister(SOURCE)
        rectification_sources.register(RectificationSource(SOURCE, "网站链接", world.findings, world.recheck))
        collect(None)
        case.refresh_from_db()
        assert (case.state, case.check_mended) == (State.TO_MEND, False)
        events = Event.objects.count()
        collect(None)
        assert Event.objects.count() == events, "the same verdict every day is no event every day"

    def test_an_excepted_case_closes_with_its_exception(self, case, world, people, at):
        except_until(people.office, case, at("2026-06-15").replace(month=8), "网站迁移")
        world.mended("/a")
        at("2026-06-20")
        collect(None)
        case.refresh_from_db()
        assert case.state == State.CLOSED
        assert str(case.exemptions.get().until) == "2026-06-20"


class TestRecurrence:
    def test_found_again_after_closing_is_a_new_case_that_points_back(self, case, world, county):
        world.mended("/a")
        collect(None)
        world.breaks("/a", county.fgj)
        collect(None)
        again = Case.objects.exclude(pk=case.pk).get()
        assert (again.earlier, again.times, again.state) == (case, 2, State.TO_MEND)

    def test_what_the_office_ruled_mended_is_not_opened_again_while_it_is_found(self, case, world, county, people):
        overrule(people.office, case, True, "该页面按规定下线")
        collect(None)
        assert Case.objects.count() == 1
        world.mended("/a")
        collect(None)
        case.refresh_from_db()
        assert case.ruling == Ruling.MENDED and str(case.ruling_ended_on) == "2026-06-15"
        world.breaks("/a", county.fgj)
        collect(None)
        assert Case.objects.get(state=State.TO_MEND).times == 2


class TestBrokenSources:
    @pytest.fixture
    def broken(self):
        def fail(*_):
            raise RuntimeError("解析失败 13812345678")

        rectification_sources.register(RectificationSource("test.broken", "坏的来源", fail, fail))
        yield
        rectification_sources.unregister("test.broken")

    def test_the_others_run_and_it_is_shown_as_failed(self, broken, world, county, caplog):
        world.breaks("/a", county.fgj)
        runs = {run.source: run for run in collect(None)}
        assert Case.objects.count() == 1
        assert runs["test.broken"].failed and not runs[SOURCE].failed
        assert (runs[SOURCE].found, runs[SOURCE].opened) == (1, 1)
        assert "RuntimeError" in runs["test.broken"].error and "RuntimeError" in caplog.text
        assert "13812345678" not in runs["test.broken"].error + caplog.text

    def test_the_job_is_shown_as_failed(self, broken, world, county):
        world.breaks("/a", county.fgj)
        with pytest.raises(jobs.SourcesFailed, match=r"test\.broken"):
            jobs.collect(None)
        assert Case.objects.count() == 1

    def test_nothing_is_closed_while_the_source_is_down(self, case, world):
        world.down = True
        collect(None)
        case.refresh_from_db()
        run = SourceRun.objects.get(source=SOURCE)
        assert case.state == State.TO_MEND
        assert run.failed and run.succeeded_at is not None
        world.down = False
        collect(None)
        run.refresh_from_db()
        assert not run.failed and run.error == ""

    @pytest.mark.parametrize(
        ("said", "why"),
        [
            ({"body_id": 99999}, "不在册"),
            ({"days": 0.5}, "工作日"),
            ({"reference": "x" * 301}, "编号"),
            ({"title": " "}, "标题"),
        ],
    )
    def test_one_unsound_finding_leaves_the_others(self, world, county, said, why):
        facts = {"reference": "/bad", "body_id": county.fgj.pk, "title": "问题"} | said
        world.broken["/bad"] = Finding(**facts)
        world.breaks("/a", county.fgj)
        collect(None)
        assert Case.objects.get().reference == "/a"
        run = SourceRun.objects.get(source=SOURCE)
        assert run.failed and why in run.error


class TestPushing:
    def test_a_source_pushes_and_the_known_case_is_the_answer(self, world, county, people, notices):
        finding = world.breaks("/a", county.fgj)
        case = open_case(None, SOURCE, finding)
        assert open_case(people.office, SOURCE, finding) == case
        assert notices(people.clerk) == ["清河县发展和改革局有新的整改事项"]

    def test_a_person_opens_again_what_was_ruled_mended_and_the_system_does_not(self, case, world, people):
        overrule(people.office, case, True, "已核实")
        assert open_case(None, SOURCE, world.broken["/a"]) == case
        again = open_case(people.office, SOURCE, world.broken["/a"])
        assert (again.times, again.earlier) == (2, case)
        case.refresh_from_db()
        assert case.ruling_ended_on is not None

    def test_only_the_office_and_the_secrecy_administration_open_by_hand(self, world, county, people, person):
        finding = world.breaks("/a", county.fgj)
        for user in (people.clerk, people.leader):
            with pytest.raises(Refused):
                open_case(user, SOURCE, finding)
        assert open_case(person("bmj", (county.body, Role.SECRECY_ADMIN)), SOURCE, finding).pk

    def test_an_unknown_source_is_refused(self, county, people):
        with pytest.raises(ValidationError, match="没有登记"):
            open_case(people.office, "nobody", Finding("/a", county.fgj.pk, "问题"))

    def test_it_can_be_used_from_data(self, world, county, people):
        assert schema_of(verbs.get("rectification.open_case"))["properties"]["finding"]["required"]
        finding = {"reference": "/z", "body_id": county.fgj.pk, "title": "专栏空白"}
        answer = act("rectification.open_case", people.office, {"source": SOURCE, "finding": finding})
        assert answer["result"]["model"] == "rectification.case" and answer["event"]


def test_a_case_that_waits_for_a_check_that_was_down_is_looked_at_daily(case, world, people, notices):
    world.down = True
    assert report_mended(people.clerk, case, "已恢复链接").state == State.TO_CHECK
    world.down = False
    collect(None)
    case.refresh_from_db()
    assert (case.state, case.check_words) == (State.TO_MEND, "打开 /a：返回 404")
    assert notices(people.clerk)[-1] == "复核未通过，请继续整改"


def test_a_source_that_is_gone_leaves_its_cases_to_the_office(case, people):
    rectification_sources.unregister(SOURCE)
    waiting = report_mended(people.clerk, case, "已恢复链接")
    assert waiting.state == State.TO_CHECK and "已停用" in waiting.check_words
    assert overrule(people.office, case, True, "人工核对无误").state == State.CLOSED
