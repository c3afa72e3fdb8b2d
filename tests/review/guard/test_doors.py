"""The door: what carries a suspected state secret is refused before its view runs, whoever sends it and however."""

import json
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from tests.papers import docx, xlsx

from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.models import Event
from gongkai.review.models import Incident, Way

MARK = "机密★5年"
SCRIPT = {"HTTP_ACCEPT": "application/json"}
PAGE = {"HTTP_ACCEPT": "text/html,*/*;q=0.8"}
ACCOUNT = "/admin/account/"
LOGIN = "/admin/login/"


@pytest.fixture
def clerk(people, client) -> Client:
    client.force_login(people.clerk)
    return client


def refused(answer) -> None:
    assert answer.status_code == 422, answer.status_code
    assert answer.headers["X-Gongkai-Refused"] == "state-secret"
    assert answer.headers["Cache-Control"] == "no-store"
    assert MARK not in answer.text


class TestContent:
    def test_a_field(self, clerk, people):
        answer = clerk.post("/admin/pages/1/edit/", {"title": "标题", "intro": MARK}, **PAGE)
        refused(answer)
        page = LexborHTMLParser(answer.text)
        assert "没有保存" in page.css_first("h1").text()
        steps = [line.text() for line in page.css("ol li")]
        assert steps[0].startswith("立即停止") and any("保密工作机构" in line for line in steps)
        assert "国家秘密标志" in answer.text and "确认不涉密" in answer.text
        incident = Incident.objects.get()
        assert (incident.actor, incident.way, incident.rule) == (people.clerk, Way.FORM, "secret-mark")
        assert incident.address == "wagtailadmin_pages:edit"
        assert incident.report_due is None

    @pytest.mark.parametrize(
        "fields",
        [
            {MARK: "x"},
            {"body": json.dumps({"blocks": [{"text": MARK}], "entityMap": {}})},
            {"body": "<p>机<b>密</b>★5年</p>"},
            {"body": "<p>机密</p><p>关于有关工作的通知</p>"},
        ],
    )
    def test_wherever_a_form_carries_it(self, clerk, fields):
        refused(clerk.post(ACCOUNT, fields, **PAGE))

    def test_multipart(self, clerk):
        refused(clerk.post(ACCOUNT, {"note": MARK, "file": SimpleUploadedFile("a.txt", b"x")}, **PAGE))

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            (json.dumps({"a": [{"b": MARK}]}), "application/json"),
            (f"note={MARK}", "application/x-www-form-urlencoded"),
            (MARK, "text/plain"),
            (docx("正文", hidden=MARK), "application/octet-stream"),
        ],
    )
    def test_a_body(self, clerk, method, body, kind):
        refused(getattr(clerk, method)(ACCOUNT, body, content_type=kind, **SCRIPT))

    @pytest.mark.parametrize("data", [docx("正文", hidden=MARK), xlsx("正文", hidden=MARK), f"通知\n{MARK}".encode()])
    def test_a_file(self, clerk, data):
        refused(clerk.post(ACCOUNT, {"file": SimpleUploadedFile("材料", data)}, **PAGE))
        assert Incident.objects.get().way == Way.UPLOAD

    def test_the_name_of_a_file(self, clerk):
        refused(clerk.post(ACCOUNT, {"file": SimpleUploadedFile(f"{MARK}.txt", b"x")}, **PAGE))

    def test_nothing_of_the_request_runs(self, clerk, people):
        data = {"form-0-name": "x", "name_email-first_name": MARK, "name_email-last_name": "改"}
        refused(clerk.post(ACCOUNT, data, **PAGE))
        people.clerk.refresh_from_db()
        assert people.clerk.last_name == ""
        assert [event.verb for event in Event.objects.exclude(verb="accounts.sign_in")] == ["review.note_incident"]

    def test_what_only_speaks_of_secrecy_goes_in(self, clerk):
        answer = clerk.post(ACCOUNT, {"note": "依据保守国家秘密法，经保密审查，不涉及国家秘密"}, **PAGE)
        assert answer.status_code != 422
        assert not Incident.objects.exists()

    def test_strangers_are_turned_away_before_their_files_are_read(self, client, db):
        answer = client.post(ACCOUNT, {"file": SimpleUploadedFile("a.txt", MARK.encode())})
        assert answer.status_code == 302
        assert not Incident.objects.exists()

    def test_a_form_that_is_open_to_all(self, client, db):
        refused(client.post(LOGIN, {"username": MARK, "password": "x"}, **PAGE))
        incident = Incident.objects.get()
        assert (incident.actor, incident.body, incident.address) == (None, None, "wagtailadmin_login")
        assert not Event.objects.filter(verb="accounts.sign_in_failed").exists()


class TestAddress:
    @pytest.mark.parametrize(
        "address",
        [f"/admin/pages/search/?q={MARK}", f"/{MARK}/", "/?q=%3Cp%3E机%3Cb%3E密%3C/b%3E★5年", f"/?a+b={MARK}"],
    )
    def test_is_judged_for_everybody(self, client, db, address, caplog):
        refused(client.get(address, **PAGE))
        assert Incident.objects.get().address == ""
        assert caplog.records == []  # Django would write the path of a 422 into the log

    @pytest.mark.parametrize("header", ["HTTP_USER_AGENT", "HTTP_REFERER"])
    def test_headers_that_are_written_down(self, client, db, header):
        refused(client.get("/", **{header: MARK.encode().decode("latin-1")}, **PAGE))
        refused(client.get("/", **{header: MARK}, **PAGE))  # of a server that has read it already

    def test_an_address_in_the_code_of_old_links(self, client, db):
        """Its bytes are half UTF-8 by accident, and the log would write it down."""
        refused(client.get("/" + quote("绝密★启用前", encoding="gb18030"), **PAGE))

    def test_looking_for_a_word_is_no_secret(self, clerk):
        assert clerk.get("/admin/review/?title=秘密").status_code == 200
        assert clerk.get("/admin/review/?title=国家秘密").status_code == 200

    def test_who_it_was_is_known(self, clerk, people):
        clerk.get(f"/admin/pages/search/?q={MARK}")
        assert Incident.objects.get().actor == people.clerk

    def test_the_answer_does_not_hand_the_address_on(self, client, db):
        answer = client.get(f"/?q={MARK}", **PAGE)
        assert answer.headers["Referrer-Policy"] == "no-referrer"


class TestAnswers:
    @pytest.mark.parametrize(
        "headers",
        [
            SCRIPT,  # autosave
            {"HTTP_ACCEPT": "*/*"},  # the preview
            {"HTTP_ACCEPT": "text/html, */*; q=0.01", "HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},  # uploads
        ],
    )
    def test_scripts_get_what_they_look_for(self, clerk, headers):
        answer = clerk.post(ACCOUNT, {"note": MARK}, **headers)
        refused(answer)
        said = answer.json()
        # Of other codes Wagtail's autosave says “a server error”.
        assert (said["success"], said["error_code"], said["is_valid"]) == (False, "validation_error", False)
        assert said["is_available"] is False
        assert "立即停止" in said["error_message"]
        assert said["refused"] == "state-secret" and said["steps"] and said["advice"]

    def test_a_file_that_cannot_be_examined_is_not_kept(self, clerk, people, monkeypatch):
        """Its form says what is wrong when it knows; what nobody noticed the storage refuses."""
        from gongkai.foundation.files import private_storage

        def keeps(request):
            private_storage().save("a.pdf", request.FILES["file"])

        answer = self.through(clerk, monkeypatch, keeps, SimpleUploadedFile("a.pdf", b"%PDF-1.7 cut off"))
        assert answer.status_code == 422
        assert answer.headers["X-Gongkai-Refused"] == "unexamined"
        assert "没有收下" in answer.text and "PDF 不完整或已损坏" in answer.text
        assert not Incident.objects.exists()

    def test_what_a_view_composes_is_caught_by_the_nets(self, clerk, people, monkeypatch):
        def composes(request):
            with transaction.atomic():
                User.objects.filter(pk=people.clerk.pk).update(name="机密" + "★" + "5年")

        answer = self.through(clerk, monkeypatch, composes, SimpleUploadedFile("a.txt", b"x"))
        refused(answer)
        assert Incident.objects.get().address == "wagtailadmin_account"

    def through(self, client, monkeypatch, does, file):
        from wagtail.admin.views.account import AccountView

        monkeypatch.setattr(AccountView, "post", lambda self, request, *args, **kwargs: does(request))
        return client.post(ACCOUNT, {"file": file}, **PAGE)


class TestRegister:
    def test_an_editor_that_tries_again_and_again_is_one_row(self, clerk, settings):
        for _ in range(3):
            clerk.post(ACCOUNT, {"note": MARK}, **SCRIPT)
        incident = Incident.objects.get()
        assert incident.times == 3
        clerk.post(ACCOUNT, {"file": SimpleUploadedFile("a.txt", MARK.encode())}, **SCRIPT)
        assert Incident.objects.count() == 2
        settings.GONGKAI_NOW = "2026-06-15T11:00:00+08:00"  # later that day
        clerk.post(ACCOUNT, {"note": MARK}, **SCRIPT)
        assert Incident.objects.count() == 3

    def test_the_body_is_the_persons(self, clerk, county):
        clerk.post(ACCOUNT, {"note": MARK}, **SCRIPT)
        assert Incident.objects.get().body == county.fgj
