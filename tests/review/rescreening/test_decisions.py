"""What is found is decided entry by entry: kept with a reason, changed, withdrawn; undecided it goes out of view."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from tests.review.conftest import KIND

from gongkai.channels.models import Site
from gongkai.foundation.access import Refused, Role
from gongkai.foundation.events.models import Event
from gongkai.foundation.notifications.models import Notification
from gongkai.foundation.registries import rectification_sources
from gongkai.foundation.schedules.declaring import periodic_jobs
from gongkai.review import gate
from gongkai.review.models import Decision, Entry, Recall, Release, State, What
from gongkai.review.services import change_recall, hold, keep_recall, keep_recalls, reopen, resume, withdraw_recall

LATE = "2026-06-19T00:30:00+08:00"  # the day after the third working day


@pytest.fixture
def overdue(settings):
    def run():
        settings.GONGKAI_NOW = LATE
        return periodic_jobs.get("review.recalls").function(None)

    return run


def public() -> bool:
    return gate.is_open(KIND, Site.objects.get())


class TestKeep:
    @pytest.mark.parametrize("who", ["clerk", "reviewer", "secrecy"])
    def test_by_the_bodys_own_people_with_a_reason(self, recall, people, reviewer, secrecy, who):
        actor = {"clerk": people.clerk, "reviewer": reviewer, "secrecy": secrecy}[who]
        with pytest.raises(ValidationError, match="请填写保留的理由"):
            keep_recall(actor, recall, " ")
        kept = keep_recall(actor, recall, "单位仍用此名")
        assert (kept.decision, kept.decided_by, kept.reason) == (Decision.KEEP, actor, "单位仍用此名")
        event = Event.objects.filter(verb="review.recall_keep").latest("id")
        assert event.actor == actor and event.reason == "单位仍用此名"
        entry = Entry.objects.get(what=What.RESCREENED)
        assert (entry.release, entry.actor) == (recall.release, actor)
        assert (entry.facts["decision"], entry.facts["reason"]) == ("keep", "单位仍用此名")
        assert entry.facts["findings"][0]["rule"] == "lexicon:县自建"
        assert public()

    @pytest.mark.parametrize("who", ["other_clerk", "other_leader", "county_leader", "leader", "office"])
    def test_by_nobody_else(self, recall, people, who):
        with pytest.raises(Refused):
            keep_recall(getattr(people, who), recall, "理由")

    def test_it_is_not_asked_again(self, recall, people, run):
        keep_recall(people.clerk, recall, "单位仍用此名")
        assert run().found == 0

    def test_what_the_machine_blocks_cannot_be_kept(self, add, opened, run, people):
        opened("旧称局")
        add("词语,级别\n旧称局,block\n")
        run()
        with pytest.raises(ValidationError, match="不能保留"):
            keep_recall(people.clerk, Recall.objects.get(), "理由")

    def test_a_suspected_secret_is_for_secrecy_reviewers(self, recall, people, secrecy, person, county):
        Recall.objects.update(category="state-secret")
        recall.refresh_from_db()
        with pytest.raises(Refused, match="由保密审查人员"):
            keep_recall(people.clerk, recall, "理由")
        keep_recall(secrecy, recall, "经核对不涉密")

    def test_the_reason_is_masked(self, recall, people):
        kept = keep_recall(people.clerk, recall, "机主13912345678同意公开")
        assert "13912345678" not in kept.reason + str(Event.objects.latest("id").reason)

    def test_many_for_one_reason(self, add, opened, run, people):
        for name in ("旧称局一", "旧称局二", "阻断词"):
            opened(name)
        add("词语,级别\n旧称局,confirm\n阻断词,block\n")
        run()
        kept, left = keep_recalls(people.clerk, list(Recall.objects.all()), "单位仍用此名")
        assert len(kept) == 2 and [why for _recall, why in left] == ["阻断级的发现不能保留，只能修改或者撤稿"]
        with pytest.raises(ValidationError, match="请填写保留的理由"):
            keep_recalls(people.clerk, list(Recall.objects.all()), "")


class TestChange:
    def test_the_clerks_are_told_and_it_is_over_with_the_new_version(self, recall, people, reviewer, county):
        changed = change_recall(reviewer, recall, "改用新名")
        assert changed.decision == Decision.CHANGE
        told = Notification.objects.get(recipient=people.clerk, title__startswith="需要修改")
        assert told.link == f"/admin/review/recalls/{recall.pk}/" and "建议改为“新称局”" in told.todo
        source = rectification_sources.get("review.rescreening")
        assert [one.reference for one in source.findings()] == [str(recall.pk)]
        Release.objects.filter(pk=recall.release_id).update(state=State.SUPERSEDED)
        assert list(source.findings()) == []
        with pytest.raises(ValidationError, match="不能重复处理"):
            keep_recall(people.clerk, recall, "还是保留")

    def test_it_may_still_be_withdrawn(self, recall, people):
        change_recall(people.clerk, recall)
        withdraw_recall(people.clerk, recall, "来不及修改")
        assert not public()


class TestWithdraw:
    def test_at_once_with_a_notice(self, recall, people, told):
        with pytest.raises(ValidationError, match="请填写撤稿理由"):
            withdraw_recall(people.clerk, recall, "")
        withdraw_recall(people.clerk, recall, "名称有误", "本文已撤下，更正后重新发布")
        release = Release.objects.get()
        assert (release.state, release.closed_by) == (State.WITHDRAWN, people.clerk)
        assert release.notice == "本文已撤下，更正后重新发布"
        assert not public() and ("closed", release.object_id) in told

    def test_it_is_no_slip_of_the_hand(self, recall, people):
        withdraw_recall(people.clerk, recall, "名称有误")
        with pytest.raises(ValidationError, match="因复筛发现撤稿，不能撤销"):
            reopen(people.clerk, Release.objects.get(), "看错了")
        assert not public()

    def test_the_other_findings_of_the_release_wait_no_longer(self, add, opened, run, people, overdue):
        opened("旧称局和另一词")
        add("词语\n旧称局\n另一词\n")
        run()
        first, second = Recall.objects.all()
        withdraw_recall(people.clerk, first, "名称有误")
        with pytest.raises(ValidationError, match="已撤稿，不需要再处理"):
            keep_recall(people.clerk, second, "理由")
        assert overdue() == 0

    def test_not_by_another_body(self, recall, people):
        with pytest.raises(Refused):
            withdraw_recall(people.other_clerk, recall, "理由")


class TestUndecided:
    def test_until_its_day_it_stays_in_view(self, recall, settings):
        settings.GONGKAI_NOW = "2026-06-18T23:00:00+08:00"
        assert periodic_jobs.get("review.recalls").function(None) == 0
        assert public()

    def test_then_out_of_view_until_it_is_decided(self, recall, people, overdue):
        assert overdue() == 1
        assert not public()
        release = Release.objects.get()
        assert release.state == State.APPROVED and "逾期未处理" in release.held_reason
        assert Notification.objects.filter(recipient=people.leader, title__startswith="已暂停公开").exists()
        assert overdue() == 0, "once"
        keep_recall(people.clerk, recall, "单位仍用此名")
        assert public()
        assert Event.objects.filter(verb="review.resume", actor=people.clerk).exists()
        told = list(Entry.objects.order_by("number").values_list("what", flat=True))
        assert told == [What.HELD, What.RESCREENED, What.RESUMED]

    def test_back_only_when_all_are_decided(self, add, opened, run, people, overdue):
        opened("旧称局和另一词")
        add("词语\n旧称局\n另一词\n")
        run()
        overdue()
        first, second = Recall.objects.all()
        keep_recall(people.clerk, first, "可以")
        assert not public()
        keep_recall(people.clerk, second, "可以")
        assert public()

    def test_one_that_is_to_be_changed_keeps_it_out(self, add, opened, run, people, overdue):
        opened("旧称局和另一词")
        add("词语\n旧称局\n另一词\n")
        run()
        overdue()
        first, second = Recall.objects.all()
        change_recall(people.clerk, first)
        keep_recall(people.clerk, second, "可以")
        assert not public()

    def test_a_decision_in_time_keeps_it_in_view(self, recall, people, overdue):
        change_recall(people.clerk, recall)
        assert overdue() == 0 and public()

    def test_what_a_person_holds_back_stays_theirs(self, recall, people, overdue, settings):
        hold(people.leader, recall.release, "待核实")
        settings.GONGKAI_NOW = "2026-06-18T10:00:00+08:00"
        overdue()
        keep_recall(people.clerk, recall, "可以")
        assert not public()
        resume(people.leader, Release.objects.get(), "已核实")
        assert public()

    def test_a_suspected_secret_comes_back_by_a_leader_only(self, secret, run, people, secrecy):
        run()
        Recall.objects.update(severity="confirm")
        for recall in Recall.objects.all():
            keep_recall(secrecy, recall, "经核对不涉密")
        assert not public()
        resume(people.leader, Release.objects.get(), "保密审查人员核对不涉密")
        assert public()


class TestMending:
    @pytest.fixture
    def source(self):
        return rectification_sources.get("review.rescreening")

    def test_the_check_screens_again(self, recall, source):
        (found,) = source.findings()
        assert found.body_id == recall.release.body_id and "旧称局" in found.detail
        verdict = source.recheck(found.reference)
        assert not verdict.mended and "仍有该处发现" in verdict.looked_at
        Site.objects.update(name="新称局网站")
        verdict = source.recheck(found.reference)
        assert verdict.mended and "未再发现" in verdict.looked_at and recall.run.version in verdict.looked_at

    def test_a_list_that_is_ended_finds_it_no_more(self, recall, source, people):
        from gongkai.review.models import WordList
        from gongkai.review.services import end_word_list

        end_word_list(people.office, WordList.objects.get())
        assert source.recheck(str(recall.pk)).mended

    def test_kept_or_gone_is_mended(self, recall, source, people):
        keep_recall(people.clerk, recall, "单位仍用此名")
        assert "决定保留：单位仍用此名" in source.recheck(str(recall.pk)).looked_at
        Recall.objects.update(decision="")
        Release.objects.update(state=State.WITHDRAWN)
        assert "不再公开" in source.recheck(str(recall.pk)).looked_at

    def test_a_new_version_that_still_has_it_is_not(self, recall, source, opened, people):
        old = recall.release
        Release.objects.filter(pk=old.pk).update(state=State.SUPERSEDED)
        old.pk, old.state = None, State.APPROVED
        old.save()
        assert not source.recheck(str(recall.pk)).mended


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once(recall, people, reviewer):
    start, outcomes = threading.Barrier(2), []

    def decide(act, actor):
        try:
            start.wait(10)
            act(actor, recall, f"{actor}的理由")
            outcomes.append("decided")
        except ValidationError as error:
            outcomes.append(error.messages[0])
        finally:
            connection.close()

    jobs = [(keep_recall, people.clerk), (withdraw_recall, reviewer)]
    threads = [threading.Thread(target=decide, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes, key=len)[0] == "decided" and "不能重复处理" in sorted(outcomes, key=len)[1]
    decided = Recall.objects.get()
    assert (decided.decision == Decision.WITHDRAW) == (Release.objects.get().state == State.WITHDRAWN)


def test_deputies_decide_too(recall, people, person, county):
    from gongkai.bodies.models import Deputy, RoleHolding

    holding = RoleHolding.objects.get(user=people.clerk, role=Role.CLERK)
    deputy = person("deputy")
    Deputy.objects.create(holding=holding, user=deputy, since="2026-06-01", until="2026-06-30")
    assert keep_recall(deputy, recall, "代办").decided_by == deputy
