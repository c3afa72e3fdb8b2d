"""Going over what is public: what is found, what is known already, resume after a break, constant costs."""

from __future__ import annotations

import threading
import tracemalloc

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.review.conftest import KIND

from gongkai.channels.models import Site
from gongkai.foundation.access import Refused
from gongkai.foundation.events.models import Event
from gongkai.foundation.notifications.models import Notification
from gongkai.foundation.registries import Reviewable, reviewables
from gongkai.foundation.schedules.declaring import periodic_jobs
from gongkai.foundation.schedules.worker import drain
from gongkai.review import gate
from gongkai.review.machine import keyed, screener
from gongkai.review.models import Disposal, Entry, Finding, Incident, Recall, Release, Rescreening, RunState, State
from gongkai.review.rescreening.rules import version_of
from gongkai.review.rescreening.selectors import is_needed
from gongkai.review.services import begin_rescreening, resume_rescreening, stop_rescreening
from gongkai.review.services.rescreening import go_over

MOBILE = "联系手机13912345678"


def finding(release, rule, stretch, severity="confirm", disposal=""):
    return Finding.objects.create(
        release=release, rule=rule, category="lexicon", severity=severity, part="网站名称", start=0, end=1,
        keyed=keyed(stretch), disposal=disposal, message="核对",
    )  # fmt: skip


class TestFinding:
    def test_a_new_word_is_found_in_what_is_public(self, recall, county):
        assert (recall.rule, recall.excerpt, recall.part) == ("lexicon:县自建", "旧称局", "网站名称")
        assert recall.suggestion == "建议改为“新称局”"
        assert recall.due.isoformat() == "2026-06-18", "three working days from Monday"
        assert recall.run.found == 1 and recall.run.state == RunState.DONE and recall.run.done == 1

    def test_its_people_are_told_once(self, add, opened, run, people, reviewer, secrecy):
        opened("旧称局一")
        opened("旧称局二")
        add()
        run()
        told = Notification.objects.filter(kind="review.recalled", title__contains="新的机器发现")
        assert {one.recipient for one in told} == {people.clerk, reviewer, secrecy}
        assert told.count() == 3

    def test_nothing_personal_is_written_unmasked(self, opened, run):
        opened(MOBILE)
        run()
        recall = Recall.objects.get(rule__contains="mobile")
        assert recall.excerpt == "139****5678"
        stored = str([list(Model.objects.values()) for Model in (Recall, Rescreening, Notification)])
        assert "13912345678" not in stored.replace(MOBILE, ""), "but for the title, which the test itself wrote"

    def test_attachments_too(self, add, run, opened, reviewable, tmp_path, settings):
        from django.db.models.fields.files import FieldFile, FileField

        settings.MEDIA_ROOT = tmp_path

        def attached(site):
            file = FieldFile(site, FileField(name="file"), "附件.txt")
            return [("附件.txt", file)]

        (tmp_path / "附件.txt").write_text("请到旧称局办理，再到旧称局领取", "utf-8")
        facts = {name: getattr(reviewable, name) for name in reviewable.__slots__}
        reviewables.unregister(KIND)
        reviewables.register(Reviewable(**facts | {"files": attached}))
        opened("普通网站")
        add()
        run()
        recall = Recall.objects.get()
        assert (recall.part, recall.in_file, recall.times) == ("附件.txt", True, 2)

    def test_a_file_that_cannot_be_read_is_named(self, run, opened, reviewable, tmp_path, settings):
        from django.db.models.fields.files import FieldFile, FileField

        settings.MEDIA_ROOT = tmp_path
        (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 not a document")
        facts = {name: getattr(reviewable, name) for name in reviewable.__slots__}
        reviewables.unregister(KIND)
        files = lambda site: [("坏.docx", FieldFile(site, FileField(name="file"), "坏.docx"))]  # noqa: E731
        reviewables.register(Reviewable(**facts | {"files": files}))
        opened("普通网站")
        done = run()
        assert done.missed == 1 and "坏.docx" in done.not_examined[0]

    def test_what_is_not_public_is_left_alone(self, add, opened, run):
        for state in (State.WAITING, State.WITHDRAWN, State.SUPERSEDED, State.RETURNED):
            opened(f"旧称局{state}", state=state)
        add()
        assert run().total == 0 and not Recall.objects.exists()

    def test_of_another_county_neither(self, add, opened, run, people):
        from gongkai.bodies.models import Body, Kind

        other = Body.objects.create(code="dongshan", name="东山县人民政府", kind=Kind.COUNTY)
        Release.objects.filter(pk=opened("旧称局").pk).update(body=other)
        add()
        assert run().total == 0

    def test_a_suspected_state_secret_goes_out_of_view_at_once(self, secret, run, people):
        site = Site.objects.get()
        assert gate.is_open(KIND, site)
        done = run()
        assert not gate.is_open(KIND, site)
        secret.refresh_from_db()
        (recall,) = Recall.objects.filter(category="state-secret")
        assert secret.held_at == recall.held_at and "疑似国家秘密" in secret.held_reason
        assert secret.state == State.APPROVED and done.state == RunState.DONE
        incident = Incident.objects.get()
        assert (incident.release, incident.rule) == (secret, recall.rule)
        assert (incident.report_due - incident.found_at).total_seconds() == 24 * 3600

    def test_not_a_word_of_it_is_written(self, secret, run):
        run()
        written = [
            list(Model.objects.values()) for Model in (Recall, Rescreening, Notification, Incident, Entry, Event)
        ]
        assert "机密★" not in str(written)
        assert Recall.objects.get(category="state-secret").excerpt == ""

    def test_where_the_mark_stands_in_the_name_of_a_file(self, run, opened, reviewable, tmp_path, settings):
        """A finding would repeat the name: only that something was found is written, and the run goes on."""
        from django.db.models.fields.files import FieldFile, FileField

        settings.MEDIA_ROOT = tmp_path
        (tmp_path / "a.txt").write_text("联系手机13912345678", "utf-8")
        facts = {name: getattr(reviewable, name) for name in reviewable.__slots__}
        reviewables.unregister(KIND)
        files = lambda site: [("机密★5年.txt", FieldFile(site, FileField(name="file"), "a.txt"))]  # noqa: E731
        reviewables.register(Reviewable(**facts | {"files": files}))
        release = opened("普通网站")
        done = run()
        assert done.state == RunState.DONE and f"登记编号 {release.pk}" in done.not_examined[0]
        assert Incident.objects.get().release == release and not Recall.objects.exists()
        assert not gate.is_open(KIND, Site.objects.get())


class TestKnown:
    RULE = "lexicon:县自建"

    @pytest.mark.parametrize("disposal", [Disposal.KEEP, Disposal.NOT_APPLICABLE])
    def test_what_was_kept_by_name_is_not_asked_again(self, add, opened, run, disposal):
        finding(opened("旧称局"), self.RULE, "旧称局", disposal=disposal)
        add()
        assert run().found == 0

    def test_also_when_kept_in_an_earlier_passage(self, add, opened, run):
        new = opened("旧称局")
        old = Release.objects.get(pk=new.pk)
        old.pk, old.state = None, State.SUPERSEDED
        old.save()
        finding(old, self.RULE, "旧称局", disposal=Disposal.KEEP)
        add()
        assert run().found == 0

    def test_a_hint_that_was_shown_at_signature(self, add, opened, run):
        finding(opened("旧称局"), self.RULE, "旧称局", severity="hint")
        add()
        assert run().found == 0

    @pytest.mark.parametrize(("rule", "stretch"), [("lexicon:别的", "旧称局"), ("lexicon:县自建", "别的")])
    def test_another_rule_or_stretch_is_new(self, add, opened, run, rule, stretch):
        finding(opened("旧称局"), rule, stretch, disposal=Disposal.KEEP)
        add()
        assert run().found == 1

    def test_what_the_machine_blocks_cannot_have_been_kept(self, add, opened, run):
        finding(opened("旧称局"), self.RULE, "旧称局", disposal=Disposal.KEEP)
        add("词语,级别\n旧称局,block\n")
        assert run().found == 1

    def test_what_waits_is_not_doubled(self, recall, run):
        assert run().found == 0
        assert Recall.objects.count() == 1


class TestBegin:
    def test_who(self, people, county, opened):
        opened("网站")
        for who in ("clerk", "leader"):
            with pytest.raises(Refused):
                begin_rescreening(getattr(people, who), county.body)

    def test_one_at_a_time(self, people, county, opened):
        opened("网站")
        begin_rescreening(people.office, county.body)
        with pytest.raises(ValidationError, match="正在复筛"):
            begin_rescreening(people.office, county.body)

    def test_of_counties_only(self, people, county):
        with pytest.raises(ValidationError, match="以县为单位"):
            begin_rescreening(people.office, county.fgj)

    def test_stopped_it_goes_no_further(self, people, county, opened):
        opened("一")
        opened("二")
        run = begin_rescreening(people.office, county.body)
        assert go_over(run.pk, limit=1)
        stop_rescreening(people.office, run)
        assert not go_over(run.pk)
        run.refresh_from_db()
        assert (run.done, run.state) == (1, RunState.STOPPED)
        with pytest.raises(ValidationError, match="不需要停止"):
            stop_rescreening(people.office, run)

    @pytest.mark.django_db(transaction=True)
    def test_the_worker_goes_over_everything_in_slices(self, people, county, opened, add, monkeypatch):
        from gongkai.review.services import rescreening

        monkeypatch.setattr(rescreening.go_over, "__defaults__", (2,))
        for number in range(5):
            opened(f"旧称局{number}")
        add()
        run = begin_rescreening(people.office, county.body)
        drain()
        run.refresh_from_db()
        assert (run.state, run.done, run.found) == (RunState.DONE, 5, 5)
        assert Notification.objects.filter(recipient=people.office, title="复筛已完成").exists()


class TestNeeded:
    def test_when_the_rules_are_not_those_of_the_signature(self, opened, county, run, add):
        assert not is_needed(county.body), "nothing is public"
        release = opened("网站", machine=version_of(screener(county.body.pk)))
        assert not is_needed(county.body), "screened at signature by these very rules"
        add()
        assert is_needed(county.body)
        run()
        assert not is_needed(county.body)
        Release.objects.filter(pk=release.pk).update(decided_at="2026-06-15T12:00:00+08:00")
        assert is_needed(county.body), "put forward before the list, signed after the run began"

    def test_the_daily_job_begins_by_itself_and_once(self, opened, county, add):
        opened("旧称局")
        add()
        job = periodic_jobs.get("review.rescreen")
        job.function(None)
        job.function(None)
        assert Rescreening.objects.get().started_by is None


class TestBreak:
    def test_a_killed_run_goes_on_behind_the_last_release(self, people, county, opened, add, settings, monkeypatch):
        """The process is killed while the third of five is screened."""
        for number in range(5):
            opened(f"旧称局{number}")
        add()
        run = begin_rescreening(people.office, county.body)
        from gongkai.review.services import rescreening

        seen, real = [], rescreening.screened

        def killed_at_third(release):
            seen.append(release.pk)
            if len(seen) == 3:
                raise KeyboardInterrupt
            return real(release)

        monkeypatch.setattr(rescreening, "screened", killed_at_third)
        with pytest.raises(KeyboardInterrupt):
            go_over(run.pk)
        run.refresh_from_db()
        assert (run.done, run.found, run.state) == (2, 2, RunState.RUNNING)
        with pytest.raises(ValidationError, match="正在进行"):
            resume_rescreening(people.office, run)
        settings.GONGKAI_NOW = "2026-06-15T10:00:00+08:00"
        assert periodic_jobs.get("review.rescreen_resume").function(None) == 1
        assert not go_over(run.pk)
        run.refresh_from_db()
        assert (run.done, run.found, run.state) == (5, 5, RunState.DONE)
        assert seen == [*sorted(set(seen))[:2], seen[2], seen[2], *sorted(set(seen))[3:]], "only the third again"

    def test_a_release_that_kills_every_time_is_left_out_and_named(self, people, county, opened, settings, monkeypatch):
        from gongkai.review.services import rescreening

        opened("毒文件")
        opened("好文件")
        run = begin_rescreening(people.office, county.body)
        real = rescreening.screened

        def kills(release):
            if release.title == "毒文件":
                raise KeyboardInterrupt
            return real(release)

        monkeypatch.setattr(rescreening, "screened", kills)
        for hour in range(10, 14):
            try:
                more = go_over(run.pk)
                break
            except KeyboardInterrupt:
                settings.GONGKAI_NOW = f"2026-06-15T{hour}:00:00+08:00"
                resume_rescreening(None, run)
        assert not more
        run.refresh_from_db()
        assert run.state == RunState.DONE and run.done == 2
        assert run.not_examined == ["毒文件：多次中断，已跳过"]

    def test_one_record_that_cannot_be_screened_does_not_stop_the_others(self, run, opened, add, reviewable):
        facts = {name: getattr(reviewable, name) for name in reviewable.__slots__}
        reviewables.unregister(KIND)

        def texts(site):
            if site.name == "坏":
                raise RuntimeError("13912345678")
            return [("网站名称", site.name)]

        opened("坏", digest="0" * 64)
        opened("旧称局", digest="0" * 64)
        reviewables.register(Reviewable(**facts | {"texts": texts}))
        add()
        done = run()
        assert (done.done, done.found) == (2, 1)
        assert done.not_examined == ["坏：筛查出错（RuntimeError）"]

    @pytest.mark.django_db(transaction=True)
    def test_two_workers_on_one_run_write_each_release_once(self, people, county, opened, add):
        for number in range(8):
            opened(f"旧称局{number}")
        add()
        run = begin_rescreening(people.office, county.body)
        errors: list[BaseException] = []

        def work():
            try:
                while go_over(run.pk):
                    pass
            except BaseException as error:
                errors.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        while go_over(run.pk):
            pass
        run.refresh_from_db()
        assert errors == []
        assert (run.done, run.found, Recall.objects.count()) == (8, 8, 8)


class TestCost:
    def test_queries_for_one_release_do_not_grow_with_their_number(self, people, county, opened, add):
        for number in range(3):
            opened(f"网站{number}")
        add()
        run = begin_rescreening(people.office, county.body)
        go_over(run.pk, limit=1)
        with CaptureQueriesContext(connection) as few:
            go_over(run.pk, limit=1)
        for number in range(60):
            opened(f"更多{number}")
        Rescreening.objects.filter(pk=run.pk).update(last=10**6)
        with CaptureQueriesContext(connection) as many:
            go_over(run.pk, limit=1)
        assert len(many) == len(few) <= 16

    @pytest.mark.slow
    def test_memory_does_not_grow_with_what_was_gone_over(self, people, county, opened, add, reviewable):
        facts = {name: getattr(reviewable, name) for name in reviewable.__slots__}
        reviewables.unregister(KIND)
        texts = lambda site: [("正文", site.name + "长" * 20_000)]  # noqa: E731
        reviewables.register(Reviewable(**facts | {"texts": texts}))
        for number in range(120):
            opened(f"网站{number}")
        add()
        run = begin_rescreening(people.office, county.body)
        go_over(run.pk, limit=10)
        tracemalloc.start()
        try:
            go_over(run.pk, limit=10)
            tracemalloc.reset_peak()
            go_over(run.pk, limit=10)
            few = tracemalloc.get_traced_memory()[1]
            tracemalloc.reset_peak()
            go_over(run.pk, limit=80)
            many = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert many < few * 1.5 + 1_000_000
