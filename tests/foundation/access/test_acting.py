"""`manage act`: verbs from data — what they ask for, what they make of it, what they answer."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.files import File
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.foundation.dummy_room.models import Parcel
from tests.foundation.dummy_room.services import pack

from gongkai.foundation.access import Refused, Role, verb, verbs
from gongkai.foundation.access.acting import act, form_of, plain, schema_of
from gongkai.foundation.events.models import Event
from gongkai.foundation.registries import Registry, Unknown

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(person, roles):
    li = person("li", name="李明")
    roles.give(li, Role.CLERK, 1)
    return li


def run(*arguments: str, **options) -> str:
    out = StringIO()
    call_command("act", *arguments, stdout=out, **options)
    return out.getvalue()


def refused(*arguments: str, **options) -> str:
    with pytest.raises(CommandError) as caught:
        run(*arguments, **options)
    assert caught.value.returncode == 2
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_schema_of_a_verb():
    assert schema_of(verbs.get("dummy.pack")) == {
        "type": "object",
        "properties": {
            "title": {"type": "string"},
            "body_id": {"type": "integer"},
            "due": {"anyOf": [{"format": "date", "type": "string"}, {"type": "null"}]},
        },
        "required": ["title", "body_id"],
        "additionalProperties": False,
    }


def test_records_are_asked_for_by_id():
    parcel = {"type": "integer", "description": "包裹的编号", "x-model": "dummy_room.parcel"}
    assert schema_of(verbs.get("dummy.send"))["properties"]["parcel"] == parcel
    many = schema_of(verbs.get("dummy.bundle"))
    assert many["properties"]["parcels"] == {"type": "array", "items": parcel}
    assert set(many["properties"]["state"]["enum"]) == set(Parcel.State.values)


def test_every_verb_of_the_house_has_a_schema_that_json_can_carry():
    for entry in verbs:
        schema = schema_of(entry)
        assert json.loads(json.dumps(schema)) == schema, entry.key
        assert set(schema["required"]) <= set(schema["properties"]), entry.key
        assert "actor" not in schema["properties"], entry.key
        assert {ref.removeprefix("#/$defs/") for ref in _references(schema)} == set(schema.get("$defs", {})), entry.key


def _references(part) -> set[str]:
    below = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    own = {part["$ref"]} if isinstance(part, dict) and "$ref" in part else set()
    return own.union(*map(_references, below))


def test_using_a_verb(clerk):
    answer = act("dummy.pack", clerk, {"title": "一号", "body_id": 1, "due": "2026-03-31"})
    parcel = Parcel.objects.get()
    assert (parcel.title, parcel.due) == ("一号", date(2026, 3, 31))
    event = Event.objects.about(parcel).get()
    assert answer == {
        "result": {"model": "dummy_room.parcel", "id": parcel.pk, "name": "一号"},
        "event": event.pk,
        "events": [event.pk],
    }
    assert event.actor == clerk


def test_records_lists_numbers_and_choices_are_decoded(clerk):
    one, other = pack(clerk, "一号", 1), pack(clerk, "二号", 1)
    act("dummy.send", clerk, {"parcel": one.pk, "weight": "1.25", "reason": "已到期"})
    one.refresh_from_db()
    assert (one.state, one.weight) == (Parcel.State.SENT, Decimal("1.25"))
    answer = act("dummy.bundle", clerk, {"parcels": [one.pk, other.pk], "state": "lost"})
    assert answer["result"] == [one.pk, other.pk]
    assert len(answer["events"]) == 2
    assert set(Parcel.objects.values_list("state", flat=True)) == {"lost"}


def test_rights_are_those_of_the_user(clerk):
    with pytest.raises(Refused):
        act("dummy.pack", clerk, {"title": "一号", "body_id": 2})
    assert not Parcel.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"title": "一号"},
        {"title": "一号", "body_id": "first"},
        {"title": "一号", "body_id": "1"},
        {"title": "一号", "body_id": True},
        {"title": 1, "body_id": 1},
        {"title": "一号", "body_id": 1, "due": "31.3."},
        {"title": "一号", "body_id": 1, "actor": 1},
        {"title": "一号", "body_id": 1, "unknown": 1},
    ],
)
def test_bad_data_changes_nothing(clerk, data):
    with pytest.raises(ValidationError):
        act("dummy.pack", clerk, data)
    assert not Parcel.objects.exists()


@pytest.mark.parametrize("pk", [0, 10**9, 10**30, "1", True, 1.0, "x", None, [], {}])
def test_no_such_record(clerk, pk):
    with pytest.raises(ValidationError, match="没有编号为"):
        act("dummy.send", clerk, {"parcel": pk, "weight": 1})


def test_files_are_given_by_path(clerk, tmp_path):
    @verb("dummy.weigh", "称重", Role.CLERK)
    def weigh(actor, file: File) -> int:
        return len(file.read())

    try:
        assert schema_of(verbs.get("dummy.weigh"))["properties"]["file"] == {"type": "string", "format": "path"}
        path = tmp_path / "证明.pdf"
        path.write_bytes(b"12345")
        assert act("dummy.weigh", clerk, {"file": str(path)})["result"] == 5
        with pytest.raises(ValidationError, match="打不开文件"):
            act("dummy.weigh", clerk, {"file": str(tmp_path / "none")})
    finally:
        verbs.unregister("dummy.weigh")


def test_an_unknown_verb(clerk):
    with pytest.raises(Unknown, match=r"dummy\.pack"):
        act("dummy.fly", clerk, {})


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.text()
        | st.dates()
        | st.datetimes()
        | st.decimals(allow_nan=False),
        lambda part: st.lists(part) | st.tuples(part) | st.dictionaries(st.integers() | st.text(), part),
    )
)
def test_any_result_becomes_json(value):
    json.dumps(plain(value))


def test_the_form_of_a_verb_leaves_the_actor_out():
    assert list(form_of(verbs.get("dummy.pack")).model_fields) == ["title", "body_id", "due"]


def test_the_command(clerk):
    answer = json.loads(run("dummy.pack", user="li", data='{"title": "一号", "body_id": 1}'))
    assert answer["result"]["name"] == "一号"
    assert answer["event"] == Event.objects.get(verb="dummy.pack").pk


def test_the_command_lists_every_verb_with_its_schema():
    listed = {entry["verb"]: entry for entry in json.loads(run(list=True))}
    assert set(listed) == {entry.key for entry in verbs}
    assert listed["dummy.pack"]["label"] == "封装"
    assert listed["dummy.send"]["roles"] == ["clerk", "leader"]
    assert listed["dummy.send"]["data"]["required"] == ["parcel", "weight"]


def test_what_the_command_says_when_it_cannot(clerk):
    assert "请写明动作和用户" in refused()
    assert "请写明动作和用户" in refused("dummy.pack")
    assert "没有可用的用户“nobody”" in refused("dummy.pack", user="nobody")
    assert "不是 JSON" in refused("dummy.pack", user="li", data="{")
    assert refused("dummy.fly", user="li") == "没有名为“dummy.fly”的动作；act --list 可列出全部动作"
    assert "没有权限" in refused("dummy.pack", user="li", data='{"title": "一号", "body_id": 2}')
    assert "body_id" in refused("dummy.pack", user="li", data='{"title": "一号", "body_id": "x"}')
    assert "没有编号为“7”的包裹" in refused("dummy.send", user="li", data='{"parcel": 7, "weight": 1}')


@dataclass
class Box:
    name: str
    size: int = 1


@pytest.fixture
def labelling():
    """A verb that takes a record or what describes one, and a word of a registry."""

    @verb("dummy.label", "贴签", Role.CLERK)
    def label(
        actor, thing: Parcel | Box, kind: str = "", state: Parcel.State = Parcel.State.LOST, number: int = 0
    ) -> str:
        Parcel.objects.create(title="签", body_id=number)
        if kind:
            Registry("kinds").get(kind)
        return thing.name if isinstance(thing, Box) else thing.title

    yield label
    verbs.unregister("dummy.label")


def test_what_has_named_members_takes_no_others(labelling):
    described = schema_of(verbs.get("dummy.label"))["properties"]["thing"]["anyOf"][1]
    assert described["required"] == ["name"] and described["additionalProperties"] is False


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "thing：缺少这一项"),
        ({"thing": {}}, "thing.name：缺少这一项"),
        ({"thing": {"name": 1}}, "thing.name：应为文字"),
        ({"thing": {"name": "x", "size": "1"}}, "thing.size：应为整数"),
        ({"thing": {"name": "x", "colour": 1}}, "thing.colour：没有这一项"),
        ({"thing": {"name": "x"}, "other": 1}, "other：没有这一项"),
        ({"thing": {"name": "x"}, "state": "x"}, "state：应为 packed、sent、lost 之一"),
        ({"thing": {"name": "x"}, "kind": "x"}, "kinds：没有“x”"),
        ({"thing": {"name": "x"}, "number": 10**30}, "过大的数"),
    ],
)
def test_what_is_wrong_with_the_data_is_said_in_words(clerk, labelling, data, words):
    assert words in refused("dummy.label", user="li", data=json.dumps(data))


def test_what_may_be_several_things(clerk, labelling):
    assert act("dummy.label", clerk, {"thing": {"name": "盒", "size": 2}})["result"] == "盒"
    assert act("dummy.label", clerk, {"thing": pack(clerk, "一号", 1).pk})["result"] == "一号"


def test_what_only_the_system_does(clerk):
    @verb("dummy.tidy", "整理", system=True)
    def tidy(actor) -> None: ...

    try:
        assert refused("dummy.tidy", user="li") == "“整理”只能由系统执行，不能由人员办理"
    finally:
        verbs.unregister("dummy.tidy")


def test_data_that_are_no_object(clerk):
    for data in ("[]", "1", "null", '"text"'):
        assert refused("dummy.pack", user="li", data=data)


def test_people_of_the_example_county_do_nothing_in_production(clerk, settings):
    clerk.demo = True
    clerk.save()
    data = '{"title": "一号", "body_id": 1}'
    assert run("dummy.pack", user="li", data=data)
    settings.PRODUCTION = True
    assert "没有可用的用户" in refused("dummy.pack", user="li", data=data)


def test_who_has_left_cannot_be_used(clerk):
    clerk.is_active = False
    clerk.save()
    assert "没有可用的用户" in refused("dummy.pack", user="li", data='{"title": "一号", "body_id": 1}')
