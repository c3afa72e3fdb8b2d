"""Out of public view: held until decided, back for a reason, and the end of a posting period."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from tests.review.conftest import KIND
from tests.review.passing import holder, sign

from gongkai.foundation.access import Refused, Role
from gongkai.foundation.events.models import Event
from gongkai.foundation.guard import SecretSuspected
from gongkai.foundation.guard.judging import writing_what_stands
from gongkai.foundation.notifications.models import Notification
from gongkai.review import gate
from gongkai.review.jobs import end_postings, remind_of_steps
from gongkai.review.models import Release, State
from gongkai.review.selectors import standings
from gongkai.review.services import expire, hold, request, resume, send_back, withdraw


@pytest.fixture
def signed(site, people) -> Release:
    return sign(people.leader, request(people.clerk, KIND, site.pk))


class TestHold:
    def test_closes_the_gate_at_once_and_says_so(self, signed, site, people):
        hold(people.office, signed, "复筛发现待定内容")
        assert not gate.is_open(KIND, site)
        assert standings([Release.objects.get()]) == {signed.pk: "暂停公开"}
        told = Notification.objects.filter(kind="review.held")
        assert people.clerk in {one.recipient for one in told}

    def test_by_the_system_itself(self, signed, site):
        hold(None, signed, "逾期未处置")
        assert Event.objects.get(verb="review.hold").actor is None
        assert not gate.is_open(KIND, site)

    @pytest.mark.parametrize("who", ["clerk", "other_leader"])
    def test_not_by_others(self, signed, people, who):
        with pytest.raises(Refused):
            hold(getattr(people, who), signed, "暂停")

    def test_back_into_view_for_a_reason(self, signed, site, people):
        hold(people.office, signed, "待定")
        with pytest.raises(ValidationError, match="请填写恢复公开的理由"):
            resume(people.leader, Release.objects.get(), " ")
        resume(people.leader, Release.objects.get(), "核实无误")
        assert gate.is_open(KIND, site)

    def test_the_office_that_held_it_does_not_sign_it_back(self, signed, people):
        hold(people.office, signed, "待定")
        with pytest.raises(Refused):
            resume(people.office, signed, "核实无误")

    def test_the_same_words_may_be_put_forward_again(self, signed, site, people):
        hold(people.office, signed, "待定")
        sign(people.second_leader, request(people.clerk, KIND, site.pk))
        assert gate.is_open(KIND, site)

    def test_what_is_not_public_cannot_be_held(self, site, people):
        with pytest.raises(ValidationError, match="不需要暂停"):
            hold(people.office, request(people.clerk, KIND, site.pk), "待定")


class TestPostingPeriod:
    @pytest.fixture
    def posted(self, site, people) -> Release:
        return sign(people.leader, request(people.clerk, KIND, site.pk, show_until=date(2026, 6, 20)))

    def test_shows_until_its_last_day(self, posted, site, settings):
        settings.GONGKAI_NOW = "2026-06-20T23:00:00+08:00"
        assert gate.is_open(KIND, site)
        settings.GONGKAI_NOW = "2026-06-21T00:10:00+08:00"
        assert not gate.is_open(KIND, site)  # before any job has run

    def test_the_job_ends_it_and_tells_the_room(self, posted, site, told, settings):
        assert end_postings(date(2026, 6, 20)) == 0
        settings.GONGKAI_NOW = "2026-06-21T00:10:00+08:00"
        assert end_postings(date(2026, 6, 21)) == 1
        posted.refresh_from_db()
        assert (posted.state, posted.closed_by) == (State.EXPIRED, None)
        assert told == [("opened", site.pk), ("closed", site.pk)]
        assert end_postings(date(2026, 6, 21)) == 0

    def test_not_before_its_time(self, posted, people):
        with pytest.raises(ValidationError, match="公示期未满"):
            expire(people.office, posted)

    def test_a_day_that_is_over_is_refused(self, site, people):
        with pytest.raises(ValidationError, match="公示截止日期已经过去"):
            request(people.clerk, KIND, site.pk, show_until=date(2026, 6, 14))


def test_withdrawal_says_what_the_public_reads_instead(signed, people):
    release = withdraw(people.leader, signed, "数字有误", "因数据更正，本信息已撤下。")
    assert (release.closed_reason, release.notice) == ("数字有误", "因数据更正，本信息已撤下。")


def test_personal_data_in_it_stand_masked(signed, people):
    release = withdraw(people.leader, signed, "投诉", "应当事人（身份证号11010519491231002X）要求撤下。")
    assert release.notice == "应当事人（身份证号11*************02X）要求撤下。"


def test_late_steps_are_urged_once_a_day(site, people, person, county, settings):
    reviewer = person("reviewer.fgj", (county.fgj, Role.REVIEWER))
    request(people.clerk, KIND, site.pk)
    late = Notification.objects.filter(title__startswith="审查超过时限")
    remind_of_steps(date(2026, 6, 15))
    assert late.count() == 0
    settings.GONGKAI_NOW = "2026-06-18T09:00:00+08:00"
    remind_of_steps(date(2026, 6, 18))
    remind_of_steps(date(2026, 6, 18))
    assert [one.recipient for one in late] == [reviewer]


class TestWhatANewerRuleSuspects:
    """A mark in a record that no rule knew when it was signed keeps nobody from taking it down (实施条例第六十一条)."""

    MARK = "机密★5年"

    @pytest.fixture
    def suspected(self, site, people) -> Release:
        release = sign(people.leader, request(people.clerk, KIND, site.pk))
        with writing_what_stands():
            Release.objects.filter(pk=release.pk).update(title=f"{self.MARK}某事")
        return Release.objects.get(pk=release.pk)

    def test_it_is_withdrawn(self, suspected, people):
        assert withdraw(people.leader, suspected, "核实后撤下").state == State.WITHDRAWN

    def test_it_is_held_and_resumed_and_the_notices_do_not_repeat_it(self, suspected, people):
        held = hold(people.office, suspected, "等待核实")
        assert resume(people.leader, held, "经核实不属于国家秘密").held_at is None
        said = Notification.objects.values_list("title", "meaning")
        assert said and not any(self.MARK in text for row in said for text in row)

    def test_it_is_sent_back(self, site, people, county):
        release = request(people.clerk, KIND, site.pk)
        with writing_what_stands():
            Release.objects.filter(pk=release.pk).update(title=f"{self.MARK}某事")
        assert send_back(holder(county.fgj, Role.REVIEWER), release, "退回核实").state == State.RETURNED

    def test_but_nothing_of_the_kind_is_newly_said(self, suspected, people):
        with pytest.raises(SecretSuspected):
            withdraw(people.leader, suspected, f"原文：{self.MARK}")
        suspected.refresh_from_db()
        assert suspected.state == State.APPROVED
