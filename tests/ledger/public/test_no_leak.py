"""Invariant 1, tried out: fill every field that was not released with a marker and look for it everywhere public."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.registries import api_routes
from gongkai.ledger.models import (
    Assignment,
    CheckIn,
    Comment,
    Evidence,
    Feedback,
    FeedbackState,
    Group,
    Item,
    Obligation,
    Plan,
    Target,
    Task,
    Urge,
    UrgeKind,
)

MARK = "机密记号"


def marked(name: str) -> str:
    return f"{MARK}{name}"


@pytest.fixture
def full_of_secrets(make_item, make_evidence, publish, people, county):
    """One released item among others that are not, and every unreleased word a marker."""
    item = make_item("1", "已公开的事项", [county.fgj, county.czj])
    shown = make_evidence(item, "已公开的佐证", content=b"public file", note="已公开的说明")
    publish(item, shown)
    plan = item.plan
    Plan.objects.update(title=marked("台账标题"), document_number=marked("文号"), issuer=marked("发文机关"))
    Item.objects.filter(pk=item.pk).update(assignees_text=marked("原文单位"), selectors=[marked("表述")])
    Target.objects.create(item=item, text=marked("目标"), operator="=", value=1, subject=marked("对象"))
    Evidence.objects.filter(pk=shown.pk).update(page_title=marked("网页标题"), findings=[{"message": marked("疑点")}])
    Assignment.objects.update(handler=people.clerk)
    type(people.clerk).objects.update(name=marked("人名"), phone=marked("电话"))
    Body.objects.update(contact_phone=marked("单位电话"), contact_address=marked("单位地址"))

    hidden = make_item("2", marked("事项"), deadline_text=marked("时限"), assignees_text=marked("单位"))
    group = Group.objects.create(plan=plan, name=marked("分组"))
    Item.objects.filter(pk=hidden.pk).update(
        group=group, task=Task.objects.create(plan=plan, group=group, name=marked("任务"))
    )
    removed = make_item("3", "取消前的文字")
    publish(removed)
    Item.objects.filter(pk=removed.pk).update(removed=True, text=marked("取消的事项"))
    changed = make_item("4", "签发时的文字")
    publish(changed)
    Item.objects.filter(pk=changed.pk).update(text=marked("签发后的改动"))

    first = item.assignments.first()
    make_evidence(
        item, marked("佐证标题"), content=marked("文件").encode(), note=marked("佐证说明"), file_name=marked("文件名")
    )
    make_evidence(item, marked("链接标题"), url="https://x.example/" + MARK)
    CheckIn.objects.create(
        assignment=first, period="2026Q1", progress=marked("进展"), note=marked("问题"), by=people.clerk, at=clock.now()
    )
    Comment.objects.create(assignment=first, author=people.clerk, text=marked("交流"), created_at=clock.now())
    Urge.objects.create(
        assignment=first, kind=UrgeKind.MANUAL, day=date(2026, 6, 1), note=marked("附言"), at=clock.now()
    )
    Obligation.objects.filter(item=item).update(text=marked("未拆分的义务"))
    for number, state in enumerate(FeedbackState.values):  # even "shown" is not shown without the gate
        Feedback.objects.create(
            item=item,
            reference=f"JD-{number}",
            text=marked("意见"),
            reply=marked("答复"),
            state=state,
            created_at=clock.now(),
        )
    return item


def public_addresses(item: Item) -> list[str]:
    base = [
        "/",
        "/ledger/",
        "/ledger/2026/",
        "/ledger/2026/?page=all",
        "/ledger/2026/?format=csv",
        "/ledger/qinghe/2026/",
    ]
    base += [f"/ledger/2026/{key}/" for key in ("1", "2", "3", "4")]
    base += [reverse("ledger_public_file", args=[pk]) for pk in Evidence.objects.values_list("pk", flat=True)]
    base += [f"/ledger/2026/?q={MARK}", "/ledger/2026/?body=qinghe.fgj&sort=state", "/qinghe-fgj/", "/no/such/page/"]
    base += ["/api/v1/openapi.json", "/api/v1/ledger?year=2026"]
    return base + [f"/api/v1/{route.path.strip('/')}" for route in api_routes]


def text_of(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8-sig", errors="replace")


def test_no_marker_is_on_any_public_page(client, full_of_secrets):
    seen = {}
    for address in public_addresses(full_of_secrets):
        answer = client.get(address)
        text = text_of(answer)
        if MARK in address:  # what the visitor typed comes back in the search field and the addresses that keep it
            text = text.replace(f'value="{MARK}"', "")
        seen[address] = (answer.status_code, re.findall(rf"{MARK}\w*", text))
    assert {address: found for address, (_, found) in seen.items() if found} == {}
    assert seen["/ledger/2026/1/"][0] == 200  # the released item itself is there
    assert {seen[f"/ledger/2026/{key}/"][0] for key in "234"} == {404}


def test_no_marker_is_in_the_spreadsheet(client, full_of_secrets, tmp_path):
    import openpyxl

    path = tmp_path / "ledger.xlsx"
    path.write_bytes(client.get("/ledger/2026/?format=xlsx").content)
    rows = list(openpyxl.load_workbook(path).active.values)
    assert len(rows) == 2
    assert MARK not in str(rows)


def test_what_is_released_is_really_there(client, full_of_secrets):
    """The search above can fail: the released words are found by the same means."""
    page = text_of(client.get("/ledger/2026/1/"))
    assert all(words in page for words in ("已公开的事项", "已公开的佐证", "已公开的说明"))
    assert "已公开的事项" in text_of(client.get("/api/v1/ledger?year=2026"))


def test_signing_in_opens_nothing_on_the_public_side(client, full_of_secrets, people):
    client.force_login(people.office)
    for key in "234":
        assert client.get(f"/ledger/2026/{key}/").status_code == 404


def test_uploads_have_no_address_of_their_own(client, full_of_secrets):
    name = Evidence.objects.exclude(file="").first().file.name
    for prefix in ("/media/", "/private/", "/static/", "/files/"):
        assert client.get(prefix + name).status_code == 404
