"""The adapter for message platforms, against a real server on this machine."""

import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from gongkai.foundation.notifications import Kind, kinds
from gongkai.foundation.notifications.delivery import deliver
from gongkai.foundation.notifications.models import Delivery, DeliveryState
from gongkai.foundation.notifications.services import notify

pytestmark = pytest.mark.django_db


class Platform(ThreadingHTTPServer):
    """Takes what is posted; `status` is what it answers."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.taken = 200, []

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/messages?from=gongkai"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def platform(settings):
    server = Platform()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.GONGKAI_CHANNELS = ["gongkai.foundation.notifications.webhook.WebhookChannel"]
    settings.GONGKAI_WEBHOOK = server.address
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def urgent():
    yield kinds.register(Kind("test.urgent", "紧急", urgent=True))
    kinds.unregister("test.urgent")


@pytest.fixture
def li(person):
    return person("li", name="李明", phone="0000-6600001")


def test_one_post_a_person_signed_and_masked(at, platform, li, urgent, settings):
    at("2026-03-02 09:00")
    settings.GONGKAI_WEBHOOK_SECRET = "两地约定的口令"
    notify([li], urgent, "任务已逾期", todo="今日内报送", link="/admin/ledger/1/")
    notify([li], urgent, "材料被退回", meaning="联系人13800001234")
    assert deliver() == 1
    ((path, headers, body),) = platform.taken
    assert path == "/messages?from=gongkai"
    assert headers["X-Gongkai-Signature"] == hmac.new("两地约定的口令".encode(), body, hashlib.sha256).hexdigest()
    said = json.loads(body)
    assert (said["user"], said["name"], said["phone"]) == ("li", "李明", "0000-6600001")
    assert said["text"] == "【政务公开】2 条通知：任务已逾期；材料被退回"
    assert said["notices"][0] == {
        "title": "任务已逾期",
        "meaning": "",
        "todo": "今日内报送",
        "link": f"{settings.BASE_URL}/admin/ledger/1/",
    }
    assert "13800001234" not in body.decode()
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}


@pytest.mark.parametrize("status", [302, 401, 500])
def test_what_is_not_taken_over_is_tried_again(status, at, platform, li, urgent):
    platform.status = status
    at("2026-03-02 09:00")
    notify([li], urgent, "任务已逾期", todo="今日内报送")
    assert deliver() == 0
    waiting = Delivery.objects.get()
    assert waiting.state == DeliveryState.PENDING and str(status) in waiting.error
    platform.status = 204
    at("2026-03-02 10:00")
    assert deliver() == 1
    assert json.loads(platform.taken[-1][2])["text"] == "【政务公开】任务已逾期，今日内报送"
    assert [path for path, _headers, _body in platform.taken] == ["/messages?from=gongkai"] * 2, "nobody is followed"


def test_nobody_at_the_other_end(at, platform, li, urgent, settings):
    settings.GONGKAI_WEBHOOK = "http://127.0.0.1:1/"
    at("2026-03-02 09:00")
    notify([li], urgent, "任务已逾期")
    assert deliver() == 0
    assert "ConnectionRefusedError" in Delivery.objects.get().error


def test_without_an_address_it_reaches_nobody(platform, li, urgent, settings):
    settings.GONGKAI_WEBHOOK = ""
    notify([li], urgent, "任务已逾期")
    assert not Delivery.objects.exists()
