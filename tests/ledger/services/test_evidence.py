"""Handing in evidence, using it for several assignments, removing it."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from tests.ledger.builders import assign, make_item
from tests.papers import PDF

from gongkai.foundation.access import Role
from gongkai.foundation.events.models import Event
from gongkai.foundation.schedules.tasks import run_job
from gongkai.ledger import services
from gongkai.ledger.jobs import recheck_links
from gongkai.ledger.models import Assignment, Evidence, EvidenceKind, EvidenceUse, LinkState, PlanState, State


def upload(name: str = "方案.pdf", data: bytes = PDF) -> ContentFile:
    return ContentFile(data, name=name)


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def stored() -> list[str]:
    try:
        years = storages["private"].listdir("evidence")[0]
    except FileNotFoundError:
        return []
    return [
        name
        for year in years
        for month in storages["private"].listdir(f"evidence/{year}")[0]
        for name in storages["private"].listdir(f"evidence/{year}/{month}")[1]
    ]


ADD = {
    "ledger.add_link": lambda actor, task: services.add_link(actor, task, "http://www.qs.gov.cn/1.html"),
    "ledger.add_file": lambda actor, task: services.add_file(actor, task, upload()),
    "ledger.add_note": lambda actor, task: services.add_note(actor, task, "会议已于5月10日召开"),
    "ledger.add_record": lambda actor, task: services.add_record(actor, task, f"ledger.assignment:{task.pk}"),
}


@pytest.mark.parametrize("verb", ADD)
@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        (("czj", Role.CLERK), True),
        (("czj", Role.REVIEWER), False),
        (("jyj", Role.CLERK), False),
        (("qs", Role.OFFICE), False),
        (("qs", Role.AUDITOR), False),
    ],
)
def test_the_clerks_of_the_body_hand_in(verb, who, allowed, task, county):
    if not allowed:
        with pytest.raises(PermissionDenied):
            ADD[verb](county.people[who], task)
        assert not Evidence.objects.exists()
        return
    piece = ADD[verb](county.people[who], task)
    assert (piece.body, list(piece.assignments.all())) == (county.czj, [task])
    event = Event.objects.about(piece).get()
    assert (event.verb, event.body_id, event.details) == (verb, county.czj.pk, {"assignment": task.pk})


@pytest.mark.parametrize("verb", ADD)
def test_nothing_is_added_to_what_is_closed_or_archived(verb, task, plan, county):
    before = stored()
    Assignment.objects.update(state=State.ACCEPTED)
    with pytest.raises(ValidationError, match="已办结"):
        ADD[verb](county.clerk, task)
    Assignment.objects.update(state=State.IN_PROGRESS)
    plan.state = PlanState.ARCHIVED
    plan.save()
    with pytest.raises(ValidationError, match="已归档"):
        ADD[verb](county.clerk, task)
    assert not Evidence.objects.exists()
    assert stored() == before  # the uploaded file went with the refusal


class TestLinks:
    def test_waits_to_be_looked_at(self, task, county):
        piece = services.add_link(county.clerk, task, " https://www.qs.gov.cn/1.html ", note=" 第一批 ")
        assert (piece.url, piece.link_state, piece.note) == (
            "https://www.qs.gov.cn/1.html",
            LinkState.PENDING,
            "第一批",
        )
        assert piece.title == piece.url

    @pytest.mark.parametrize(
        "url",
        ["", "www.qs.gov.cn", "ftp://qs.gov.cn/1", "javascript:alert(1)", "file:///etc/passwd", "http://" + "a" * 600],
    )
    def test_bad_addresses(self, task, county, url):
        with pytest.raises(ValidationError, match="网址"):
            services.add_link(county.clerk, task, url)


class TestFiles:
    def test_is_kept_privately_under_a_name_that_tells_nothing(self, task, county, settings):
        piece = services.add_file(county.clerk, task, upload("2023年方案.pdf"))
        assert (piece.kind, piece.title, piece.file_name) == (EvidenceKind.FILE, "2023年方案.pdf", "2023年方案.pdf")
        assert (piece.media_type, piece.file_size) == ("application/pdf", len(PDF))
        assert piece.file.name.startswith("evidence/2023/05/") and "方案" not in piece.file.name
        assert piece.file.read() == PDF
        assert piece.file.path.startswith(str(settings.DATA / "private"))

    def test_too_large(self, task, county, settings):
        settings.GONGKAI_UPLOAD_BYTES = 1024 * 1024
        before = stored()
        with pytest.raises(ValidationError, match="超过 1 MB"):
            services.add_file(county.clerk, task, upload(data=PDF + b"0" * 1024 * 1024))
        assert stored() == before

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "文件是空的"),
            (b"  \n", "文件是空的"),
            (b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200), "不能识别该文件"),
            (b"\x7fELF\x02\x01\x01" + bytes(200), "不能识别该文件"),
            (b"<html><script>alert(1)</script>", "不能识别该文件"),
            (b'<?xml version="1.0"?><svg onload="x"/>', "不能识别该文件"),
            (zipped("a.exe"), "压缩包"),
            (zipped("word/document.xml")[:40], "已损坏"),
            (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "已加密"),
            (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "不能识别该文件"),
        ],
        ids=["empty", "blank", "exe", "elf", "html", "svg", "zip", "cut", "encrypted", "ole"],
    )
    def test_what_is_not_taken(self, task, county, data, words):
        before = stored()
        with pytest.raises(ValidationError, match=words):
            services.add_file(county.clerk, task, upload("方案.pdf", data))
        assert stored() == before
        assert not Evidence.objects.exists()


def test_a_note_is_named_after_its_first_line(task, county):
    piece = services.add_note(county.clerk, task, "会议已召开\n参会 12 人")
    assert (piece.kind, piece.title, piece.note) == (EvidenceKind.NOTE, "会议已召开", "会议已召开\n参会 12 人")
    with pytest.raises(ValidationError, match="请填写说明"):
        services.add_note(county.clerk, task, "\n")


@pytest.mark.parametrize(
    "key", ["", "ledger.assignment", "ledger.assignment:0", "no.model:1", "ledger.assignment:x", "x:1"]
)
def test_a_record_must_exist(task, county, key):
    with pytest.raises(ValidationError, match="没有找到系统记录"):
        services.add_record(county.clerk, task, key)


def test_a_record_must_be_the_bodys_own(task, item, county):
    foreign = assign(item, county.jyj)
    for key in (f"ledger.assignment:{foreign.pk}", f"accounts.user:{county.clerk.pk}"):
        with pytest.raises(ValidationError, match="只能引用本单位"):
            services.add_record(county.clerk, task, key)


class TestSharing:
    @pytest.fixture
    def piece(self, task, county):
        return services.add_note(county.clerk, task, "会议已召开")

    def test_one_piece_for_several_assignments(self, piece, task, plan, county):
        others = [assign(make_item(plan, str(number)), county.czj, State.IN_PROGRESS) for number in (2, 3)]
        added = services.use_evidence(county.clerk, piece, [task, *others, others[0]])
        assert added == others
        assert EvidenceUse.objects.filter(evidence=piece).count() == 3
        services.submit(county.clerk, others[0])  # it counts there

    def test_not_for_another_body(self, piece, item, county):
        with pytest.raises(ValidationError, match="只能用于本单位的任务"):
            services.use_evidence(county.clerk, piece, [assign(item, county.jyj)])

    def test_all_or_nothing(self, piece, plan, item, county):
        mine = assign(make_item(plan, "2"), county.czj)
        with pytest.raises(ValidationError):
            services.use_evidence(county.clerk, piece, [mine, assign(item, county.jyj)])
        assert EvidenceUse.objects.count() == 1


class TestRemoving:
    @pytest.fixture
    def piece(self, task, county):
        return services.add_file(county.clerk, task, upload())

    def test_history_keeps_it(self, piece, task, county):
        services.remove_evidence(county.clerk, piece, reason="传错文件")
        piece.refresh_from_db()
        assert piece.removed and piece.file.read() == PDF
        event = Event.objects.about(piece).order_by("-id").first()
        assert (event.verb, event.reason, event.after) == ("ledger.remove_evidence", "传错文件", {"removed": True})

    @pytest.mark.parametrize("state", [State.SUBMITTED, State.ACCEPTED])
    def test_not_what_the_office_looks_at_or_has_accepted(self, piece, county, state):
        Assignment.objects.update(state=state)
        with pytest.raises(ValidationError, match="不能移除"):
            services.remove_evidence(county.clerk, piece, reason="传错文件")

    def test_nothing_more_can_be_done_with_it(self, piece, task, county):
        services.remove_evidence(county.clerk, piece, reason="传错文件")
        for call in (
            lambda: services.remove_evidence(county.clerk, piece, reason="再次"),
            lambda: services.use_evidence(county.clerk, piece, [task]),
            lambda: services.recheck(county.clerk, piece),
        ):
            with pytest.raises(ValidationError, match="已移除"):
                call()

    def test_by_the_clerk_with_a_reason(self, piece, county):
        with pytest.raises(PermissionDenied):
            services.remove_evidence(county.office, piece, reason="传错文件")
        with pytest.raises(ValidationError, match="请填写移除理由"):
            services.remove_evidence(county.clerk, piece, reason="")


def test_only_links_are_looked_at(task, county):
    with pytest.raises(ValidationError, match="只有网页链接"):
        services.recheck(county.office, services.add_note(county.clerk, task, "会议已召开"))


@pytest.mark.django_db(transaction=True)
def test_a_link_is_put_in_the_queue_once_written(task, county):
    from django_tasks_db.models import DBTaskResult

    piece = services.add_link(county.clerk, task, "http://www.qs.gov.cn/1.html")
    services.recheck(county.office, piece)
    mine = [row for row in DBTaskResult.objects.all() if row.task_path.endswith("check_link")]
    assert [row.args_kwargs["args"] for row in mine] == [[piece.pk], [piece.pk]]


@pytest.mark.django_db(transaction=True)
def test_a_link_that_somebody_waits_for_goes_before_the_jobs(task, county):
    """The worker takes the first of these; on Saturday night, when all links are looked at, nobody waits."""
    from django_tasks_db.models import DBTaskResult

    run_job.enqueue(0)
    piece = services.add_link(county.clerk, task, "http://www.qs.gov.cn/1.html")
    first = DBTaskResult.objects.ready().first()
    assert first.task_path.endswith("check_link") and first.args_kwargs["args"] == [piece.pk]
    DBTaskResult.objects.all().delete()
    run_job.enqueue(0)
    recheck_links(date(2026, 3, 7))
    assert [row.task_path.rpartition(".")[2] for row in DBTaskResult.objects.ready()] == ["run_job", "check_link"]


def test_the_check_of_what_is_archived_stays_as_it_was(task, plan, county):
    piece = services.add_link(county.clerk, services.accept(county.clerk, task), "http://www.qs.gov.cn/1.html")
    Evidence.objects.update(link_state=LinkState.FLAGGED)
    plan.state = PlanState.ARCHIVED
    plan.save()
    for act in (
        lambda: services.recheck(county.clerk, piece),
        lambda: services.overrule_check(county.office, piece, "已人工核对"),
    ):
        with pytest.raises(ValidationError, match="归档"):
            act()
    piece.refresh_from_db()
    assert (piece.link_state, piece.overruled_by) == (LinkState.FLAGGED, None)
