"""The nets behind the door: statements, files, logs, tasks, encrypted fields."""

import logging

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from tests.foundation.dummy_room.models import Parcel
from tests.papers import PDF, docx

from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import build, record, record_many
from gongkai.foundation.files import private_storage
from gongkai.foundation.guard import SecretSuspected, Unexamined
from gongkai.foundation.guard.judging import writing_what_stands
from gongkai.foundation.guard.logs import LineFormatter
from gongkai.foundation.guard.reporting import Refusal, reporting, use_reporter
from gongkai.foundation.snapshots import store

MARK = "机密★5年"


@pytest.fixture
def told():
    from gongkai.foundation.guard import reporting as module

    before, heard = list(module._reporters), []
    use_reporter(heard.append)
    yield heard
    module._reporters[:] = before


@pytest.mark.django_db
class TestDatabase:
    def test_a_record(self):
        with pytest.raises(SecretSuspected) as caught, transaction.atomic():
            User.objects.create_user("li", name=MARK)
        assert caught.value.rule == "secret-mark"
        assert MARK not in str(caught.value) and "用户" in str(caught.value)
        assert not User.objects.exists()

    def test_many_at_once(self):
        with pytest.raises(SecretSuspected):
            record_many([build("a.b", None, actor=None), build("a.b", None, actor=None, reason=f"见{MARK}")])

    def test_inside_json(self):
        with pytest.raises(SecretSuspected):
            record("a.b", None, actor=None, details={"note": ["无关", {"text": MARK}]})

    def test_an_update(self):
        User.objects.create_user("li", name="李")
        with pytest.raises(SecretSuspected), transaction.atomic():
            User.objects.filter(username="li").update(name=MARK)
        assert User.objects.get().name == "李"

    def test_a_plain_statement(self):
        with connection.cursor() as cursor, pytest.raises(SecretSuspected):
            cursor.execute("INSERT INTO accounts_user (name) VALUES (%s)", [MARK])

    def test_many_plain_statements(self):
        with connection.cursor() as cursor, pytest.raises(SecretSuspected):
            cursor.executemany("UPDATE accounts_user SET name = %s", [["李"], [MARK]])

    def test_reading_is_not_writing(self):
        assert not User.objects.filter(name=MARK).exists()

    def test_what_only_speaks_of_secrecy(self):
        assert User.objects.create_user("li", name="保守国家秘密").pk

    def test_what_stands_may_be_written_again(self):
        with writing_what_stands():
            User.objects.create_user("li", name=MARK)
        with pytest.raises(SecretSuspected):
            User.objects.get().save()

    def test_before_it_is_encrypted(self):
        with pytest.raises(SecretSuspected):
            Parcel.objects.create(title="包裹", recipient_id_number=MARK)


class TestFiles:
    @pytest.mark.parametrize("storage", [private_storage, lambda: default_storage], ids=["private", "public"])
    def test_nothing_is_kept(self, storage):
        before = set(_kept(storage()))
        with pytest.raises(SecretSuspected):
            storage().save("a.docx", ContentFile(docx("正文", hidden=MARK)))
        with pytest.raises(SecretSuspected):
            storage().save(f"{MARK}.txt", ContentFile(b"x"))
        with pytest.raises(Unexamined, match="没有收下"):
            storage().save("b.pdf", ContentFile(b"%PDF-1.7 cut off"))
        assert set(_kept(storage())) == before

    def test_what_is_clean_is_kept_whole(self):
        name = private_storage().save("c.pdf", ContentFile(PDF))
        with private_storage().open(name) as file:
            assert file.read() == PDF

    def test_snapshots(self):
        with pytest.raises(SecretSuspected):
            store.put(f"<html><body>{MARK}</body></html>".encode())


def _kept(storage):
    try:
        return storage.listdir("")[1]
    except FileNotFoundError:
        return []


class TestLogs:
    def line(self, *args, **more):
        record = logging.LogRecord("gongkai.test", logging.ERROR, "x.py", 1, *args, **more)
        return LineFormatter("{levelname} {name}: {message}", style="{").format(record)

    def test_a_line(self):
        assert self.line("cannot read %s", (f"{MARK}某件",), None).endswith("[withheld: suspected state secret]")

    def test_a_traceback(self):
        try:
            raise ValueError(f"{MARK}某件")
        except ValueError as error:
            line = self.line("failed", (), (type(error), error, error.__traceback__))
        assert "某件" not in line and "gongkai.test" in line

    def test_numbers_of_people_are_starred(self):
        """An address that was typed wrong is written down with what was typed."""
        assert self.line("Not Found: /%s/", ("11010519491231002X",), None).endswith("/110*************2X/")

    def test_other_lines_stay(self):
        assert self.line("国家秘密 %s", ("x",), None) == "ERROR gongkai.test: 国家秘密 x"


class TestReporting:
    def test_told_once_and_passed_on(self, told):
        with pytest.raises(SecretSuspected), reporting("command", "outer"), reporting("task", "inner"):
            raise SecretSuspected("某处", "secret-mark")
        assert told == [Refusal("task", "inner", "secret-mark")]

    def test_other_errors_are_not(self, told):
        with pytest.raises(ValueError), reporting("command", "outer"):
            raise ValueError
        assert told == []
