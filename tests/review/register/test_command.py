"""`manage verify_register`: its exit codes, the anchor file, and what happens to rows behind the product's back."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from tests.review.conftest import KIND
from tests.review.passing import sign

from gongkai.foundation.notifications.models import Notification
from gongkai.review.models import Entry, Verification
from gongkai.review.register.anchors import AnchorError, read_anchors
from gongkai.review.services import request, verify_register

ROWS = Entry._meta.db_table


@pytest.fixture
def register(site, people) -> int:
    """A register of eight entries."""
    sign(people.leader, request(people.clerk, KIND, site.pk))
    return Entry.objects.count()


def behind(sql: str, *values: object) -> None:
    """As somebody with the database in hand would."""
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("ROWS", ROWS), values)


def run(*options: str) -> tuple[int, str]:
    out, code = StringIO(), 0
    try:
        call_command("verify_register", *options, stdout=out)
    except SystemExit as left:
        code = int(left.code or 0)
    except CommandError as error:
        return error.returncode, str(error)
    return code, out.getvalue()


def swap(one: int, other: int) -> None:
    for number, to in ((one, 10_000), (other, one), (10_000, other)):
        behind("UPDATE ROWS SET number = %s WHERE number = %s", to, number)


def shift_up(first: int) -> None:
    for number in Entry.objects.filter(number__gte=first).order_by("-number").values_list("number", flat=True):
        behind("UPDATE ROWS SET number = number + 1 WHERE number = %s", number)


def insert(number: int) -> None:
    shift_up(number)
    fields = "release_id, what, actor_id, at, facts, previous, digest"
    behind(f"INSERT INTO ROWS (number, {fields}) SELECT %s, {fields} FROM ROWS WHERE number = 1", number)
    behind("UPDATE ROWS SET what = 'signed' WHERE number = %s", number)


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (lambda: behind("UPDATE ROWS SET what = 'signed' WHERE number = 3"), ("changed", 3)),
        (lambda: behind("UPDATE ROWS SET actor_id = NULL WHERE number = 4"), ("changed", 4)),
        (lambda: insert(4), ("inserted", 4)),
        (lambda: swap(3, 5), ("reordered", 3)),
        (lambda: behind("DELETE FROM ROWS WHERE number = 4"), ("missing", 4)),
        (lambda: behind("DELETE FROM ROWS WHERE number >= 7"), ("tail-deleted", 7)),
    ],
    ids=["changed", "changed actor", "inserted", "reordered", "deleted", "tail deleted"],
)
def test_tampering_is_found_with_kind_and_number(register, tmp_path, tamper, expected):
    anchor = str(tmp_path / "anchor.txt")
    assert run("--write-anchor", anchor)[0] == 0
    tamper()
    code, output = run("--anchor", anchor, "--format", "json")
    answer = json.loads(output)
    assert code == 1 and not answer["intact"]
    assert (answer["breaks"][0]["kind"], answer["first"]) == expected
    code, output = run("--anchor", anchor)
    assert code == 1 and f"第 {expected[1]} " in output


def test_intact(register, tmp_path):
    anchor = tmp_path / "anchor.txt"
    code, output = run("--write-anchor", str(anchor))
    assert code == 0 and f"共 {register} 条" in output
    assert run("--anchor", str(anchor)) == (0, output)
    assert read_anchors(anchor) == {register: Entry.objects.last().digest}
    run("--write-anchor", str(anchor))
    assert len(anchor.read_text().splitlines()) == 3  # a heading and two lines: added, not written over


def test_an_empty_register_is_intact(db):
    assert run()[0] == 0


def test_no_anchor_is_taken_of_a_broken_register(register, tmp_path):
    behind("UPDATE ROWS SET what = 'signed' WHERE number = 3")
    anchor = tmp_path / "anchor.txt"
    assert run("--write-anchor", str(anchor))[0] == 1
    assert not anchor.exists()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, "无法读取"),
        (b"", "没有锚点"),
        (b"\xff\xfe", "无法读取"),
        (b"7 7 abc 2026-06-15T09:00:00+08:00\n", "第 1 行"),
        (b"# x\n7 7 " + b"a" * 64 + b" yesterday\n", "第 2 行"),
        (b"7 7 " + b"a" * 64 + b" 2026-06-15\n7 7 " + b"b" * 64 + b" 2026-06-16\n", "第 2 行与前面"),
    ],
)
def test_an_anchor_that_cannot_be_read(register, tmp_path, content, expected):
    anchor = tmp_path / "anchor.txt"
    if content is not None:
        anchor.write_bytes(content)
    code, output = run("--anchor", str(anchor))
    assert code == 2 and expected in output
    with pytest.raises(AnchorError):
        read_anchors(anchor)


def test_an_anchor_that_cannot_be_written(register, tmp_path):
    assert run("--write-anchor", str(tmp_path))[0] == 2


class TestVerification:
    def test_is_kept_with_who_and_when(self, register, people):
        done = verify_register(people.office)
        assert (done.by, done.count, done.problems, done.places) == (people.office, register, 0, [])
        assert Verification.objects.get().digest == Entry.objects.last().digest

    def test_the_last_sound_one_is_an_anchor(self, register, people):
        verify_register(None)
        behind("DELETE FROM ROWS WHERE number = %s", register)
        assert verify_register(None).places == [f"第 {register} 条（末尾）被删除"]

    def test_the_daily_job_tells_the_office_when_broken(self, register, people):
        from gongkai.foundation.schedules.declaring import periodic_jobs

        job = periodic_jobs.get("review.verify_register")
        assert job.function(None) == register
        assert not Notification.objects.filter(kind="review.register_broken").exists()
        behind("UPDATE ROWS SET what = 'signed' WHERE number = 3")
        job.function(None)
        job.function(None)  # told once a day
        told = Notification.objects.get(kind="review.register_broken", recipient=people.office)
        assert "1 处问题" in told.title and "第 3 条被改动" in told.meaning

    @pytest.mark.parametrize("who", ["clerk", "leader"])
    def test_not_by_others(self, register, people, who):
        from gongkai.foundation.access import Refused

        with pytest.raises(Refused):
            verify_register(getattr(people, who))


@pytest.mark.parametrize("flag", ["--anchor", "--write-anchor"])
def test_an_anchor_file_that_cannot_be_used_says_what_to_do(register, flag, tmp_path):
    with pytest.raises(CommandError) as caught:
        call_command("verify_register", flag, str(tmp_path))
    assert caught.value.returncode == 2
    assert "锚点文件" in str(caught.value) and str(caught.value).endswith("；请检查路径和权限")
    assert "Errno" not in str(caught.value)
