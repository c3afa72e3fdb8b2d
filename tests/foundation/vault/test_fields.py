"""Encrypted fields in a real table: unreadable there, findable by the blind index, rotated with their keys."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from tests.foundation.dummy_room.models import Parcel

from gongkai.foundation.events.models import Event
from gongkai.foundation.events.services import change
from gongkai.foundation.vault import VaultError, matching
from gongkai.foundation.vault.rotation import encrypted_fields, rotate
from gongkai.foundation.vault.services import read_personal

pytestmark = pytest.mark.django_db
NUMBER = "110105194912310021"


def raw(column: str = "recipient_id_number") -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM dummy_room_parcel ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def parcel():
    return Parcel.objects.create(title="一号", recipient_id_number=NUMBER)


def test_the_database_holds_no_readable_value(parcel):
    (stored,) = raw()
    assert NUMBER not in stored
    assert NUMBER not in raw("recipient_index")[0]
    assert Parcel.objects.get().recipient_id_number == NUMBER


def test_empty_stays_empty():
    Parcel.objects.create(title="无名")
    assert raw() == raw("recipient_index") == [""]
    assert Parcel.objects.get().recipient_id_number == ""


def test_it_is_found_by_the_blind_index(parcel):
    Parcel.objects.create(title="二号", recipient_id_number="330105199001011234")
    found = Parcel.objects.filter(matching(Parcel, "recipient_index", " １１０１０５194912310021"))
    assert list(found) == [parcel]
    assert not Parcel.objects.filter(matching(Parcel, "recipient_index", "110105194912310022")).exists()
    assert not Parcel.objects.filter(matching(Parcel, "recipient_index", "")).exists()


def test_the_index_follows_the_value(parcel):
    parcel.recipient_id_number = "330105199001011234"
    parcel.save()
    assert not Parcel.objects.filter(matching(Parcel, "recipient_index", NUMBER)).exists()
    assert Parcel.objects.filter(matching(Parcel, "recipient_index", "330105199001011234")).exists()


def test_bulk_creation_encrypts_and_indexes():
    Parcel.objects.bulk_create([Parcel(title=str(n), recipient_id_number=f"{NUMBER}{n}") for n in range(3)])
    assert not any(NUMBER in value for value in raw())
    assert Parcel.objects.get(matching(Parcel, "recipient_index", f"{NUMBER}1")).title == "1"


@pytest.mark.parametrize("lookup", ["", "__exact", "__contains", "__in", "__startswith", "__gt", "__iexact", "__regex"])
def test_searching_the_encrypted_value_is_an_error_not_an_empty_answer(parcel, lookup):
    value = [NUMBER] if lookup == "__in" else NUMBER
    with pytest.raises(FieldError, match=r"盲索引|Unsupported"):
        list(Parcel.objects.filter(**{f"recipient_id_number{lookup}": value}))


def test_being_there_can_be_asked(parcel):
    assert Parcel.objects.filter(recipient_id_number__isnull=False).count() == 1


def test_a_field_that_is_no_index(parcel):
    with pytest.raises(TypeError):
        matching(Parcel, "title", "x")


def test_the_wrong_key_is_an_error_that_says_so(parcel, settings):
    settings.VAULT_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(VaultError, match="没有加密此数据的密钥"):
        Parcel.objects.get()


def test_rotation(parcel, settings):
    Parcel.objects.create(title="无名")
    old, new = settings.VAULT_KEYS[0], Fernet.generate_key().decode()
    before = (raw(), raw("recipient_index"))
    settings.VAULT_KEYS = [new, old]
    assert list(Parcel.objects.filter(matching(Parcel, "recipient_index", NUMBER))) == [parcel], "found before rotating"
    assert rotate()["dummy_room.Parcel.recipient_id_number"] == 1
    settings.VAULT_KEYS = [new]
    assert Parcel.objects.get(pk=parcel.pk).recipient_id_number == NUMBER
    assert list(Parcel.objects.filter(matching(Parcel, "recipient_index", NUMBER))) == [parcel]
    assert raw()[0] != before[0][0]
    assert raw("recipient_index")[0] != before[1][0]
    assert raw()[1] == ""


def test_rotating_again_touches_nothing(parcel):
    before = raw()
    assert sum(rotate().values()) == 0
    assert raw() == before


def test_rotation_with_a_lost_key_changes_nothing(parcel, settings):
    kept = settings.VAULT_KEYS
    settings.VAULT_KEYS = [lost := Fernet.generate_key().decode()]
    Parcel.objects.create(title="用别的密钥", recipient_id_number="330105199001011234")
    settings.VAULT_KEYS = [Fernet.generate_key().decode(), *kept]
    before = raw()
    with pytest.raises(CommandError, match=r"未作任何改动：包裹 \d+ 的“收件人身份证号”") as caught:
        call_command("vault_rotate")
    assert caught.value.returncode == 2
    assert raw() == before
    settings.VAULT_KEYS.append(lost)
    call_command("vault_rotate")
    assert raw() != before


def test_every_encrypted_field_of_the_house_is_rotated():
    fields = list(encrypted_fields())
    assert Parcel._meta.get_field("recipient_id_number") in fields


def test_reading_leaves_a_trace(parcel, person):
    li = person("li", name="李明")
    assert read_personal(li, parcel, "recipient_id_number", " 核对申请人身份 ") == NUMBER
    event = Event.objects.get(verb="vault.read")
    assert (event.actor, event.subject, event.reason) == (li, parcel, "核对申请人身份")
    assert event.details == {"field": "recipient_id_number"}
    assert NUMBER not in str(event.__dict__)


@pytest.mark.parametrize("reason", ["", "   "])
def test_no_reading_without_a_reason(parcel, person, reason):
    with pytest.raises(ValidationError):
        read_personal(person("li"), parcel, "recipient_id_number", reason)
    assert not Event.objects.filter(verb="vault.read").exists()


def test_reading_is_for_encrypted_fields(parcel, person):
    with pytest.raises(TypeError):
        read_personal(person("li"), parcel, "title", "好奇")


def test_events_never_hold_the_value_but_show_that_it_changed(parcel):
    for number in ("330105199001011234", "330105199001011235", ""):
        with change(parcel, "dummy.correct", actor=None):
            parcel.recipient_id_number = number
    events = Event.objects.about(parcel)
    states = [event.after["recipient_id_number"] for event in events]
    assert len(set(states)) == 3
    assert states[2] == ""
    assert all(state.startswith("[encrypted ") for state in states[:2])
    assert not any("3301" in str((event.before, event.after)) for event in events)
