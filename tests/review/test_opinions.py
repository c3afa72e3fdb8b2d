"""转报 and 征求意见: what is unclear waits for an answer (条例 17(3), 32)."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from tests.review.conftest import KIND
from tests.review.passing import GROUND, holder, no_to_all, pass_until, sign

from gongkai.foundation.access import Refused, Role
from gongkai.foundation.notifications.models import Notification
from gongkai.review.models import Asked, Attribute, Release, StepKind, Verdict
from gongkai.review.services import answer, approve, ask, describe, request, send_back


@pytest.fixture
def secrecy(county):
    return holder(county.fgj, Role.SECRECY_REVIEWER)


@pytest.fixture
def admin(person, county):
    return person("secrecy-admin", (county.body, Role.SECRECY_ADMIN))


@pytest.fixture
def at_secrecy(site, people, secrecy) -> Release:
    release = pass_until(request(people.clerk, KIND, site.pk), StepKind.SECRECY)
    return describe(secrecy, release, Attribute.PROACTIVE, GROUND, no_to_all())


class TestReferral:
    def test_waits_for_the_secrecy_administration(self, at_secrecy, secrecy, admin):
        ask(secrecy, at_secrecy, Asked.SECRECY_ADMIN, "应急物资数量是否可以公开")
        with pytest.raises(ValidationError, match="正在征求意见"):
            approve(secrecy, at_secrecy)
        assert Notification.objects.filter(recipient=admin, kind="review.asked").count() == 1

    def test_only_the_secrecy_administration_answers(self, at_secrecy, secrecy, admin, people):
        opinion = ask(secrecy, at_secrecy, Asked.SECRECY_ADMIN, "是否可以公开")
        for who in (secrecy, people.leader):
            with pytest.raises(Refused, match="由保密行政管理部门答复"):
                answer(who, opinion, Verdict.PUBLISH, "可以")
        answered = answer(admin, opinion, Verdict.PUBLISH, "不属于国家秘密，可以公开")
        assert (answered.answered_by, answered.answer) == (admin, "不属于国家秘密，可以公开")
        sign(people.leader, approve(secrecy, at_secrecy))

    def test_of_another_county_neither(self, at_secrecy, secrecy, person):
        from gongkai.bodies.models import Body, Kind

        other = Body.objects.create(code="dongshan", name="东山县人民政府", kind=Kind.COUNTY)
        opinion = ask(secrecy, at_secrecy, Asked.SECRECY_ADMIN, "是否可以公开")
        with pytest.raises(Refused):
            answer(person("admin.dongshan", (other, Role.SECRECY_ADMIN)), opinion, Verdict.PUBLISH, "可以")

    def test_what_must_not_be_published_can_only_go_back(self, at_secrecy, secrecy, admin):
        opinion = ask(secrecy, at_secrecy, Asked.SECRECY_ADMIN, "是否可以公开")
        answer(admin, opinion, Verdict.NOT, "属于不得公开的信息")
        with pytest.raises(ValidationError, match="答复为不得公开"):
            approve(secrecy, at_secrecy)
        send_back(secrecy, at_secrecy, "保密行政管理部门确定不得公开")

    def test_is_answered_once(self, at_secrecy, secrecy, admin):
        opinion = ask(secrecy, at_secrecy, Asked.SECRECY_ADMIN, "是否可以公开")
        answer(admin, opinion, Verdict.PUBLISH, "可以")
        with pytest.raises(ValidationError, match="已有答复"):
            answer(admin, opinion, Verdict.NOT, "不可以")


class TestOthers:
    def test_their_answer_is_written_down_by_who_asked(self, at_secrecy, secrecy, people):
        opinion = ask(secrecy, at_secrecy, Asked.THIRD_PARTY, "是否同意公开中标价格", "清河县某建筑公司")
        with pytest.raises(Refused, match="由提出征求意见的人登记"):
            answer(people.leader, opinion, Verdict.PUBLISH, "同意")
        assert answer(secrecy, opinion, Verdict.PUBLISH, "书面同意").verdict == Verdict.PUBLISH

    def test_who_is_asked_must_be_named(self, at_secrecy, secrecy):
        with pytest.raises(ValidationError, match="请填写征求对象名称"):
            ask(secrecy, at_secrecy, Asked.ORGAN, "是否可以公开")

    def test_only_somebody_whose_step_it_is_asks(self, at_secrecy, people):
        with pytest.raises(Refused):
            ask(people.leader, at_secrecy, Asked.ORGAN, "是否可以公开", "县水利局")
