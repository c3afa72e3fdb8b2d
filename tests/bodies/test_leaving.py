"""Handover: roles and open work go on, the past stays."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from gongkai.bodies import services
from gongkai.bodies.models import RoleHolding
from gongkai.bodies.selectors import holders
from gongkai.foundation.access import Refused, Role, rights_of
from gongkai.foundation.events.models import Event
from gongkai.foundation.registries import Handover, handovers

TODAY = date(2026, 6, 15)
DAY = timedelta(days=1)


@pytest.fixture
def errands():
    """A room with open work of its own, known to nobody but the registry."""
    moved: list[tuple] = []

    def move(actor, leaver, successor, bodies, reason):
        moved.append((actor, leaver, successor, bodies, reason))
        return 3

    entry = handovers.register(Handover("test.errands", "差事", lambda user, bodies: RoleHolding.objects.none(), move))
    yield moved
    handovers.unregister(entry.key)


@pytest.fixture
def zhang(qinghe, make_person):
    return make_person("zhang", (qinghe.jyj, Role.CLERK), name="张伟")


def test_roles_and_work_move_and_the_past_stays(qinghe, office, clerk, zhang, errands):
    result = services.hand_over(office, clerk, zhang, [qinghe.czj], TODAY, "调离")
    assert (result["holdings"], result["test.errands"]) == (1, 3)
    assert errands == [(office, clerk, zhang, frozenset({qinghe.czj.pk}), "调离")]
    assert list(holders(qinghe.czj, Role.CLERK, on=TODAY)) == [zhang]
    assert list(holders(qinghe.czj, Role.CLERK, on=TODAY - DAY)) == [clerk]
    assert not rights_of(clerk).grants
    assert not clerk.groups.exists()
    assert zhang.groups.filter(name="qinghe.czj").exists()
    assert rights_of(zhang).bodies() == {qinghe.czj.pk, qinghe.jyj.pk}
    event = Event.objects.get(verb="bodies.hand_over", object_id=clerk.pk, body_id=qinghe.county.pk)
    assert event.details["moved"]["test.errands"] == 3


def test_only_the_chosen_bodies_move(qinghe, office, clerk, zhang):
    services.appoint(office, clerk, qinghe.dag, Role.CLERK, date(2026, 1, 1))
    services.hand_over(office, clerk, zhang, [qinghe.dag], TODAY, "分工调整")
    assert rights_of(clerk).bodies() == {qinghe.czj.pk}


def test_a_fixed_term_goes_on_to_its_end(qinghe, office, clerk, zhang):
    RoleHolding.objects.filter(user=clerk).update(until=date(2026, 12, 31))
    services.hand_over(office, clerk, zhang, [qinghe.czj], TODAY, "调离")
    given = zhang.holdings.get(body=qinghe.czj)
    assert (given.since, given.until) == (TODAY, date(2026, 12, 31))


@pytest.mark.parametrize(("own_end", "expected"), [(None, None), (date(2026, 7, 1), None)])
def test_a_successor_who_holds_the_role_already_holds_it_once_and_long_enough(
    qinghe, office, clerk, make_person, own_end, expected
):
    second = make_person("second")
    RoleHolding.objects.create(user=second, body=qinghe.czj, role=Role.CLERK, since=date(2026, 1, 1), until=own_end)
    services.hand_over(office, clerk, second, [qinghe.czj], TODAY, "调离")
    assert second.holdings.get().until == expected


def test_the_last_of_the_office_hands_over_to_a_new_one(qinghe, office, zhang):
    services.hand_over(office, office, zhang, [qinghe.county], TODAY, "退休")
    assert list(holders(qinghe.czj, Role.OFFICE, on=TODAY)) == [zhang]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"on": TODAY + DAY}, "交接日期不能晚于今天"),
        ({"on": date(2020, 1, 1)}, "交接日期须晚于该日"),
        ({"on": date(2019, 1, 1)}, "没有任职"),
        ({"body": "jyj"}, "没有任职"),
        ({"successor": "clerk"}, "不能是移交人员本人"),
        ({"successor": "closed"}, "账号已停用"),
    ],
)
def test_a_handover_that_cannot_be_changes_nothing(qinghe, office, clerk, zhang, make_person, errands, change, message):
    people = {
        "clerk": clerk,
        "zhang": zhang,
        "closed": make_person("closed", (qinghe.dag, Role.CLERK), is_active=False),
    }
    successor, body = people[change.get("successor", "zhang")], getattr(qinghe, change.get("body", "czj"))
    with pytest.raises(ValidationError, match=message):
        services.hand_over(office, clerk, successor, [body], change.get("on", TODAY), "调离")
    assert clerk.holdings.get().until is None
    assert not errands
    assert not Event.objects.filter(verb="bodies.hand_over").exists()


def test_when_a_room_fails_nothing_has_moved(qinghe, office, clerk, zhang):
    def fail(*arguments):
        raise RuntimeError("half-way")

    entry = handovers.register(Handover("test.failing", "差事", lambda *a: RoleHolding.objects.none(), fail))
    try:
        with pytest.raises(RuntimeError):
            services.hand_over(office, clerk, zhang, [qinghe.czj], TODAY, "调离")
    finally:
        handovers.unregister(entry.key)
    assert clerk.holdings.get().until is None


def test_who_may_not_hand_over(qinghe, dongshan, office, clerk, zhang, neighbour, sysadmin, make_person):
    for actor in (clerk, zhang, neighbour):
        with pytest.raises(Refused):
            services.hand_over(actor, clerk, zhang, [qinghe.czj], TODAY, "")
    with pytest.raises(Refused, match="不能把工作交接给自己"):
        services.hand_over(office, clerk, office, [qinghe.czj], TODAY, "")
    auditor = make_person("auditor", (qinghe.county, Role.AUDITOR))
    with pytest.raises(Refused, match="须由系统管理员办理"):
        services.hand_over(office, auditor, zhang, [qinghe.county], TODAY, "")
    with pytest.raises(Refused):
        services.hand_over(office, clerk, neighbour, [qinghe.czj], TODAY, "")
    assert services.hand_over(sysadmin, auditor, zhang, [qinghe.county], TODAY, "轮岗")["holdings"] == 1


def test_work_of_a_body_out_of_reach_stays(qinghe, dongshan, office, clerk, zhang, errands):
    with pytest.raises(Refused):
        services.hand_over(office, clerk, zhang, [qinghe.czj, dongshan.czj], TODAY, "调离")
    assert errands == []
    assert list(holders(qinghe.czj, Role.CLERK, on=TODAY)) == [clerk]
