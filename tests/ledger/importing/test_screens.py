"""The office's screens: upload, review, settle row by row, import. Everything works without script."""

from __future__ import annotations

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.ledger.builders import person
from tests.ledger.importing.readings import SECTIONS, draft_of, finding, item, reading
from tests.ledger.importing.test_uploading import NOTICE

from gongkai.bodies.models import Body, Kind
from gongkai.bodies.sections import keep_in_step
from gongkai.foundation.access import Role
from gongkai.ledger.importing import reading as reading_module
from gongkai.ledger.importing.proposal import Proposal
from gongkai.ledger.models import Assignment, Draft, DraftState, Plan
from gongkai.ledger.services import commit, read_kept, upload_notice

pytestmark = pytest.mark.django_db


def sign_in(client, user):
    keep_in_step(user)
    client.force_login(user)
    return client


@pytest.fixture
def office(register, client):
    return sign_in(client, register.office)


def page(client, draft, **query) -> str:
    response = client.get(reverse("ledger_import_review", args=[draft.pk]), query)
    assert response.status_code == 200
    return response.content.decode()


def press(client, draft, do: str, **data):
    return client.post(reverse("ledger_import_review", args=[draft.pk]) + "?show=open", {"do": do, **data})


def again(draft) -> Proposal:
    draft.refresh_from_db()
    return Proposal(draft)


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_a_file_is_uploaded_and_reviewed(office):
    file = SimpleUploadedFile("通知.txt", NOTICE.encode())
    response = office.post(reverse("ledger_import"), {"file": file, "county": Body.objects.get(code="qs").pk})
    draft = Draft.objects.get()
    assert response.url == reverse("ledger_import_review", args=[draft.pk])
    shown = words(page(office, draft))
    assert "2 个事项，5 项任务，5 个单位" in shown
    assert "各乡镇人民政府（2）" in shown


def test_a_pasted_text_is_as_good_as_a_file(office, register):
    office.post(reverse("ledger_import"), {"text": NOTICE, "county": register.root.pk})
    assert Draft.objects.get().file_name == "粘贴的通知.txt"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "请选择通知文件，或者粘贴通知全文"),
        ({"text": "请查收附件"}, "没有"),
        ({"text": NOTICE, "year": "23"}, "2000"),
        ({"text": NOTICE.replace("2023年", ""), "year": ""}, "没有写明年份"),
    ],
)
def test_an_upload_that_fails_keeps_what_was_typed(office, register, data, message):
    response = office.post(reverse("ledger_import"), {"county": register.root.pk, **data})
    html = response.content.decode()
    assert response.status_code == 422
    assert message in words(html)
    assert data.get("text", "")[:8] in html
    assert not Draft.objects.exists()


def test_file_and_text_together_are_refused(office, register):
    file = SimpleUploadedFile("通知.txt", NOTICE.encode())
    response = office.post(reverse("ledger_import"), {"county": register.root.pk, "text": NOTICE, "file": file})
    assert "只能选用一种" in response.content.decode()


def test_a_long_reading_shows_its_state_and_then_the_review(office, register, monkeypatch):
    monkeypatch.setattr(reading_module, "QUICK_BYTES", 10)
    file = SimpleUploadedFile("通知.txt", NOTICE.encode())
    office.post(reverse("ledger_import"), {"county": register.root.pk, "file": file})
    draft = Draft.objects.get()
    assert "正在后台识别" in page(office, draft)
    read_kept(None, draft)
    assert "可以导入" in words(page(office, draft))


def test_a_reading_that_failed_in_the_background_says_why(office, register):
    draft = upload_notice(register.office, register.root, ContentFile("无关".encode(), "a.txt"), later=True)
    draft = read_kept(None, draft)
    shown = words(page(office, draft))
    assert draft.error in shown
    assert "台账没有变化" in shown


def test_source_stands_beside_the_reading_with_doubts_marked_in_place(office, draft):
    typo = finding("suspected-typo", 1, "突发共事件", "突发公共事件", message="疑似有误")
    html = page(office, draft(item(1, "公开突发共事件信息", "县财政局"), findings=[typo]))
    assert "公开<mark>突发共事件</mark>信息" in html
    assert "疑似有误" in words(html)
    assert words(html).count("采纳建议") == 1


def test_doubts_about_bodies_are_marked_in_the_printed_list(office, draft):
    run = finding("missing-separator", 1, "县财政局县教育局", "县财政局、县教育局", where="item 1, responsible bodies")
    row = item(1, "公开预算", "县财政局", "县教育局", assignees_text="县财政局县教育局等县级部门")
    assert "<mark>县财政局县教育局</mark>等县级部门" in page(office, draft(row, findings=[run]))


def test_a_finding_is_settled_and_can_be_opened_again(office, draft):
    made = draft(item(1, "公开突发共事件信息", "县财政局"), findings=[finding("suspected-typo", 1, "共事", "公共事")])
    [issue] = Proposal(made).issues
    response = press(office, made, "answer", row="1", finding=issue.id, choice="accept")
    assert response.url == reverse("ledger_import_review", args=[made.pk]) + "?show=open#item-1"
    assert again(made).rows[0].text == "公开突发公共事件信息"
    assert "已采纳建议" in page(office, made)
    press(office, made, "answer", row="1", finding=issue.id, choice="reopen")
    assert len(again(made).open_warnings) == 1


def test_all_hints_at_once(office, draft):
    made = draft(findings=[finding("count-mismatch", 1), finding("empty-cell", 2)])
    assert "全部采纳 2 条提示的建议" in page(office, made)
    press(office, made, "answer-all")
    assert not again(made).open_warnings


def row_form(**changed) -> dict[str, str]:
    return {
        "text": "公开财政预算决算",
        "assignees": "责任单位：县财政局",
        "selectors": "",
        "due": "2023-12-31",
        "recurrence": "",
        "parts": "",
        **changed,
    }


def test_a_row_is_changed_by_hand(office, draft):
    made = draft(findings=[finding("count-mismatch", 1)])
    assert 'name="assignees"' not in page(office, made)
    html = page(office, made, edit="1")
    assert "责任单位：县财政局" in html
    press(
        office,
        made,
        "change",
        row="1",
        **row_form(assignees="牵头：县财政局\n配合：县教育局、县交通运输局", due="2023-09-30", settles="on"),
    )
    proposal = again(made)
    assert made.decisions["items"]["1"].keys() == {"assignees", "due"}
    assert proposal.rows[0].assignees == [("县财政局", "lead"), ("县教育局", "support"), ("县交通运输局", "support")]
    assert not proposal.open_warnings


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"text": ""}, "必需字段|必填"),
        ({"assignees": "主持：县财政局"}, "“主持”不是责任类型"),
        ({"due": "九月底"}, "日期"),
        ({"parts": "只有一项具体义务"}, "至少要有两项"),
    ],
)
def test_a_row_that_cannot_be_saved_keeps_what_was_typed(office, draft, changed, message):
    made = draft()
    response = press(office, made, "change", row="1", **row_form(**{"selectors": "各村民委员会", **changed}))
    html = response.content.decode()
    assert response.status_code == 422
    assert re.search(message, words(html))
    assert "各村民委员会" in html
    assert again(made).draft.decisions == {}


def test_open_ended_lists_are_completed_by_hand(office, draft, register):
    made = draft(item(1, "公开预算", "县财政局", open_ended=True))
    assert "1 项责任单位未列全" in words(page(office, made))
    refused = press(office, made, "add", row="1", bodies="县教育局、县水务局")
    assert refused.status_code == 422
    assert "名册中没有“县水务局”" in words(refused.content.decode())
    assert "县教育局、县水务局" in refused.content.decode()
    press(office, made, "add", row="1", bodies="县教育局，县交通运输局")
    assert again(made).rows[0].added == [register.jyj.pk, register.jtj.pk]
    press(office, made, "remove-body", row="1", body=register.jyj.pk)
    assert again(made).rows[0].added == [register.jtj.pk]
    assert "责任单位未列全" not in words(page(office, made))


def test_nothing_more_to_add(office, draft):
    made = draft(item(1, "公开预算", "县财政局", open_ended=True))
    press(office, made, "complete", row="1")
    assert not again(made).incomplete


def test_splitting_dropping_and_taking_back(office, draft):
    made = draft(item(1, "公开财政预算；公开财政决算", "县财政局"), item(2, "公开教育", "县教育局"))
    press(office, made, "split", row="1")
    assert [key for key, _ in again(made).rows[0].duties] == ["1a", "1b"]
    press(office, made, "whole", row="1")
    assert again(made).rows[0].parts == []
    press(office, made, "drop", row="2")
    assert again(made).counts.items == 1
    assert "恢复导入" in page(office, made)
    press(office, made, "restore", row="2")
    assert again(made).counts.items == 2


def test_missing_bodies_in_one_go(office, draft, register):
    made = draft(item(1, "公开水价", "县水务局", "县教体局"), item(2, "公开水质", "县水务局", "有关方面"))
    html = page(office, made)
    assert "还有 3 个问题须先处理" in words(html)
    assert re.search(r'value="commit"[^>]* disabled', html)
    data = {"name-0": "县水务局", "kind-0": "department", "meant-0": ""}
    data |= {"name-1": "县教体局", "kind-1": "department", "meant-1": "县教育局"}
    data |= {"name-2": "有关方面", "kind-2": "none", "meant-2": ""}
    press(office, made, "bodies", **data)
    assert Body.objects.get(name="青山县水务局").kind == Kind.DEPARTMENT
    assert again(made).obstacles() == []
    assert not Body.objects.filter(name__contains="教体").exists()


def test_missing_bodies_that_cannot_be_keep_what_was_typed(office, draft):
    made = draft(item(1, "公开水价", "县水务局", "县教体局"))
    data = {"name-0": "县水务局", "kind-0": "utility", "name-1": "县教体局", "meant-1": "县教育体育局"}
    response = press(office, made, "bodies", **data)
    html = response.content.decode()
    assert "名册中没有“县教育体育局”" in words(html)
    assert 'value="县教育体育局"' in html
    assert '<option value="utility" selected>' in html
    assert not Body.objects.filter(name="青山县水务局").exists()


def test_a_list_of_missing_bodies_that_changed_meanwhile_is_refused(office, draft):
    made = draft(item(1, "公开水价", "县水务局"))
    response = press(office, made, "bodies", **{"name-0": "县物价局", "kind-0": "department"})
    assert "单位列表已有变化" in words(response.content.decode())


def test_importing_names_what_was_done_and_opens_the_ledger(office, draft, register):
    made = draft()
    html = page(office, made)
    seen = re.search(r'name="seen" value="(\w+)"', html)[1]
    response = press(office, made, "commit", seen=seen)
    plan = Plan.objects.get()
    assert response.url == reverse("ledger_board") + f"?plan={plan.pk}"
    assert "2023年度台账已导入：2 个事项，5 项任务" in words(office.get(response.url).content.decode())
    assert "本通知已导入" in page(office, made)


def test_importing_what_was_not_looked_at_is_refused_on_the_page(office, draft, register):
    made = draft()
    response = press(office, made, "commit", seen="0" * 16)
    assert "请重新核对后再导入" in words(response.content.decode())
    assert not Plan.objects.exists()


def test_discarding(office, draft):
    made = draft()
    assert press(office, made, "discard").url == reverse("ledger_import")
    made.refresh_from_db()
    assert made.state == DraftState.DISCARDED
    assert "已放弃" in page(office, made)
    assert made.file_name not in office.get(reverse("ledger_import")).content.decode().partition("导入稿</h2>")[2]


def test_another_draft_of_the_year_is_pointed_out(office, draft, register):
    first, second = draft(), draft()
    assert f'href="{reverse("ledger_import_review", args=[first.pk])}"' in page(office, second)
    press(office, first, "discard")
    assert "还有一份待核对的导入稿" not in page(office, second)
    commit(register.office, second)
    assert "还有一份待核对的导入稿" not in page(office, draft()), "what was imported is no rival"


def test_missing_bodies_that_somebody_else_has_settled(office, draft):
    made = draft(item(1, "公开财政预算决算", "县财政局"))
    press(office, made, "bodies")
    assert "已由他人处理完毕" in page(office, made)


def test_a_correction_is_shown_beside_the_ledger(office, draft, register):
    commit(register.office, draft())
    second = draft_of(
        register.root,
        register.office,
        reading(item(1, "公开财政预算决算", "县教育局"), item(3, "召开新闻发布会回应关切", "县教育局")),
    )
    html = page(office, second)
    assert "新增 1 项、变更 1 项、取消 1 项、未变 0 项" in words(html)
    assert "<del>青山县财政局</del> <ins>青山县教育局</ins>" in html
    assert "公开教育政策及其实施情况" in html
    press(office, second, "separate", row="1")
    assert "新增 2 项、变更 0 项、取消 2 项" in words(page(office, second))
    press(office, second, "join", row="1")
    seen = re.search(r'name="seen" value="(\w+)"', page(office, second))[1]
    press(office, second, "commit", seen=seen)
    assert Assignment.objects.filter(withdrawn=False).count() == 2


@pytest.mark.parametrize(("show", "keys"), [("", "12"), ("open", "2"), ("findings", "2"), ("splits", "1"), ("x", "12")])
def test_the_filter_lives_in_the_address(office, draft, show, keys):
    made = draft(
        item(1, "公开财政预算；公开财政决算", "县财政局"),
        item(2, "公开教育", "县教育局"),
        findings=[finding("count-mismatch", 2)],
    )
    found = re.findall(r'id="item-(\d)"', page(office, made, show=show))
    assert "".join(found) == keys


def test_unknown_buttons_and_rows_are_refused(office, draft):
    made = draft()
    assert "没有这项操作" in press(office, made, "explode").content.decode()
    assert "没有事项（99）" in press(office, made, "split", row="99").content.decode()
    assert "请选择处理方式" in press(office, made, "answer", choice="perhaps").content.decode()


def test_only_the_office_of_the_county(client, register, draft):
    made = draft()
    addresses = [
        reverse("ledger_import"),
        reverse("ledger_import_review", args=[made.pk]),
        reverse("ledger_import_file", args=[made.pk]),
        reverse("ledger_import_plan", args=[1, "archive"]),
    ]
    for role in (Role.AUDITOR, Role.SYSADMIN, Role.SECRECY_ADMIN):
        sign_in(client, register.people["qs", role])
        answers = [client.get(each, follow=True) for each in addresses]
        assert all("没有打开此页面的权限" in words(each.content.decode()) for each in answers), role
    other = Body.objects.create(code="ds", name="东山县人民政府", kind=Kind.COUNTY)
    sign_in(client, person("office.ds", (other, Role.OFFICE)))
    assert client.get(addresses[1]).status_code == 404
    assert client.post(addresses[1], {"do": "discard"}).status_code == 404


def test_the_original_file_is_served_to_the_office(office, register):
    draft = upload_notice(register.office, register.root, ContentFile(NOTICE.encode(), "通知.txt"))
    response = office.get(reverse("ledger_import_file", args=[draft.pk]))
    assert b"".join(response.streaming_content).decode() == NOTICE
    bare = draft_of(register.root, register.office, reading(item(1, "公开", "县财政局")))
    assert office.get(reverse("ledger_import_file", args=[bare.pk])).status_code == 404


def test_years_are_rolled_over_and_archived_from_the_list(office, draft, register):
    plan = commit(register.office, draft())
    response = office.post(reverse("ledger_import_plan", args=[plan.pk, "roll-over"]))
    assert Draft.objects.get(year=2024).pk == int(response.url.strip("/").rpartition("/")[2])
    office.post(reverse("ledger_import_plan", args=[plan.pk, "archive"]))
    plan.refresh_from_db()
    assert plan.state == "archived"
    again = office.post(reverse("ledger_import_plan", args=[plan.pk, "archive"]), follow=True)
    assert "已归档，只能查阅" in words(again.content.decode())
    assert office.post(reverse("ledger_import_plan", args=[plan.pk, "burn"])).status_code == 404


def test_queries_and_weight_do_not_grow_with_rows_and_bodies(office, register, django_assert_max_num_queries):
    Body.objects.bulk_create(
        Body(
            code=f"qs.t{n}",
            name=f"青山县第{n}镇人民政府",
            kind=Kind.TOWNSHIP,
            parent=register.root,
            county=register.root,
        )
        for n in range(60)
    )
    items = [
        item(n, f"公开第{n}项政策；公布第{n}项实施情况", "县财政局", selectors=["各乡镇人民政府"], open_ended=True)
        for n in range(1, 63)
    ]
    made = draft_of(register.root, register.office, reading(*items, requirements=SECTIONS))
    address = reverse("ledger_import_review", args=[made.pk])
    office.get(address)
    with django_assert_max_num_queries(30):
        html = office.get(address).content.decode()
    assert len(html) < 400_000
    assert len(re.findall(r"<(?:input|select|textarea)(?![^>]*hidden)", html)) < 150
    assert html.count("第33镇") == 3  # 各乡镇人民政府, 各单位, and the list to choose from
