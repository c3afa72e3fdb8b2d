"""People: who may bring whom in, for what, and who may not."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from gongkai.bodies import services
from gongkai.bodies.models import Deputy, RoleHolding
from gongkai.bodies.sections import STAFF_GROUP, keep_all_in_step
from gongkai.foundation.access import COUNTY_ROLES, Refused, Role, rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.models import Event

TODAY = date(2026, 6, 15)
DAY = timedelta(days=1)


def create(actor, body, username="wang", role=Role.CLERK, **fields):
    return services.create_person(actor, body, username, "王芳", role, **fields)


def test_a_new_person_gets_a_role_a_temporary_password_and_the_groups(qinghe, office):
    user, password = create(office, qinghe.czj, phone="0832-1")
    assert user.check_password(password)
    assert user.must_change_password
    assert rights_of(user).holds({Role.CLERK}, qinghe.czj.pk)
    assert set(user.groups.values_list("name", flat=True)) == {STAFF_GROUP, "qinghe.czj"}
    assert user.has_perm("wagtailadmin.access_admin")


def test_the_record_knows_of_the_person_and_never_of_the_password(qinghe, office):
    _, password = create(office, qinghe.czj)
    events = list(Event.objects.filter(verb="bodies.create_person"))
    assert len(events) == 2  # the person, and the role
    assert {event.actor for event in events} == {office}
    assert not [event for event in events if password in str((event.after, event.details))]


@pytest.mark.parametrize("role", sorted(set(Role) - COUNTY_ROLES))
def test_the_office_brings_people_in_for_every_body_role(qinghe, office, role):
    assert create(office, qinghe.czj, role=role).user.holdings.get().role == role


@pytest.mark.parametrize("role", [Role.SECRECY_ADMIN, Role.AUDITOR, Role.SYSADMIN])
def test_those_who_watch_the_office_are_not_its_to_appoint(qinghe, office, sysadmin, role):
    with pytest.raises(Refused, match="须由系统管理员办理"):
        create(office, qinghe.county, role=role)
    assert not User.objects.filter(username="wang").exists()
    assert create(sysadmin, qinghe.county, role=role).user.holdings.get().role == role


@pytest.mark.parametrize("who", ["clerk", "neighbour"])
def test_others_bring_nobody_in(qinghe, who, request):
    with pytest.raises(Refused):
        create(request.getfixturevalue(who), qinghe.czj)


def test_a_county_s_administrator_stays_in_the_county(qinghe, dongshan, sysadmin, root):
    with pytest.raises(Refused):
        create(sysadmin, dongshan.czj)
    assert create(root, dongshan.czj).user.pk


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"username": "OFFICE"}, "已被使用"),
        ({"username": "wang fang"}, "username"),
        ({"username": ""}, "username"),
        ({"email": "not-a-mail"}, "email"),
        ({"role": Role.OFFICE}, "只能在县级政府任职"),
    ],
)
def test_a_person_that_cannot_be(qinghe, office, fields, message):
    with pytest.raises(ValidationError, match=message):
        create(office, qinghe.czj, **fields)
    assert User.objects.count() == 1
    assert not Event.objects.exists()


def test_one_person_serves_several_bodies(qinghe, office, clerk):
    services.appoint(office, clerk, qinghe.jyj, Role.REVIEWER, TODAY)
    assert rights_of(clerk).bodies() == {qinghe.czj.pk, qinghe.jyj.pk}
    assert set(clerk.groups.values_list("name", flat=True)) == {STAFF_GROUP, "qinghe.czj", "qinghe.jyj"}


def test_nobody_appoints_themselves(qinghe, office, sysadmin):
    for actor in (office, sysadmin):
        with pytest.raises(Refused, match="不能为自己任职"):
            services.appoint(actor, actor, qinghe.czj, Role.LEADER, TODAY)


def test_an_office_does_not_reach_into_the_neighbour_s_people(dongshan, qinghe, office, neighbour, make_person):
    stranger = make_person("stranger", (dongshan.czj, Role.CLERK))
    with pytest.raises(Refused, match="不是您所管理的县的人员"):
        services.appoint(office, stranger, qinghe.czj, Role.CLERK, TODAY)
    with pytest.raises(Refused):
        services.appoint(office, stranger, dongshan.czj, Role.REVIEWER, TODAY)
    with pytest.raises(Refused):
        services.reset_password(office, stranger)
    with pytest.raises(Refused):
        services.change_person(office, stranger, "改名")


@pytest.mark.parametrize(
    ("since", "until", "message"),
    [
        (date(2025, 1, 1), None, "在这段时间已任"),
        (date(2019, 1, 1), date(2020, 1, 1), "在这段时间已任"),
        (TODAY, TODAY - DAY, "截止日期不能早于起始日期"),
    ],
)
def test_an_appointment_that_cannot_be(qinghe, office, clerk, since, until, message):
    with pytest.raises(ValidationError, match=message):
        services.appoint(office, clerk, qinghe.czj, Role.CLERK, since, until)
    assert clerk.holdings.count() == 1


def test_the_same_role_may_be_held_again_before_or_after(qinghe, office, clerk):
    services.appoint(office, clerk, qinghe.czj, Role.CLERK, date(2018, 1, 1), date(2019, 12, 31))
    assert clerk.holdings.count() == 2


def test_nobody_is_appointed_to_a_body_that_is_no_more(qinghe, office, clerk):
    services.dissolve(office, qinghe.dag, date(2026, 1, 1), "撤并")
    with pytest.raises(ValidationError, match="不存在"):
        services.appoint(office, clerk, qinghe.dag, Role.CLERK, TODAY)


def test_ending_takes_rights_and_groups_away_after_the_last_day(qinghe, office, clerk, settings):
    holding = clerk.holdings.get()
    services.end_holding(office, holding, TODAY, reason="调离")
    assert rights_of(clerk).holds({Role.CLERK}, qinghe.czj.pk)
    settings.GONGKAI_NOW = "2026-06-16T00:05:00+08:00"
    assert not rights_of(clerk).grants
    assert keep_all_in_step() == 2
    assert not clerk.groups.exists()
    assert Event.objects.get(verb="bodies.end_holding").reason == "调离"


def test_ending_is_refused_before_the_beginning_and_after_the_end(office, clerk):
    holding = clerk.holdings.get()
    with pytest.raises(ValidationError, match="不能早于起始日期"):
        services.end_holding(office, holding, date(2019, 1, 1))
    services.end_holding(office, holding, date(2026, 6, 1))
    with pytest.raises(ValidationError, match="已于2026-06-01结束"):
        services.end_holding(office, holding, TODAY)


def test_a_leader_ends_roles_in_the_body_led_and_nowhere_else(qinghe, clerk, make_person):
    leader = make_person("leader", (qinghe.czj, Role.LEADER))
    other = make_person("other", (qinghe.jyj, Role.CLERK))
    services.end_holding(leader, clerk.holdings.get(), TODAY)
    with pytest.raises(Refused):
        services.end_holding(leader, other.holdings.get(), TODAY)
    with pytest.raises(Refused):
        services.appoint(leader, other, qinghe.czj, Role.CLERK, TODAY)


def test_the_last_of_the_office_stays(qinghe, office, sysadmin, root, make_person):
    leader = make_person("leader", (qinghe.county, Role.LEADER))
    for actor in (leader, office, sysadmin, root):
        with pytest.raises(ValidationError, match="最后一名政务公开办人员，不能免去"):
            services.end_holding(actor, office.holdings.get(), TODAY)
    second = create(office, qinghe.county, role=Role.OFFICE).user
    services.end_holding(leader, office.holdings.get(), TODAY)
    with pytest.raises(ValidationError, match="最后一名"):
        services.end_holding(sysadmin, second.holdings.get(), TODAY)


def test_one_who_leaves_sooner_does_not_count_as_remaining(qinghe, office, make_person):
    second = make_person("second")
    RoleHolding.objects.create(
        user=second, body=qinghe.county, role=Role.OFFICE, since=date(2020, 1, 1), until=TODAY + DAY
    )
    with pytest.raises(ValidationError, match="最后一名"):
        services.end_holding(second, office.holdings.get(), TODAY + 2 * DAY)
    closed = make_person("closed", (qinghe.county, Role.OFFICE), is_active=False)
    with pytest.raises(ValidationError, match="最后一名"):
        services.end_holding(second, office.holdings.get(), TODAY + 2 * DAY)
    assert closed.holdings.get().until is None


def test_a_leader_does_not_end_those_who_watch(qinghe, sysadmin, make_person):
    leader = make_person("leader", (qinghe.county, Role.LEADER))
    with pytest.raises(Refused):
        services.end_holding(leader, sysadmin.holdings.get(), TODAY)


def name_deputy(actor, holding, user, since=TODAY, until=TODAY + 3 * DAY):
    return services.name_deputy(actor, holding, user, since, until)


def test_holder_leader_and_office_name_a_deputy(qinghe, clerk, office, make_person):
    leader = make_person("leader", (qinghe.czj, Role.LEADER))
    deputy = make_person("deputy", (qinghe.jyj, Role.CLERK))
    for number, actor in enumerate((clerk, leader, office)):
        start = TODAY + 10 * number * DAY
        name_deputy(actor, clerk.holdings.get(), deputy, start, start + DAY)
    assert rights_of(deputy).holds({Role.CLERK}, qinghe.czj.pk)
    assert deputy.groups.filter(name="qinghe.czj").exists()
    assert Event.objects.filter(verb="bodies.name_deputy").count() == 3


def test_colleagues_and_neighbours_name_no_deputy(qinghe, clerk, neighbour, make_person):
    colleague = make_person("colleague", (qinghe.czj, Role.REVIEWER))
    deputy = make_person("deputy", (qinghe.jyj, Role.CLERK))
    for actor in (colleague, neighbour, deputy):
        with pytest.raises(Refused):
            name_deputy(actor, clerk.holdings.get(), deputy)


def test_deputies_that_cannot_be(qinghe, clerk, office, neighbour, make_person):
    holding, deputy = clerk.holdings.get(), make_person("deputy", (qinghe.jyj, Role.CLERK))
    with pytest.raises(ValidationError, match="不能是任职者本人"):
        name_deputy(office, holding, clerk)
    with pytest.raises(Refused, match="不能指定自己"):
        name_deputy(office, holding, office)
    with pytest.raises(ValidationError, match="须是本县有任职的人员"):
        name_deputy(office, holding, neighbour)
    with pytest.raises(ValidationError, match="代理日期"):
        name_deputy(office, holding, deputy, TODAY, TODAY - DAY)
    with pytest.raises(ValidationError, match="代理日期"):
        name_deputy(office, holding, deputy, date(2019, 12, 31), TODAY)
    name_deputy(office, holding, deputy)
    with pytest.raises(ValidationError, match="已是代理人"):
        name_deputy(office, holding, deputy, TODAY + DAY, TODAY + 9 * DAY)
    assert Deputy.objects.count() == 1


def test_a_deputyship_ends_early(qinghe, clerk, make_person):
    deputy = make_person("deputy", (qinghe.jyj, Role.CLERK))
    named = name_deputy(clerk, clerk.holdings.get(), deputy)
    with pytest.raises(ValidationError, match="本来就到"):
        services.end_deputy(clerk, named, TODAY + 9 * DAY)
    services.end_deputy(clerk, named, TODAY - DAY, reason="提前返岗")
    assert not rights_of(deputy).holds({Role.CLERK}, qinghe.czj.pk)
    assert not deputy.groups.filter(name="qinghe.czj").exists()


def test_a_reset_password_is_temporary_and_recorded(office, clerk, client):
    password = services.reset_password(office, clerk)
    clerk.refresh_from_db()
    assert clerk.check_password(password)
    assert clerk.must_change_password
    event = Event.objects.get(verb="bodies.reset_password")
    assert event.actor == office
    assert password not in str((event.after, event.details, event.reason))


def test_a_reset_ends_the_session_and_the_lock_out(office, clerk, client, settings):
    client.force_login(clerk, backend=settings.AUTHENTICATION_BACKENDS[-1])
    assert client.get("/admin/account/").status_code == 200
    for _ in range(settings.AXES_FAILURE_LIMIT):
        client_of_a_stranger = type(client)()
        client_of_a_stranger.post("/admin/login/", {"username": clerk.username, "password": "wrong"})
    password = services.reset_password(office, clerk)
    assert client.get("/admin/account/").status_code == 302
    fresh = type(client)(REMOTE_ADDR="10.0.0.9")
    answer = fresh.post("/admin/login/", {"username": clerk.username, "password": password})
    assert answer.status_code == 302


def test_who_may_not_reset_whose_password(qinghe, office, clerk, sysadmin, root, make_person):
    auditor = make_person("auditor", (qinghe.county, Role.AUDITOR))
    for actor, user in [(clerk, office), (office, office), (sysadmin, sysadmin), (office, sysadmin), (office, auditor)]:
        before = user.password
        with pytest.raises(Refused):
            services.reset_password(actor, user)
        user.refresh_from_db()
        assert user.password == before
    RoleHolding.objects.create(user=root, body=qinghe.czj, role=Role.CLERK, since=TODAY)
    with pytest.raises(Refused, match="系统总管理员"):
        services.reset_password(sysadmin, root)
    assert services.reset_password(sysadmin, auditor)
    assert services.reset_password(sysadmin, office)


def test_somebody_who_also_serves_the_neighbour_is_not_the_office_s_to_reset(dongshan, office, clerk):
    RoleHolding.objects.create(user=clerk, body=dongshan.czj, role=Role.CLERK, since=TODAY)
    with pytest.raises(Refused):
        services.reset_password(office, clerk)


def test_changing_a_person_records_what_changed(office, clerk):
    services.change_person(office, clerk, "李敏", phone="0832-2")
    event = Event.objects.get(verb="bodies.change_person")
    assert (event.before, event.after) == ({"name": "李明", "phone": ""}, {"name": "李敏", "phone": "0832-2"})
    with pytest.raises(ValidationError, match="请填写姓名"):
        services.change_person(office, clerk, " ")


def test_who_stands_in_for_the_watchers_is_not_the_office_s_to_reset(office, sysadmin, clerk):
    """A password set by the office would give it the role that watches over it."""
    watched = RoleHolding.objects.get(user=sysadmin)
    Deputy.objects.create(holding=watched, user=clerk, since=TODAY, until=TODAY + DAY)
    with pytest.raises(Refused):
        services.reset_password(office, clerk)
    with pytest.raises(Refused):
        services.change_person(office, clerk, "改名")
    Deputy.objects.update(since=TODAY - 9 * DAY, until=TODAY - DAY)
    assert services.reset_password(office, clerk)
