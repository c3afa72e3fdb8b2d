"""The editor asks for the cleaned form of what is pasted or chosen; what is suspected is refused before."""

import io
import json

import docx
import pytest

from gongkai.portal.editing import pasting

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, people):
    client.force_login(people.clerk)
    return lambda html: client.post("/admin/portal/paste/", json.dumps({"html": html}), "application/json")


def test_a_pasted_table_comes_back_as_blocks_of_the_editor(editor):
    told = editor(
        "<table><tr><td>项目</td><td>金额</td></tr><tr><td>河堤</td><td>300</td></tr></table><p><img src=x></p>"
    ).json()
    assert [block["type"] for block in told["content"]["blocks"]] == ["unstyled", "atomic", "unstyled"]
    (entity,) = told["content"]["entityMap"].values()
    assert entity["type"] == "TABLE" and entity["data"]["rows"][1][0]["text"] == "河堤"
    assert told["notes"] == ["图片、图形 1 处没有带入，需要公开的请在正文里用“图片”插入"]


def test_numbers_and_headings_come_back(editor):
    blocks = editor("<h1>要求</h1><ol><li>甲<ul><li>乙</li></ul></li></ol><p>（一）丙</p>").json()["content"]["blocks"]
    assert [(one["type"], one["depth"], one["text"]) for one in blocks] == [
        ("header-two", 0, "要求"),
        ("ordered-list-item", 0, "甲"),
        ("unordered-list-item", 1, "乙"),
        ("unstyled", 0, "（一）丙"),
    ]


def test_a_file_becomes_text(client, people):
    client.force_login(people.clerk)
    out = io.BytesIO()
    document = docx.Document()
    document.add_heading("要求", 1)
    document.add_paragraph("各单位：")
    document.save(out)
    out.seek(0)
    out.name = "通知.docx"
    told = client.post("/admin/portal/import-text/", {"file": out}).json()
    assert [one["text"] for one in told["content"]["blocks"]] == ["要求", "各单位："]


def test_a_file_that_cannot_be_read_is_refused_with_its_reason(client, people):
    client.force_login(people.clerk)
    answer = client.post("/admin/portal/import-text/", {"file": io.BytesIO(b"\x00\x01\x02binary")})
    assert answer.status_code == 400 and answer.json()["error"]


def test_too_much_at_once_is_refused(editor, monkeypatch):
    monkeypatch.setattr(pasting, "LONGEST", 10)
    answer = editor("<p>一二三四五六</p>")
    assert answer.status_code == 400 and "分几次" in answer.json()["error"]


@pytest.mark.parametrize("body", ["", "[]", '{"html": 3}', "not json"])
def test_anything_else_is_a_bad_request(client, people, body):
    client.force_login(people.clerk)
    assert client.post("/admin/portal/paste/", body, "application/json").status_code == 400


def test_a_mark_of_secrecy_is_refused_by_the_door(editor):
    answer = editor("<p>机密★5年</p>")
    assert answer.status_code == 422 and answer.json()["refused"]


def test_it_is_for_those_who_write(client, people):
    assert client.post("/admin/portal/paste/", "{}", "application/json").status_code in (302, 401, 403)
