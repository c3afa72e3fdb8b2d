"""The sheet: public attribute, legal ground and the answers to Articles 14-16 of the 政府信息公开条例."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from tests.review.conftest import KIND
from tests.review.passing import GROUND, holder, no_to_all, pass_until, sign

from gongkai.foundation.access import Refused, Role
from gongkai.review import gate
from gongkai.review.models import Attribute, Carrier, OtherWay, Release, State, StepKind
from gongkai.review.questions import questions
from gongkai.review.services import approve, archive, describe, request


@pytest.fixture
def at_secrecy(site, people) -> Release:
    return pass_until(request(people.clerk, KIND, site.pk), StepKind.SECRECY)


@pytest.fixture
def secrecy(county):
    return holder(county.fgj, Role.SECRECY_REVIEWER)


def test_every_question_names_its_article():
    assert {one.article for one in questions()} == {"第十四条", "第十五条", "第十六条第一款", "第十六条第二款"}


class TestTheSecrecyReviewer:
    def test_cannot_pass_without_a_ground(self, at_secrecy, secrecy):
        with pytest.raises(ValidationError, match="请先填写公开依据"):
            approve(secrecy, at_secrecy)

    @pytest.mark.parametrize("left_out", [one.key for one in questions()])
    def test_cannot_pass_with_a_question_unanswered(self, at_secrecy, secrecy, left_out):
        answers = no_to_all()
        del answers[left_out]
        describe(secrecy, at_secrecy, Attribute.PROACTIVE, GROUND, answers)
        with pytest.raises(ValidationError, match="请先答完条例核对问题"):
            approve(secrecy, at_secrecy)

    def test_passes_with_all_of_it(self, at_secrecy, secrecy):
        describe(secrecy, at_secrecy, Attribute.PROACTIVE, GROUND, no_to_all())
        release = approve(secrecy, at_secrecy)
        assert release.answers["state-secret"] == {"answer": "no", "note": ""}
        assert (release.attribute, release.ground) == (Attribute.PROACTIVE, GROUND)


class TestArticle14:
    @pytest.mark.parametrize("key", ["state-secret", "forbidden-by-law", "endangers"])
    @pytest.mark.parametrize("attribute", [Attribute.PROACTIVE, Attribute.ON_APPLICATION])
    def test_a_yes_forbids_publication(self, at_secrecy, secrecy, key, attribute):
        with pytest.raises(ValidationError, match=r"第十四条.*只能是不予公开"):
            describe(secrecy, at_secrecy, attribute, GROUND, no_to_all() | {key: "yes"})


class TestArticle15:
    def test_a_yes_needs_an_explanation(self, at_secrecy, secrecy):
        with pytest.raises(ValidationError, match=r"第十五条.*请说明"):
            describe(secrecy, at_secrecy, Attribute.PROACTIVE, GROUND, no_to_all() | {"third-party": "yes"})

    def test_with_one_it_may_be_published(self, at_secrecy, secrecy):
        given = {"third-party": {"answer": "yes", "note": "第三方书面同意公开"}}
        describe(secrecy, at_secrecy, Attribute.PROACTIVE, GROUND, no_to_all() | given)
        assert approve(secrecy, at_secrecy).answers["third-party"]["note"] == "第三方书面同意公开"


class TestArticle16:
    @pytest.mark.parametrize("key", ["internal-affairs", "process"])
    def test_a_yes_needs_an_explanation(self, at_secrecy, secrecy, key):
        with pytest.raises(ValidationError, match=r"第十六条.*请说明"):
            describe(secrecy, at_secrecy, Attribute.PROACTIVE, GROUND, no_to_all() | {key: "yes"})


@pytest.mark.parametrize("attribute", [Attribute.ON_APPLICATION, Attribute.NONE])
def test_what_is_not_for_the_public_is_decided_but_never_shown(site, people, at_secrecy, secrecy, attribute, told):
    describe(secrecy, at_secrecy, attribute, "《政府信息公开条例》第十四条", no_to_all())
    release = approve(people.leader, approve(secrecy, at_secrecy))
    assert release.state == State.APPROVED
    assert not gate.is_open(KIND, site)
    assert told == []


class TestWho:
    def test_the_one_who_put_it_forward(self, at_secrecy, people):
        assert describe(people.clerk, at_secrecy, Attribute.PROACTIVE, GROUND, {}).ground == GROUND

    def test_nobody_else(self, at_secrecy, people, person, county):
        other = person("clerk2.fgj", (county.fgj, Role.CLERK))
        for who in (other, people.office):
            with pytest.raises(Refused, match="审查表由报送人或者保密审查人员填写"):
                describe(who, at_secrecy, Attribute.PROACTIVE, GROUND, {})

    def test_not_after_the_secrecy_review(self, at_secrecy, secrecy, people):
        describe(secrecy, at_secrecy, Attribute.PROACTIVE, GROUND, no_to_all())
        approve(secrecy, at_secrecy)
        with pytest.raises(ValidationError, match="不能再改"):
            describe(people.clerk, at_secrecy, Attribute.NONE, GROUND, {})


class TestTheCustomaryForm:
    """载体形式 {公文类, 非公文类}; 拟公开方式; 归档号 (the forms of 黑龙江 and 南通)."""

    def test_is_filled_in_when_put_forward_or_later(self, site, people, secrecy):
        release = request(people.clerk, KIND, site.pk, carrier=Carrier.PAPER, other_ways=[OtherWay.BOARD])
        assert (release.carrier, release.other_ways) == ("paper", ["board"])
        at = pass_until(release, StepKind.SECRECY)
        described = describe(secrecy, at, Attribute.PROACTIVE, GROUND, no_to_all(), Carrier.OTHER, [])
        assert (described.carrier, described.other_ways) == ("other", [])
        assert described.entries.get(what="described").facts["carrier"] == "other"

    def test_what_is_not_given_stays(self, site, people, secrecy):
        release = request(people.clerk, KIND, site.pk, carrier=Carrier.PAPER, other_ways=[OtherWay.PRESS])
        described = describe(secrecy, pass_until(release, StepKind.SECRECY), Attribute.PROACTIVE, GROUND, {})
        assert (described.carrier, described.other_ways) == ("paper", ["press"])

    def test_the_file_number_comes_when_the_passage_is_over(self, site, people):
        release = request(people.clerk, KIND, site.pk)
        with pytest.raises(ValidationError, match="办结后再归档"):
            archive(people.clerk, release, "2026-政务-15")
        sign(people.leader, release)
        assert archive(people.clerk, release, " 2026-政务-15 ").archive_number == "2026-政务-15"
        assert archive(people.office, release, "2026-政务-16").archive_number == "2026-政务-16"
        told = release.entries.filter(what="archived").values_list("facts__archive_number", flat=True)
        assert list(told) == ["2026-政务-15", "2026-政务-16"]

    @pytest.mark.parametrize("number", ["  ", "号" * 61])
    def test_a_file_number_that_is_none(self, site, people, number):
        release = sign(people.leader, request(people.clerk, KIND, site.pk))
        with pytest.raises(ValidationError, match="归档号"):
            archive(people.clerk, release, number)

    def test_not_by_others(self, site, people):
        release = sign(people.leader, request(people.clerk, KIND, site.pk))
        with pytest.raises(Refused):
            archive(people.other_clerk, release, "2026-1")


def test_nonsense_is_named(site, people):
    with pytest.raises(ValidationError, match="没有这个核对问题：weather"):
        request(people.clerk, KIND, site.pk, answers={"weather": "no"})
    with pytest.raises(ValidationError, match="请回答是或者否"):
        request(people.clerk, KIND, site.pk, answers={"process": "maybe"})
    assert not Release.objects.exists()
