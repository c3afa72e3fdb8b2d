"""催办 once a day, one notice a person; what stays late is told to the leader, then to the office."""

from __future__ import annotations

import pytest

from gongkai.bodies.models import RoleHolding
from gongkai.foundation.access import Refused, Role
from gongkai.foundation.events.models import Event
from gongkai.foundation.notifications.models import Notification
from gongkai.rectification import jobs
from gongkai.rectification.models import Case
from gongkai.rectification.services import collect, escalate, except_until, urge


@pytest.fixture
def cases(world, county, people) -> list[Case]:
    for number in range(3):
        world.breaks(f"/{number}", county.fgj, title=f"问题{number}")
    world.breaks("/9", county.czj, title="问题九")
    collect(None)
    return list(Case.objects.order_by("pk"))


class TestUrge:
    def test_one_notice_a_person_and_once_a_day(self, cases, people, notices, at):
        result = urge(people.office, cases, "请本周内完成")
        assert len(result["done"]) == 4 and result["refused"] == []
        assert notices(people.clerk)[-1:] == ["政务公开办催办：请尽快整改下列问题"] == notices(people.other_clerk)[-1:]
        told = Notification.objects.filter(recipient=people.clerk).latest("pk")
        assert told.meaning.startswith("请本周内完成") and "问题2" in told.meaning and "问题九" not in told.meaning
        again = urge(people.office, cases)
        assert again["done"] == [] and "一天只催办一次" in again["refused"][0]["why"]
        at("2026-06-16")
        assert len(urge(people.office, cases)["done"]) == 4
        case = Case.objects.get(pk=cases[0].pk)
        assert (case.urged_count, str(case.urged_on)) == (2, "2026-06-16")

    def test_each_is_written_down_with_who_was_told(self, cases, people):
        urge(people.office, cases[:1], "快")
        event = Event.objects.get(verb="rectification.urge")
        assert (event.actor, event.reason, event.details) == (people.office, "快", {"recipients": [people.clerk.pk]})

    def test_what_has_nothing_to_urge_is_said(self, cases, people, world, at):
        except_until(people.office, cases[0], at("2026-06-15").replace(month=7), "网站迁移")
        RoleHolding.objects.filter(user=people.other_clerk).delete()
        result = urge(people.office, cases)
        assert result["done"] == [case.pk for case in cases[1:3]]
        whys = {entry["id"]: entry["why"] for entry in result["refused"]}
        assert "例外" in whys[cases[0].pk] and "没有在任的信息员" in whys[cases[3].pk]

    def test_by_the_office_of_the_county_alone(self, cases, people, person, county):
        with pytest.raises(Refused):
            urge(people.clerk, cases)
        from gongkai.bodies.models import Body, Kind

        stranger = person("other", (Body.objects.create(code="o", name="邻县人民政府", kind=Kind.COUNTY), Role.OFFICE))
        assert urge(stranger, cases)["done"] == []


class TestEscalate:
    """Due on 30 June 2026; told after 5 days and after 10 (系统默认值)."""

    def test_the_leader_then_the_office_each_once(self, cases, people, notices, at):
        assert escalate(None, at("2026-07-04")) == 0
        assert escalate(None, at("2026-07-05")) == 4
        assert notices(people.leader) == ["清河县发展和改革局有 3 项整改逾期"] == notices(people.second_leader)
        assert notices(people.other_leader) == ["清河县财政局有 1 项整改逾期"]
        assert notices(people.office) == []
        assert escalate(None, at("2026-07-06")) == 0
        assert escalate(None, at("2026-07-10")) == 4
        assert notices(people.office) == ["4 项整改逾期，责任单位尚未办结"]
        assert escalate(None, at("2026-07-11")) == 0
        assert jobs.escalate(at("2026-07-12")) == 0

    def test_a_body_without_a_leader_goes_to_the_office_at_once(self, cases, people, notices, at):
        RoleHolding.objects.filter(user=people.other_leader).delete()
        escalate(None, at("2026-07-05"))
        assert notices(people.office) == ["1 项整改逾期，责任单位尚未办结"]
        escalate(None, at("2026-07-10"))
        assert notices(people.office)[1:] == ["3 项整改逾期，责任单位尚未办结"]

    def test_patience_is_a_setting(self, cases, people, notices, at, settings):
        settings.GONGKAI_ESCALATE_DAYS = 1
        assert escalate(None, at("2026-07-01")) == 4

    def test_an_exception_is_not_late(self, cases, people, at):
        except_until(people.office, cases[3], at("2026-06-29").replace(month=7), "网站迁移")
        assert escalate(None, at("2026-07-05")) == 3

    def test_is_not_for_people(self, cases, people, at):
        with pytest.raises(Refused):
            escalate(people.office, at("2026-07-05"))
