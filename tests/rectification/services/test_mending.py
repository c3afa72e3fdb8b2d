"""The body reports, the check looks at once; the office decides exceptions, bodies and against the check."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from gongkai.bodies.models import Body, Kind
from gongkai.foundation.access import Refused
from gongkai.foundation.events.models import Event
from gongkai.foundation.events.selectors import state_on
from gongkai.foundation.schedules.declaring import periodic_jobs
from gongkai.rectification.deadline import clock_of
from gongkai.rectification.models import Case, Ruling, State
from gongkai.rectification.services import (
    collect,
    end_exception,
    except_until,
    expire_exceptions,
    overrule,
    reassign,
    recheck,
    report_mended,
)


class TestReporting:
    def test_mended_is_closed_at_once_by_the_check(self, case, world, people):
        world.mended("/a")
        done = report_mended(people.clerk, case, " 已恢复链接 ")
        assert (done.state, done.mended_by, done.mended_note) == (State.CLOSED, people.clerk, "已恢复链接")
        verbs = list(Event.objects.about(case).values_list("verb", "actor__username"))
        assert verbs[-2:] == [("rectification.report_mended", "clerk.fgj"), ("rectification.recheck", None)]

    def test_not_mended_goes_back_with_the_words_of_the_check(self, case, people):
        back = report_mended(people.clerk, case, "已恢复链接")
        assert (back.state, back.check_mended, back.check_words) == (State.TO_MEND, False, "打开 /a：返回 404")
        assert back.checked_at is not None

    def test_says_something(self, case, people):
        with pytest.raises(ValidationError, match="请填写整改情况"):
            report_mended(people.clerk, case, "  ")
        with pytest.raises(ValidationError, match="不能超过"):
            report_mended(people.clerk, case, "字" * 5001)

    def test_numbers_of_persons_are_masked(self, case, people):
        assert "13812345678" not in report_mended(people.clerk, case, "联系 13812345678").mended_note

    @pytest.mark.parametrize("who", ["other_clerk", "leader", "office"])
    def test_only_clerks_of_the_body(self, case, people, who):
        with pytest.raises(Refused):
            report_mended(getattr(people, who), case, "已恢复链接")

    def test_twice_is_refused(self, case, world, people):
        world.mended("/a")
        stale = Case.objects.get(pk=case.pk)
        report_mended(people.clerk, case, "已恢复链接")
        with pytest.raises(ValidationError, match="已办结"):
            report_mended(people.clerk, stale, "已恢复链接")

    def test_a_clerk_whose_body_lost_it_meanwhile_is_refused(self, case, county, people):
        stale = Case.objects.get(pk=case.pk)
        reassign(people.office, case, county.czj, "栏目由财政局负责")
        with pytest.raises(Refused):
            report_mended(people.clerk, stale, "已恢复链接")


class TestRecheck:
    def test_any_time_by_clerk_or_office(self, case, world, people):
        assert recheck(people.office, case).state == State.TO_MEND
        world.mended("/a")
        assert recheck(people.clerk, case).state == State.CLOSED
        with pytest.raises(ValidationError, match="已办结"):
            recheck(people.clerk, case)

    def test_not_by_others(self, case, people):
        for who in (people.other_clerk, people.leader):
            with pytest.raises(Refused):
                recheck(who, case)


class TestException:
    def test_stops_the_clock_until_its_end(self, case, people, at):
        done = except_until(people.office, case, date(2026, 6, 22), "网站迁移")
        assert done.state == State.EXCEPTED
        assert str(done.due) == "2026-07-06", "the four working days from 16 to 22 June do not count"
        assert any("列为例外" in step for step in clock_of(done, done.exemptions.all()).steps)
        assert expire_exceptions(None, at("2026-06-22")) == 0
        assert expire_exceptions(None, at("2026-06-23")) == 1
        done.refresh_from_db()
        assert (done.state, str(done.due)) == (State.TO_MEND, "2026-07-06")
        assert state_on(case, date(2026, 6, 20))["state"] == State.EXCEPTED

    def test_its_clerks_are_told_when_it_ends(self, case, people, at, notices):
        except_until(people.office, case, date(2026, 6, 22), "网站迁移")
        expire_exceptions(None, at("2026-06-23"))
        assert notices(people.clerk)[-1] == "例外已结束，请继续整改"

    @pytest.mark.parametrize(
        ("until", "why"),
        [(date(2026, 6, 15), "今天以后"), (date(2020, 1, 1), "今天以后"), (date(2028, 1, 1), "不超过一年")],
    )
    def test_the_end_lies_ahead_and_not_for_ever(self, case, people, until, why):
        with pytest.raises(ValidationError, match=why):
            except_until(people.office, case, until, "网站迁移")
        case.refresh_from_db()
        assert case.state == State.TO_MEND and not case.exemptions.exists()

    def test_needs_a_reason_and_a_case_that_is_owed(self, case, world, people):
        with pytest.raises(ValidationError, match="请填写例外理由"):
            except_until(people.office, case, date(2026, 7, 1), "")
        except_until(people.office, case, date(2026, 7, 1), "网站迁移")
        with pytest.raises(ValidationError, match="例外"):
            except_until(people.office, case, date(2026, 7, 2), "再延")

    def test_ended_early_it_is_owed_again(self, case, people, at):
        except_until(people.office, case, date(2026, 8, 31), "网站迁移")
        at("2026-06-17")
        done = end_exception(people.office, case, "迁移已完成")
        assert (done.state, str(done.due)) == (State.TO_MEND, "2026-07-02")
        assert str(done.exemptions.get().until) == "2026-06-17"
        with pytest.raises(ValidationError):
            end_exception(people.office, case, "再来")

    def test_by_the_office_alone(self, case, people):
        for who in (people.clerk, people.leader):
            with pytest.raises(Refused):
                except_until(who, case, date(2026, 7, 1), "网站迁移")


class TestOverrule:
    def test_closes_against_the_check(self, case, people):
        done = overrule(people.office, case, True, "页面按规定下线")
        assert (done.state, done.ruling, done.ruled_by) == (State.CLOSED, Ruling.MENDED, people.office)
        assert done.ruled_because == "页面按规定下线"

    def test_opens_against_the_check_and_no_check_closes_it(self, case, world, people, at, notices):
        world.mended("/a")
        collect(None)
        at("2026-07-20")
        opened = overrule(people.office, case, False, "页面是空白的")
        assert (opened.state, opened.ruling, opened.closed_at) == (State.TO_MEND, Ruling.STANDING, None)
        assert str(opened.due) == "2026-08-03", "the term runs anew"
        assert notices(people.clerk)[-1] == "政务公开办认定未整改"
        collect(None)
        waiting = report_mended(people.clerk, case, "已补充内容")
        assert (waiting.state, waiting.check_mended) == (State.TO_CHECK, True)
        assert overrule(people.office, case, False, "仍是空白").state == State.TO_MEND
        report_mended(people.clerk, case, "已补充内容")
        assert overrule(people.office, case, True, "内容已补充").state == State.CLOSED

    def test_an_old_case_is_not_opened_beside_the_new_one(self, case, world, county, people):
        world.mended("/a")
        collect(None)
        world.breaks("/a", county.fgj)
        collect(None)
        with pytest.raises(ValidationError, match="第 2 次发现"):
            overrule(people.office, case, False, "未整改")

    def test_needs_a_reason_a_right_and_something_to_decide(self, case, people):
        with pytest.raises(ValidationError, match="请填写认定理由"):
            overrule(people.office, case, True, "")
        with pytest.raises(Refused):
            overrule(people.clerk, case, True, "没有问题")
        with pytest.raises(ValidationError, match="待整改"):
            overrule(people.office, case, False, "本来就未整改")
        assert not Event.objects.filter(verb="rectification.overrule").exists()


class TestReassign:
    def test_to_the_body_that_it_concerns_in_a_term_of_its_own(self, case, county, people, at, notices):
        at("2026-06-22")
        moved = reassign(people.office, case, county.czj, "栏目由财政局负责")
        assert (moved.body, str(moved.due)) == (county.czj, "2026-07-06")
        assert notices(people.other_clerk) == ["有整改事项改派到本单位"]
        collect(None)
        moved.refresh_from_db()
        assert moved.body == county.czj, "the source does not send it back"
        event = Event.objects.about(case).last()
        assert event.before["body"] == county.fgj.pk and event.reason == "栏目由财政局负责"

    def test_not_to_itself_nor_to_strangers(self, case, county, people):
        with pytest.raises(ValidationError, match="已经由"):
            reassign(people.office, case, county.fgj, "改派")
        stranger = Body.objects.create(code="other", name="邻县人民政府", kind=Kind.COUNTY)
        with pytest.raises(Refused):
            reassign(people.office, case, stranger, "改派")
        county.czj.active_to = date(2026, 1, 1)
        county.czj.save()
        with pytest.raises(ValidationError, match="不是本县在册"):
            reassign(people.office, case, county.czj, "改派")

    def test_by_the_office_alone(self, case, county, people):
        with pytest.raises(Refused):
            reassign(people.clerk, case, county.czj, "不是我的")


def test_jobs_are_declared():
    daily = {"rectification.expire", "rectification.collect", "rectification.escalate"}
    assert daily <= {job.key for job in periodic_jobs}
