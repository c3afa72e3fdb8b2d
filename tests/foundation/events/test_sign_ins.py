"""Signing in, failing to, signing out and being locked out are in the record; no password ever is."""

import pytest
from django.conf import settings
from django.urls import reverse

from gongkai.foundation.events.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def li(person):
    return person("li", name="李明", is_superuser=True)


def sign_in(client, password="gongkai-demo", username="li", **environment):
    return client.post(reverse(settings.LOGIN_URL), {"username": username, "password": password}, **environment)


def test_signing_in_and_out(client, li):
    assert sign_in(client, REMOTE_ADDR="192.0.2.7").status_code == 302
    client.post(reverse("wagtailadmin_logout"))
    came, went = Event.objects.order_by("id")
    assert (came.verb, came.actor, came.subject) == ("accounts.sign_in", li, li)
    assert came.details["address"] == "192.0.2.7"
    assert (went.verb, went.actor) == ("accounts.sign_out", li)


def test_a_failure_names_the_user_name_and_nothing_secret(client, li):
    sign_in(client, password="wrong-but-secret")
    event = Event.objects.get(verb="accounts.sign_in_failed")
    assert (event.actor, event.details["username"]) == (None, "li")
    assert "wrong-but-secret" not in str(event.__dict__)


def test_a_very_long_name_is_cut(client, li):
    sign_in(client, username="x" * 5000)
    assert all(len(event.details["username"]) <= 150 for event in Event.objects.filter(verb="accounts.sign_in_failed"))


def test_too_many_failures_lock_out_and_say_for_how_long(client, li):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        response = sign_in(client, password="wrong")
    assert response.status_code == 429
    assert "15" in response.content.decode()
    assert Event.objects.filter(verb="accounts.locked_out").exists()
    assert sign_in(client).status_code == 429, "the right password does not help either"


def test_the_lock_is_on_the_user_from_anywhere(client, li):
    for number in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, password="wrong", REMOTE_ADDR=f"192.0.2.{number}")
    assert sign_in(client, REMOTE_ADDR="198.51.100.1").status_code == 429


def test_the_lock_is_on_the_address_for_anybody(client, li):
    for number in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, username=f"guess{number}", REMOTE_ADDR="192.0.2.9")
    assert sign_in(client, REMOTE_ADDR="192.0.2.9").status_code == 429
    assert sign_in(client, REMOTE_ADDR="198.51.100.1").status_code == 302


def test_behind_a_proxy_the_lock_is_on_the_visitor_and_not_on_the_proxy(client, li, settings):
    """What the visitor claims of itself stands before what the proxy heard, and does not count."""
    settings.GONGKAI_PROXIES = 1
    through = {"REMOTE_ADDR": "10.0.0.1"}
    for number in range(settings.AXES_FAILURE_LIMIT):
        claimed = f"198.51.100.{number}, 192.0.2.9"
        sign_in(client, username=f"guess{number}", HTTP_X_FORWARDED_FOR=claimed, **through)
    assert sign_in(client, HTTP_X_FORWARDED_FOR="203.0.113.1, 192.0.2.9", **through).status_code == 429
    assert sign_in(client, HTTP_X_FORWARDED_FOR="192.0.2.10", **through).status_code == 302
    assert Event.objects.get(verb="accounts.sign_in").details["address"] == "192.0.2.10"


def test_a_success_forgets_the_failures(client, li):
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        sign_in(client, password="wrong")
    assert sign_in(client).status_code == 302
    sign_in(client, password="wrong")
    assert sign_in(client).status_code == 302
