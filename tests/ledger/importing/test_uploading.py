"""A file becomes a draft, or one clear refusal; long readings happen in the background."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django_tasks_db.models import DBTaskResult

from gongkai.bodies.models import Body, Kind
from gongkai.core.notices.names import spelling
from gongkai.foundation.access import Refused
from gongkai.foundation.access.acting import act
from gongkai.foundation.events.models import Event
from gongkai.foundation.schedules.priorities import WAITED_FOR
from gongkai.foundation.schedules.worker import drain
from gongkai.ledger.importing import reading as reading_module
from gongkai.ledger.importing.missing import register as register_missing
from gongkai.ledger.importing.proposal import Proposal
from gongkai.ledger.importing.reading import is_slow
from gongkai.ledger.models import Assignment, Draft, DraftState
from gongkai.ledger.services import commit, discard, read_kept, settle, upload_notice

pytestmark = pytest.mark.django_db

NOTICE = """青山县人民政府办公室
关于印发2023年全县政务公开工作要点任务分解表的通知

序号\t任务名称\t具体内容\t责任单位\t完成时限
1\t深化主动公开\t（1）公开财政预算决算\t县财政局\t9月底前
2\t\t（2）公开教育政策及其实施情况\t县教育局；各乡镇人民政府、街道办事处\t全年
"""


def notice(text: str | bytes = NOTICE, name: str = "通知.txt") -> ContentFile:
    return ContentFile(text.encode() if isinstance(text, str) else text, name=name)


def test_a_notice_becomes_a_draft_with_its_file_text_and_reading(register):
    draft = upload_notice(register.office, register.root, notice())
    draft.refresh_from_db()
    assert (draft.state, draft.year, draft.file_name) == (DraftState.OPEN, 2023, "通知.txt")
    assert [each["text"] for each in draft.reading["items"]] == ["公开财政预算决算", "公开教育政策及其实施情况"]
    assert draft.reading["items"][0]["deadline"]["due"] == "2023-09-30"
    assert "责任单位" in draft.source_text
    with draft.file.open() as kept:
        assert kept.read().decode() == NOTICE
    assert Event.objects.about(draft).get().actor == register.office


def test_the_file_lies_outside_of_what_is_served(register, settings):
    draft = upload_notice(register.office, register.root, notice())
    assert Path(draft.file.path).is_relative_to(settings.DATA / "private")


def test_the_year_given_serves_where_the_notice_names_none(register):
    nameless = NOTICE.replace("2023年", "")
    with pytest.raises(ValidationError, match="没有写明年份"):
        upload_notice(register.office, register.root, notice(nameless))
    draft = upload_notice(register.office, register.root, notice(nameless), year=2024)
    assert draft.year == 2024
    assert [each["deadline"]["due"] for each in draft.reading["items"]] == ["2024-09-30", "2024-12-31"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "空文件"),
        ("各位同事，请查收附件。".encode(), "通知.txt|计划|任务|没有"),
        (b"PK\x03\x04 broken", "通知.txt"),
        (bytes(range(256)) * 40, "通知.txt"),
    ],
)
def test_what_holds_no_plan_is_refused_in_one_line_and_nothing_is_kept(register, content, message, settings):
    kept = set((settings.DATA / "private").rglob("*")) if (settings.DATA / "private").exists() else set()
    with pytest.raises(ValidationError, match=message) as refused:
        upload_notice(register.office, register.root, notice(content))
    assert len(refused.value.messages) == 1
    assert "\n" not in refused.value.messages[0]
    assert not Draft.objects.exists()
    now = set((settings.DATA / "private").rglob("*")) if (settings.DATA / "private").exists() else set()
    assert now == kept


def test_an_impossible_year_is_refused(register):
    with pytest.raises(ValidationError, match="年度“23”不正确"):
        upload_notice(register.office, register.root, notice(), year=23)


def test_only_for_a_county_and_by_its_office(register):
    with pytest.raises(Refused):
        upload_notice(register.clerk, register.root, notice())
    with pytest.raises(Refused):
        upload_notice(None, register.root, notice())
    with pytest.raises(ValidationError, match="不是县级政府"):
        upload_notice(register.office, register.czj, notice())


def test_uploading_from_data_as_outside_checks_do(register, tmp_path):
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE)
    answer = act("ledger.upload_notice", register.office, {"county": register.root.pk, "file": str(path)})
    draft = Draft.objects.get(pk=answer["result"]["id"])
    assert draft.file_name == "通知.txt"


@pytest.mark.parametrize(
    ("content", "slow"),
    [
        (b"%PDF-1.7 ", True),
        (bytes.fromhex("d0cf11e0a1b11ae1"), True),
        (NOTICE.encode(), False),
        (b"a" * 1_000_001, True),
    ],
)
def test_which_files_take_long(content, slow):
    file = ContentFile(content)
    assert is_slow(file) is slow
    assert file.read() == content


def test_a_long_reading_is_left_to_the_worker(register, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        draft = upload_notice(register.office, register.root, notice(), later=True)
    assert draft.state == DraftState.READING
    assert DBTaskResult.objects.filter(task_path__endswith="read_later", priority=WAITED_FOR).count() == 1
    with pytest.raises(ValidationError, match="还在识别"):
        commit(register.office, draft)
    drain()
    draft.refresh_from_db()
    assert (draft.state, draft.year, len(draft.reading["items"])) == (DraftState.OPEN, 2023, 2)
    again = read_kept(None, draft)
    assert again.state == DraftState.OPEN


def test_a_long_reading_that_fails_says_why_and_keeps_no_file(register):
    draft = upload_notice(register.office, register.root, notice("会议室预订说明"), later=True)
    path = draft.file.path
    failed = read_kept(None, draft)
    failed.refresh_from_db()
    assert failed.state == DraftState.FAILED
    assert "通知.txt" in failed.error or "没有" in failed.error
    assert not failed.file
    assert not Path(path).exists()
    assert discard(register.office, failed).state == DraftState.DISCARDED


def test_whatever_the_reader_stumbles_over_is_said(register, monkeypatch):
    draft = upload_notice(register.office, register.root, notice(), later=True)
    monkeypatch.setattr("gongkai.ledger.services.importing.read_notice", lambda *args: 1 / 0)
    failed = read_kept(None, draft)
    failed.refresh_from_db()
    assert failed.state == DraftState.FAILED and "重新上传" in failed.error


def test_a_draft_discarded_while_it_was_read_stays_discarded(register, monkeypatch):
    draft = upload_notice(register.office, register.root, notice(), later=True)
    kept = reading_module.read_notice

    def slowly(*args):
        Draft.objects.filter(pk=draft.pk).update(state=DraftState.DISCARDED)
        return kept(*args)

    monkeypatch.setattr("gongkai.ledger.services.importing.read_notice", slowly)
    read_kept(None, draft)
    assert Draft.objects.get(pk=draft.pk).state == DraftState.DISCARDED


def test_the_file_of_a_discarded_draft_goes_once_that_is_certain(register, django_capture_on_commit_callbacks):
    draft = upload_notice(register.office, register.root, notice())
    storage, name = draft.file.storage, draft.file.name
    with django_capture_on_commit_callbacks(execute=True) as waiting:
        discard(register.office, draft)
        assert storage.exists(name), "the transaction may yet fail"
    assert waiting and not storage.exists(name)
    kept = Draft.objects.get(pk=draft.pk)
    assert kept.state == DraftState.DISCARDED and not kept.file and kept.reading["items"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("later", [False, True])
def test_nobody_waits_for_the_database_while_a_file_is_read(register, monkeypatch, later):
    """On SQLite an open transaction keeps every other writer waiting, and LibreOffice takes seconds."""
    kept, seen = reading_module.read_notice, []

    def looking(*args):
        seen.append(connection.in_atomic_block)
        return kept(*args)

    monkeypatch.setattr("gongkai.ledger.services.importing.read_notice", looking)
    draft = upload_notice(register.office, register.root, notice(), later=later)
    if later:
        read_kept(None, draft)
    assert seen == [False]


def test_missing_bodies_are_created_together(register):
    text = NOTICE.replace("县教育局", "县水务局、青山生态环境局")
    draft = upload_notice(register.office, register.root, notice(text))
    missing = Proposal(draft).missing
    assert [each.name for each in missing] == ["县水务局", "青山生态环境局"]
    register_missing(register.office, register.root, missing, {"县水务局": Kind.INSTITUTION})
    made = Body.objects.filter(code__startswith="qs.n").order_by("pk")
    assert [(each.code, each.name, each.kind) for each in made] == [
        ("qs.n1", "青山县水务局", Kind.INSTITUTION),
        ("qs.n2", "青山生态环境局", Kind.VERTICAL),
    ]
    assert not Proposal(draft).missing
    assert commit(register.office, draft)


def test_of_missing_bodies_all_or_none_are_created(register):
    draft = upload_notice(register.office, register.root, notice(NOTICE.replace("县教育局", "县水务局、县税务局")))
    missing = Proposal(draft).missing
    with pytest.raises(ValidationError, match="登记“县税务局”时"):
        register_missing(register.office, register.root, missing, {"县税务局": Kind.COUNTY})
    assert not Body.objects.filter(name="青山县水务局").exists()
    with pytest.raises(Refused):
        register_missing(register.clerk, register.root, missing, {})


@pytest.mark.slow
def test_the_whole_real_notice(register, shared):
    """44 items of the table and 18 duties of the prose, for 26 named bodies and the towns."""
    register.root.name = "乐至县人民政府"
    register.root.save()
    for body in Body.objects.filter(county=register.root):
        body.name = body.name.replace("青山县", "乐至县")
        body.save()
    seed = shared / "seed" / "notice.docx"
    draft = upload_notice(register.office, register.root, ContentFile(seed.read_bytes(), name=seed.name))
    register_missing(register.office, register.root, Proposal(draft).missing, {})
    settle(register.office, draft, all_warnings=True)
    plan = commit(register.office, draft)
    assert (plan.year, plan.document_number) == (2023, "乐府办发〔2023〕15号")
    items = {each.key: each for each in plan.items.select_related("group", "task")}
    assert list(items)[:44] == [str(number) for number in range(1, 45)]
    assert len(items) == 62
    assert [plan.groups.count(), plan.tasks.count()] == [5, 17]
    assert {key: str(each.due) for key, each in items.items() if each.due and each.due.month != 12} == {
        "21": "2023-09-30",
        "39": "2023-08-31",
    }
    assert items["11"].text.startswith("及时") or "突发公共事件" in items["11"].text
    named = Assignment.objects.filter(plan=plan, origin="named", item__kind="table")
    assert named.count() == 121
    towns = Assignment.objects.filter(plan=plan, body__kind__in=["township", "subdistrict"], item__kind="table")
    assert towns.values("item").distinct().count() == 32
    assert set(towns.filter(item__key="40").values_list("body__code", flat=True)) == {
        "qs.liulin",
        "qs.shiqiao",
        "qs.chengguan",
    }
    forty = {spelling(each.body.name) for each in named.filter(item__key="40").select_related("body")}
    assert {"乐至县文化广播电视和旅游局", "乐至县国有资产监管和金融工作局"} <= forty
    assert len(forty) == 12
    assert {each.body.code for each in plan.assignments.filter(item__key="43")} == {"qs.jyj"}
    assert items["40"].targets.get().value == 16
