"""Bodies are created, changed, renamed and dissolved: each right, each refusal, each trace."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.bodies import services, signals
from gongkai.bodies.history import entries
from gongkai.bodies.models import Body, BodyGroup, Kind
from gongkai.bodies.selectors import find
from gongkai.bodies.services.guards import midnight
from gongkai.foundation.access import Refused, Role
from gongkai.foundation.access.acting import act
from gongkai.foundation.events.models import Event
from gongkai.foundation.events.selectors import state_on

TODAY = date(2026, 6, 15)


def new(actor, parent, code="qinghe.slj", name="清河县水利局", kind=Kind.DEPARTMENT, **fields) -> Body:
    return services.create(actor, parent, code, name, kind, **fields)


@pytest.fixture
def heard():
    """What the signals said, in order."""
    said: list[tuple] = []

    def created(sender, body, actor, **kwargs):
        said.append(("created", body.code, Group.objects.filter(name=body.code).exists()))

    def renamed(sender, body, actor, former, **kwargs):
        said.append(("renamed", body.name, former))

    signals.body_created.connect(created)
    signals.body_renamed.connect(renamed)
    yield said
    signals.body_created.disconnect(created)
    signals.body_renamed.disconnect(renamed)


def test_the_office_creates_a_body_with_its_group_and_an_event(qinghe, office, heard):
    body = new(office, qinghe.county, short_names=[" 县水利局 ", "", "县水利局"], contact_phone="0832-1234567")
    assert body.county == qinghe.county
    assert body.short_names == ["县水利局"]
    assert heard == [("created", "qinghe.slj", True)]
    event = Event.objects.get(verb="bodies.create")
    assert (event.actor, event.body_id, event.before, event.after["name"]) == (office, body.pk, {}, "清河县水利局")


@pytest.mark.parametrize("who", ["clerk", "sysadmin", "neighbour"])
def test_nobody_else_creates_bodies_here(qinghe, who, request):
    with pytest.raises(Refused, match="新增单位"):
        new(request.getfixturevalue(who), qinghe.county)
    assert not Body.objects.filter(code="qinghe.slj").exists()


def test_a_leader_manages_no_bodies(qinghe, make_person):
    with pytest.raises(Refused):
        new(make_person("leader", (qinghe.county, Role.LEADER)), qinghe.county)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"code": "Qinghe.SLJ"}, "小写字母"),
        ({"code": "qinghe.czj"}, "代码"),
        ({"name": "清河县财政局"}, "“清河县财政局”已是清河县财政局的名称"),
        ({"name": "县税务局"}, "“县税务局”已是国家税务总局清河县税务局的名称"),
        ({"short_names": ["县水利局", "县财政局"]}, "“县财政局”已是清河县财政局的名称"),
        ({"name": ""}, "name"),
        ({"credit_code": "12345"}, "应为 18 位，现为 5 位"),
        ({"kind": Kind.COUNTY}, "县级政府不能设在其他单位之下"),
        ({"active_from": date(2026, 1, 2), "active_to": date(2026, 1, 1)}, "撤销日期不能早于成立日期"),
    ],
)
def test_bad_input_says_what_is_wrong_and_leaves_nothing(qinghe, office, fields, message):
    with pytest.raises(ValidationError, match=message):
        new(office, qinghe.county, **fields)
    assert Body.objects.count() == 8
    assert not Event.objects.filter(verb="bodies.create").exists()
    assert not Group.objects.filter(name="qinghe.slj").exists()


def test_a_group_of_another_county_is_refused(qinghe, dongshan, office):
    group = BodyGroup.objects.create(county=dongshan.county, name="执法单位")
    with pytest.raises(ValidationError, match="不属于该县"):
        new(office, qinghe.county, groups=[group])


def test_the_same_names_in_two_counties_do_not_clash(dongshan, qinghe, neighbour):
    body = new(neighbour, dongshan.county, "dongshan.swj", "国家税务总局清河县税务局", short_names=["县税务局"])
    assert body.county == dongshan.county


def test_a_dissolved_body_s_short_name_is_free_again(qinghe, office):
    Body.objects.filter(pk=qinghe.czj.pk).update(active_to=date(2025, 1, 1))
    assert new(office, qinghe.county, short_names=["县财政局"]).short_names == ["县财政局"]


def test_only_the_administrator_of_everything_makes_a_county(root, sysadmin, office, heard):
    county = services.create_county(root, "xishan", "西山县人民政府", ["西山县政府"])
    assert county.kind == Kind.COUNTY
    assert county.county is None
    assert heard == [("created", "xishan", True)]
    for actor in (sysadmin, office):
        with pytest.raises(Refused):
            services.create_county(actor, "nanshan", "南山县人民政府")
    with pytest.raises(ValidationError, match="已有名为"):
        services.create_county(root, "xishan2", "西山县人民政府")


def test_the_product_itself_may_set_up_a_county(db):
    county = services.create_county(None, "xishan", "西山县人民政府")
    assert new(None, county, "xishan.czj", "西山县财政局").county == county
    own = Event.objects.filter(verb__startswith="bodies.")  # the portal records the columns it makes
    assert list(own.order_by("id").values_list("verb", "actor")) == [
        ("bodies.create_county", None),
        ("bodies.create", None),
    ]


def test_change_touches_only_what_is_given(qinghe, office):
    group = services.create_group(office, qinghe.county, "县级执法单位")
    services.change(office, qinghe.czj, contact_phone="0832-7654321", groups=[group], reason="核实")
    qinghe.czj.refresh_from_db()
    assert qinghe.czj.contact_phone == "0832-7654321"
    assert qinghe.czj.short_names == ["县财政局"]
    assert list(qinghe.czj.groups.all()) == [group]
    event = Event.objects.get(verb="bodies.change")
    assert (event.before, event.after, event.reason) == (
        {"contact_phone": "", "groups": []},
        {"contact_phone": "0832-7654321", "groups": ["县级执法单位"]},
        "核实",
    )
    services.change(office, qinghe.czj, groups=[])
    assert not qinghe.czj.groups.exists()


def test_change_is_for_the_office_of_that_county(qinghe, neighbour, clerk, sysadmin):
    for actor in (neighbour, clerk, sysadmin):
        with pytest.raises(Refused):
            services.change(actor, qinghe.czj, contact_phone="1")


def test_the_tree_stays_a_tree_within_the_county(qinghe, dongshan, office):
    services.change(office, qinghe.dag, parent=qinghe.czj)
    for body, parent, message in [
        (qinghe.czj, qinghe.dag, "不能是该单位自己或其下级"),
        (qinghe.czj, qinghe.czj, "不能是该单位自己或其下级"),
        (qinghe.czj, dongshan.county, "同一县内"),
        (qinghe.county, qinghe.czj, "没有上级单位"),
    ]:
        with pytest.raises(ValidationError, match=message):
            services.change(office, body, parent=parent)
    with pytest.raises(ValidationError, match="不能互改"):
        services.change(office, qinghe.czj, kind=Kind.COUNTY)
    qinghe.dag.refresh_from_db()
    assert qinghe.dag.parent == qinghe.czj


def test_a_renamed_body_keeps_its_old_name_and_its_past(qinghe, office, heard):
    began = date(2026, 6, 1)
    services.rename(office, qinghe.jyj, "清河县教育局", began, reason="机构改革")
    former = qinghe.jyj.former_names.get()
    assert (former.name, former.until) == ("清河县教育和体育局", date(2026, 5, 31))
    assert heard == [("renamed", "清河县教育局", "清河县教育和体育局")]
    assert find(qinghe.county, "清河县教育和体育局", TODAY) == qinghe.jyj
    assert Event.objects.get(verb="bodies.rename").effective_at == midnight(began)


def test_history_tells_the_name_of_any_past_day(office, qinghe, settings):
    settings.GONGKAI_NOW = "2026-01-05T09:00:00+08:00"
    body = new(office, qinghe.county)
    settings.GONGKAI_NOW = "2026-06-15T09:00:00+08:00"
    services.rename(office, body, "清河县水务局", date(2026, 3, 1))
    assert state_on(body, date(2026, 1, 4)) is None
    assert state_on(body, date(2026, 2, 28))["name"] == "清河县水利局"
    assert state_on(body, date(2026, 3, 1))["name"] == "清河县水务局"
    april = timezone.make_aware(timezone.datetime(2026, 4, 1))
    assert state_on(body, date(2026, 3, 31), known_by=april)["name"] == "清河县水利局"


def test_a_name_taken_up_again_is_no_former_name(qinghe, office):
    services.rename(office, qinghe.jyj, "清河县教育局", date(2026, 6, 1))
    services.rename(office, qinghe.jyj, "清河县教育和体育局", date(2026, 6, 10))
    assert [former.name for former in qinghe.jyj.former_names.all()] == ["清河县教育局"]


@pytest.mark.parametrize(
    ("name", "on", "message"),
    [
        ("清河县财政局", TODAY, "与现名称相同"),
        ("清河县教育和体育局", TODAY, "已是清河县教育和体育局的名称"),
        ("清河县国库局", date(2026, 6, 16), "更名日期不能晚于今天"),
    ],
)
def test_a_rename_that_cannot_be(qinghe, office, name, on, message):
    with pytest.raises(ValidationError, match=message):
        services.rename(office, qinghe.czj, name, on)
    qinghe.czj.refresh_from_db()
    assert qinghe.czj.name == "清河县财政局"
    assert not qinghe.czj.former_names.exists()


def test_a_name_from_before_the_register_is_added_once(qinghe, office, clerk):
    services.add_former_name(office, qinghe.jyj, "县教育局", date(2019, 3, 1))
    assert find(qinghe.county, "县教育局", date(2018, 1, 1)) == qinghe.jyj
    for name in ("县教育局", "清河县教育和体育局", " "):
        with pytest.raises(ValidationError):
            services.add_former_name(office, qinghe.jyj, name)
    with pytest.raises(Refused):
        services.add_former_name(clerk, qinghe.jyj, "县教委")


def test_dissolving_ends_what_people_may_do_there_and_can_be_taken_back(qinghe, office, clerk):
    services.dissolve(office, qinghe.czj, date(2026, 6, 14), "机构改革")
    assert not Body.objects.active(TODAY).filter(pk=qinghe.czj.pk).exists()
    assert not clerk.groups.filter(name="qinghe.czj").exists()
    services.restore(office, qinghe.czj, "录入有误")
    assert clerk.groups.filter(name="qinghe.czj").exists()
    assert list(Event.objects.about(qinghe.czj).values_list("verb", flat=True)) == ["bodies.dissolve", "bodies.restore"]
    with pytest.raises(ValidationError, match="没有撤销"):
        services.restore(office, qinghe.czj, "再来")


def test_a_body_with_bodies_below_it_and_a_county_are_not_dissolved(qinghe, office):
    services.change(office, qinghe.dag, parent=qinghe.czj)
    with pytest.raises(ValidationError, match="下级单位清河县档案馆仍在"):
        services.dissolve(office, qinghe.czj, TODAY, "撤并")
    services.dissolve(office, qinghe.dag, TODAY, "撤并")
    services.dissolve(office, qinghe.czj, TODAY, "撤并")
    with pytest.raises(ValidationError, match="不能撤销"):
        services.dissolve(office, qinghe.county, TODAY, "撤并")


def test_groups_are_named_once_a_county(qinghe, dongshan, office, neighbour):
    services.create_group(office, qinghe.czj, "执法单位")  # of the county, whichever body is named
    services.create_group(neighbour, dongshan.county, "执法单位")
    with pytest.raises(ValidationError):
        services.create_group(office, qinghe.county, "执法单位")
    assert BodyGroup.objects.filter(name="执法单位").count() == 2


def test_scripts_use_the_same_verbs(qinghe, office):
    data = {"parent": qinghe.county.pk, "code": "qinghe.slj", "name": "清河县水利局", "kind": "department"}
    answer = act("bodies.create", office, data)
    assert answer["result"]["name"] == "清河县水利局"
    assert Event.objects.get(pk=answer["event"]).verb == "bodies.create"


def test_any_past_day_of_a_body_can_be_rebuilt(qinghe, office, settings):
    """Whom a notice meant depends on the groups of the day, and where a letter went on the address of the day."""
    law = services.create_group(office, qinghe.county, "执法单位")
    settings.GONGKAI_NOW = "2026-06-16T09:00:00+08:00"
    body = services.create(
        office,
        qinghe.county,
        "qinghe.new",
        "清河县新局",
        Kind.DEPARTMENT,
        contact_address="东街1号",
        groups=[law],
        order=7,
    )
    settings.GONGKAI_NOW = "2026-06-18T09:00:00+08:00"
    services.change(office, body, contact_address="西街2号", groups=[], order=9)
    assert state_on(body, date(2026, 6, 15)) is None
    early, late = state_on(body, date(2026, 6, 17)), state_on(body, date(2026, 6, 18))
    assert (early["contact_address"], early["groups"], early["order"]) == ("东街1号", ["执法单位"], 7)
    assert (late["contact_address"], late["groups"], late["order"]) == ("西街2号", [], 9)
    newest = entries(Event.objects.about(body))[0]
    assert ("所属分组", "执法单位", "") in [(change.label, change.before, change.after) for change in newest.changes]
