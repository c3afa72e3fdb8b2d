"""泄密隐患登记: what it keeps, taking down what is public, the 24 hours, who may do what."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from tests.review.conftest import KIND
from tests.review.passing import sign

from gongkai.foundation import clock
from gongkai.foundation.access import Refused, Role
from gongkai.foundation.events.models import Event
from gongkai.foundation.guard.reporting import Refusal
from gongkai.foundation.notifications.models import Notification
from gongkai.review import gate
from gongkai.review.jobs import remind_of_incidents
from gongkai.review.models import Incident, Release, State, Way
from gongkai.review.services import close_incident, report_incident, request, take_down
from gongkai.review.services.incidents import note

RULE = "secret-mark"


@pytest.fixture
def watchers(county, person):
    return {
        "admin": person("bm", (county.body, Role.SECRECY_ADMIN)),
        "reviewer": person("bm.fgj", (county.fgj, Role.SECRECY_REVIEWER)),
        "elsewhere": person("bm.czj", (county.czj, Role.SECRECY_REVIEWER)),
    }


@pytest.fixture
def public(site, people) -> Release:
    """A record that is public."""
    return sign(people.leader, request(people.clerk, KIND, site.pk))


def told(user) -> list[str]:
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("title", flat=True))


class TestNoting:
    def test_holds_no_text(self, people, watchers):
        note(Refusal("form", "some_view", RULE, people.clerk))
        texts = {field.name for field in Incident._meta.concrete_fields}
        assert not texts & {"text", "excerpt", "digest", "keyed", "title", "file_name"}
        event = Event.objects.get(verb="review.note_incident")
        assert event.after["rule"] == RULE and event.body_id == people.clerk.holdings.get().body_id

    def test_those_who_watch_over_it_are_told_once_a_day(self, people, watchers):
        note(Refusal("form", "some_view", RULE, people.clerk))
        note(Refusal("upload", "some_view", RULE, people.clerk))
        assert told(watchers["admin"]) == told(watchers["reviewer"]) == ["拦截了疑似国家秘密的内容"]
        assert told(watchers["elsewhere"]) == [] and told(people.office) == []

    def test_from_the_public(self, county, watchers):
        incident = note(Refusal("form", "portal_form", RULE))
        assert incident.body is None
        assert told(watchers["admin"])

    def test_a_closed_one_is_not_counted_up(self, people, watchers):
        first = note(Refusal("form", "some_view", RULE, people.clerk))
        close_incident(watchers["admin"], first, "误报")
        assert note(Refusal("form", "some_view", RULE, people.clerk)).pk != first.pk


class TestTakingDown:
    def test_out_of_view_at_once_with_24_hours_to_report(self, public, people, watchers):
        """实施条例第六十一条"""
        assert gate.is_open(public.kind, public.subject)
        incident = take_down(public, RULE)
        assert not gate.is_open(public.kind, public.subject)
        assert (incident.way, incident.release, incident.body) == (Way.PUBLISHED, public, public.body)
        assert incident.report_due - incident.found_at == timedelta(hours=24)
        public.refresh_from_db()
        assert public.state == State.APPROVED and public.held_at is not None
        for user in (watchers["admin"], watchers["reviewer"], people.office, people.leader):
            assert "已公开内容疑似涉密，已停止公开" in told(user)
        notice = Notification.objects.filter(recipient=people.office).last()
        assert "2026年6月16日" in notice.meaning and public.title not in notice.meaning

    def test_twice_is_one_incident(self, public, watchers):
        assert take_down(public, RULE) == take_down(public, RULE)

    def test_even_when_the_mark_stands_in_the_title(self, public, watchers):
        from gongkai.foundation.guard.judging import writing_what_stands

        with writing_what_stands():
            Release.objects.filter(pk=public.pk).update(title="机密★5年某事")
        take_down(public, RULE)
        assert not gate.is_open(public.kind, public.subject)

    def test_what_is_not_public_any_more_is_kept_as_an_incident_too(self, public, people, watchers):
        from gongkai.review.services import withdraw

        withdraw(people.leader, public, "更正")
        assert take_down(public, RULE).report_due is not None


class TestReporting:
    @pytest.fixture
    def incident(self, public, watchers):
        return take_down(public, RULE)

    @pytest.mark.parametrize("who", ["admin", "reviewer", "office"])
    def test_who_may(self, incident, watchers, people, who):
        user = watchers.get(who) or people.office
        done = report_incident(user, incident, "清河县国家保密局", "电话报告")
        assert (done.reported_by, done.reported_at) == (user, clock.now())
        assert remind_of_incidents(clock.today()) == 0

    @pytest.mark.parametrize("who", ["clerk", "leader"])
    def test_who_may_not(self, incident, people, who):
        with pytest.raises(Refused):
            report_incident(getattr(people, who), incident, "清河县国家保密局")

    def test_nor_the_reviewer_of_another_body(self, incident, watchers):
        with pytest.raises(Refused):
            report_incident(watchers["elsewhere"], incident, "清河县国家保密局")

    def test_to_whom_and_only_once(self, incident, people):
        with pytest.raises(ValidationError, match="报告对象"):
            report_incident(people.office, incident, " ")
        report_incident(people.office, incident, "清河县国家保密局")
        with pytest.raises(ValidationError, match="不能重复"):
            report_incident(people.office, incident, "清河县国家保密局")

    def test_closed_only_after_it_was_reported(self, incident, people):
        with pytest.raises(ValidationError, match="须先登记报告"):
            close_incident(people.office, incident, "误报")
        report_incident(people.office, incident, "清河县国家保密局")
        with pytest.raises(ValidationError, match="核实结论"):
            close_incident(people.office, incident, "")
        assert close_incident(people.office, incident, "经核实不涉密").closed_by == people.office
        with pytest.raises(ValidationError, match="已办结"):
            report_incident(people.office, incident, "清河县国家保密局")

    def test_reminders_while_the_clock_runs(self, incident, people, settings):
        Notification.objects.all().delete()
        counts = []
        for moment in ("15T10", "15T20", "15T22", "16T04", "16T06", "16T08", "16T10", "17T10", "17T11"):
            settings.GONGKAI_NOW = f"2026-06-{moment}:30:00+08:00"
            remind_of_incidents(clock.today())
            counts.append(len(told(people.office)))
        #                  half     four last late and once a day from then on
        assert counts == [0, 0, 1, 1, 2, 3, 4, 5, 5]
        assert told(people.office)[-1] == "泄密隐患报告已逾期"
