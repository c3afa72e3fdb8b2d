"""What the machine finds while a text is written: told at once, kept nowhere, never what must not be sent here."""

from __future__ import annotations

import json

import pytest

from gongkai.review.views.live import LONGEST

IDENTITY = "11010519491231002X"


@pytest.fixture
def ask(client, people):
    client.force_login(people.clerk)
    return lambda body: client.post("/admin/review/live/", body, content_type="application/json")


def test_one_list_for_each_text_in_code_points(ask):
    answer = ask(json.dumps({"texts": ["没有问题", f"😀身份证号{IDENTITY}"]})).json()["findings"]
    assert answer[0] == []
    finding = next(one for one in answer[1] if one["severity"] == "block")
    assert (finding["start"], finding["end"]) == (5, 23)
    assert finding["replacement"] == "11*************02X"
    assert IDENTITY not in json.dumps(answer)


def test_a_list_typed_in_the_text_is_read_as_one(ask):
    (found,) = ask(json.dumps({"texts": ["姓名 住院号 科室\n王建国 ZY20230456 内科"]})).json()["findings"]
    assert [(one["start"], one["end"]) for one in found] == [(14, 24)]


def test_a_suspected_secret_is_refused_at_the_door(ask):
    answer = ask(json.dumps({"texts": ["本件机密★5年，请妥善保管"]}))
    assert answer.status_code == 422
    assert "findings" not in answer.json()


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"texts": "abc"}', '{"texts": [1]}', "not json", "[" * 200_000])
def test_nonsense_is_refused(ask, body):
    assert ask(body).status_code == 400


def test_a_text_too_long_is_left_to_the_review(ask):
    assert ask(json.dumps({"texts": ["长" * (LONGEST + 1)]})).json() == {"findings": [], "too_long": True}


def test_only_for_those_who_work_here(client, db):
    assert client.post("/admin/review/live/", "{}", content_type="application/json").status_code in (302, 403)


def test_only_by_post(client, people):
    client.force_login(people.clerk)
    assert client.get("/admin/review/live/").status_code == 405
