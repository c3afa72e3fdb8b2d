"""Who may inspect, what they may judge, when it is over, and what goes to the bodies to be mended."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from tests.review.signing import signed

from gongkai.foundation.access import Refused, Role
from gongkai.foundation.events.models import Event
from gongkai.foundation.registries import indicators, rectification_sources
from gongkai.review.models import (
    Entry,
    Inspection,
    InspectionEntry,
    InspectionState,
    Judgement,
    Method,
    ProblemKind,
    Release,
    State,
    Step,
    What,
)
from gongkai.review.services import (
    begin_inspection,
    cancel_inspection,
    close_inspection,
    confirm_mended,
    judge_conforming,
    judge_entry,
)

PROBLEM = (Judgement.PROBLEM, ProblemKind.PERSONAL, "附件含手机号", "遮盖后重新发布")


@pytest.fixture
def inspection(begin, releases) -> Inspection:
    return begin(size=3)


@pytest.fixture
def entry(inspection) -> InspectionEntry:
    return inspection.entries.first()


class TestBegin:
    @pytest.mark.parametrize("who", ["office", "clerk", "leader", "county_leader"])
    def test_by_the_secrecy_administration_alone(self, begin, releases, people, who):
        with pytest.raises(Refused):
            begin(actor=getattr(people, who))
        assert not Inspection.objects.exists()

    def test_not_by_that_of_another_county(self, begin, releases, person):
        from gongkai.bodies.models import Body, Kind

        other = Body.objects.create(code="dongshan", name="东山县人民政府", kind=Kind.COUNTY)
        with pytest.raises(Refused):
            begin(actor=person("other", (other, Role.SECRECY_ADMIN)))

    def test_the_event_names_the_sample(self, inspection, inspector):
        event = Event.objects.get(verb="review.inspection_begin")
        assert event.actor == inspector
        assert event.details["sample"] == list(inspection.entries.values_list("release", flat=True))
        assert event.after["seed"] == "20260615"
        entry = Entry.objects.get(what=What.INSPECTED)
        assert (entry.facts["sample"], entry.facts["seed"]) == (event.details["sample"], "20260615")

    @pytest.mark.parametrize(
        ("facts", "why"),
        [
            ({"size": None}, "随机抽样须填写抽取数量"),
            ({"size": 0}, "1 以上的整数"),
            ({"seed": " "}, "须填写抽样种子"),
            ({"seed": "长" * 41}, "不超过 40 字"),
            ({"scope_from": date(2026, 5, 1), "scope_to": date(2026, 4, 1)}, "截止日期早于起始日期"),
            ({"scope_from": date(2025, 1, 1), "scope_to": date(2025, 12, 31)}, "没有符合条件的已签发登记"),
            ({"method": Method.BODIES}, "请选择要检查的单位"),
            ({"method": Method.ATTRIBUTE, "attribute": "secret"}, "请选择公开属性"),
            ({"method": Method.URGENT}, "没有符合条件"),
        ],
    )
    def test_what_cannot_be_is_refused(self, begin, releases, facts, why):
        with pytest.raises(ValidationError, match=why):
            begin(**facts)
        assert not Inspection.objects.exists()

    def test_over_a_county_only(self, inspector, county, releases):
        with pytest.raises(ValidationError, match="以县为单位"):
            begin_inspection(
                inspector, county.fgj, 2026, "检查", date(2026, 1, 1), date(2026, 12, 31), size=1, seed="1"
            )


class TestJudge:
    def test_a_problem_needs_kind_words_and_measure(self, entry, inspector):
        for facts, why in [
            (("", "", ""), "请选择问题类型"),
            ((ProblemKind.PERSONAL, " ", "改"), "请填写问题"),
            ((ProblemKind.PERSONAL, "有手机号", ""), "请填写整改要求"),
        ]:
            with pytest.raises(ValidationError, match=why):
                judge_entry(inspector, entry, Judgement.PROBLEM, *facts)
        judged = judge_entry(inspector, entry, *PROBLEM)
        assert (judged.judgement, judged.problem, judged.judged_by) == ("problem", "personal", inspector)
        held = Entry.objects.get(release=entry.release, what=What.INSPECTED).facts
        assert (held["judgement"], held["found"], held["measure"]) == ("problem", *PROBLEM[2:])

    def test_may_be_judged_anew_until_the_close(self, entry, inspector):
        judge_entry(inspector, entry, *PROBLEM)
        again = judge_entry(inspector, entry, Judgement.CONFORMING)
        assert (again.judgement, again.problem, again.what) == ("conforming", "", "")
        assert Event.objects.filter(verb="review.inspection_judge").count() == 2

    @pytest.mark.parametrize("part", ["requested_by", "decided_by", "author", "step"])
    def test_nobody_judges_what_they_had_a_part_in(self, entry, inspector, part):
        release = entry.release
        if part == "author":
            release.authors.add(inspector)
        elif part == "step":
            Step.objects.create(
                release=release, kind="secrecy", order=2, reviewer_body=release.body, decided_by=inspector
            )
        else:
            Release.objects.filter(pk=release.pk).update(**{part: inspector})
        with pytest.raises(Refused, match="由其他检查人员判定"):
            judge_entry(inspector, entry, Judgement.CONFORMING)

    def test_many_at_once_leave_ones_own(self, inspection, inspector, person, county):
        mine = inspection.entries.last()
        Release.objects.filter(pk=mine.release_id).update(requested_by=inspector)
        ids = list(inspection.entries.values_list("pk", flat=True))
        done, left = judge_conforming(inspector, inspection, ids)
        assert (len(done), left) == (2, [mine])
        other = person("inspector2", (county.body, Role.SECRECY_ADMIN))
        assert judge_conforming(other, inspection, ids) == ([mine], [])

    def test_many_at_once_do_not_undo_a_problem(self, inspection, entry, inspector):
        judge_entry(inspector, entry, *PROBLEM)
        judge_conforming(inspector, inspection, [entry.pk])
        entry.refresh_from_db()
        assert entry.judgement == Judgement.PROBLEM

    @pytest.mark.parametrize("who", ["office", "leader"])
    def test_by_nobody_else(self, entry, people, who):
        with pytest.raises(Refused):
            judge_entry(getattr(people, who), entry, Judgement.CONFORMING)


class TestEnd:
    def all_judged(self, inspection, inspector):
        judge_conforming(inspector, inspection, list(inspection.entries.values_list("pk", flat=True)))

    def test_only_when_all_is_judged(self, inspection, inspector):
        with pytest.raises(ValidationError, match="还有 3 项未判定"):
            close_inspection(inspector, inspection, "总体合规")
        self.all_judged(inspection, inspector)
        with pytest.raises(ValidationError, match="请填写检查结论"):
            close_inspection(inspector, inspection, " ")
        closed = close_inspection(inspector, inspection, "总体合规")
        assert (closed.state, closed.ended_by, closed.conclusion) == ("closed", inspector, "总体合规")

    def test_nothing_changes_afterwards(self, inspection, entry, inspector):
        self.all_judged(inspection, inspector)
        close_inspection(inspector, inspection, "总体合规")
        for late in (
            lambda: judge_entry(inspector, entry, Judgement.CONFORMING),
            lambda: close_inspection(inspector, inspection, "再来"),
            lambda: cancel_inspection(inspector, inspection, "不要了"),
        ):
            with pytest.raises(ValidationError, match="已完成，不能再改动"):
                late()

    def test_a_void_one_counts_for_no_year_and_asks_nothing(self, inspection, entry, inspector, county):
        judge_entry(inspector, entry, *PROBLEM)
        source = rectification_sources.get("review.inspection")
        assert len(list(source.findings())) == 1
        cancel_inspection(inspector, inspection, "时间段填错")
        assert list(source.findings()) == []
        assert source.recheck(str(entry.pk)).mended
        assert indicators.get("review.special_inspection").measure(county.body.pk, date(2026, 12, 31)).value == 0


class TestMending:
    @pytest.fixture
    def source(self):
        return rectification_sources.get("review.inspection")

    def test_a_problem_goes_to_the_body_and_back(self, entry, inspector, source):
        assert list(source.findings()) == []
        judge_entry(inspector, entry, *PROBLEM)
        (found,) = source.findings()
        assert (found.reference, found.body_id) == (str(entry.pk), entry.release.body_id)
        assert "附件含手机号" in found.detail and "遮盖后重新发布" in found.detail
        assert found.address == f"/admin/review/{entry.release_id}/"
        assert not source.recheck(found.reference).mended
        confirm_mended(inspector, entry, "附件已更换")
        assert list(source.findings()) == []
        verdict = source.recheck(found.reference)
        assert verdict.mended and "附件已更换" in verdict.looked_at

    @pytest.mark.parametrize(
        ("state", "mended"), [(State.WITHDRAWN, True), (State.SUPERSEDED, True), (State.EXPIRED, False)]
    )
    def test_what_is_withdrawn_or_replaced_since_is_mended(self, entry, inspector, source, settings, state, mended):
        judge_entry(inspector, entry, *PROBLEM)
        Release.objects.filter(pk=entry.release_id).update(state=state, closed_at="2026-06-15T10:00:00+08:00")
        assert source.recheck(str(entry.pk)).mended is mended
        assert bool(list(source.findings())) is not mended

    def test_what_was_gone_before_is_not(self, entry, inspector, source):
        Release.objects.filter(pk=entry.release_id).update(
            state=State.SUPERSEDED, closed_at="2026-06-01T10:00:00+08:00"
        )
        judge_entry(inspector, entry, *PROBLEM)
        assert not source.recheck(str(entry.pk)).mended

    def test_another_judgement_ends_it(self, entry, inspector, source):
        judge_entry(inspector, entry, *PROBLEM)
        judge_entry(inspector, entry, Judgement.CONFORMING)
        assert source.recheck(str(entry.pk)).mended

    def test_mended_needs_words_a_problem_and_an_inspector(self, entry, inspector, people):
        with pytest.raises(ValidationError, match="没有待复核的问题"):
            confirm_mended(inspector, entry, "好了")
        judge_entry(inspector, entry, *PROBLEM)
        with pytest.raises(ValidationError, match="请填写复核"):
            confirm_mended(inspector, entry, "")
        with pytest.raises(Refused):
            confirm_mended(people.clerk, entry, "好了")

    def test_after_the_close_too(self, inspection, entry, inspector):
        judge_entry(inspector, entry, *PROBLEM)
        judge_conforming(inspector, inspection, list(inspection.entries.values_list("pk", flat=True)))
        close_inspection(inspector, inspection, "一项问题")
        assert confirm_mended(inspector, entry, "已更换").mended_by == inspector


def test_the_indicator_counts_what_was_carried_through(begin, releases, inspector, county):
    measure = indicators.get("review.special_inspection").measure
    inspection = begin(size=1)
    assert measure(county.fgj.pk, date(2026, 12, 31)).value == 0
    judge_conforming(inspector, inspection, list(inspection.entries.values_list("pk", flat=True)))
    close_inspection(inspector, inspection, "合规")
    reading = measure(county.fgj.pk, date(2026, 12, 31))
    assert reading.value == 1 and reading.records == [(inspection.title, f"/admin/review/inspections/{inspection.pk}/")]
    assert measure(None, date(2025, 12, 31)).value == 0
    assert measure(None, date(2026, 6, 14)).value == 0, "not yet closed on that day"


@pytest.mark.django_db(transaction=True)
def test_two_who_close_at_once(begin, releases, inspector, person, county):
    inspection = begin(size=1)
    judge_conforming(inspector, inspection, list(inspection.entries.values_list("pk", flat=True)))
    other = person("inspector2", (county.body, Role.SECRECY_ADMIN))
    gate, outcomes = threading.Barrier(2), []

    def close(actor):
        try:
            gate.wait(10)
            close_inspection(actor, inspection, f"{actor}的结论")
            outcomes.append("closed")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=close, args=(actor,)) for actor in (inspector, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["closed", "refused"]
    assert Inspection.objects.get().state == InspectionState.CLOSED
    assert Event.objects.filter(verb="review.inspection_close").count() == 1


def test_superusers_inspect_nothing(entry, person):
    with pytest.raises(Refused):
        judge_entry(person("root", is_superuser=True), entry, Judgement.CONFORMING)


def test_signed_helper_is_honest(site, county, people):
    from gongkai.review import gate

    signed(site, county.fgj, people.clerk, people.leader)
    assert gate.is_open("test.site", site)
