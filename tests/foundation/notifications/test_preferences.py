"""Everybody sets channels and hours among their own settings."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from gongkai.foundation.notifications.channels import channels
from gongkai.foundation.notifications.models import Preference

pytestmark = pytest.mark.django_db
PREFIX = "gongkai_notifications"


@pytest.fixture
def li(client, person):
    user = person("li", name="李明", email="li@county.example", is_superuser=True)
    client.force_login(user)
    return user


def save(client, **fields):
    page = client.get(reverse("wagtailadmin_account"))
    data = {}
    for panels in page.context["panels_by_tab"].values():
        for panel in panels:
            form = panel.get_form()
            data |= {form.add_prefix(name): form[name].value() or "" for name in form.fields if form[name].value()}
    data |= {f"{PREFIX}-{name}": value for name, value in fields.items()}
    return client.post(reverse("wagtailadmin_account"), data)


def test_the_settings_page_shows_the_defaults(client, li):
    page = client.get(reverse("wagtailadmin_account")).content.decode()
    for text in ("汇总发送时间", "免打扰开始", "电子邮件", 'value="20:00"', 'value="08:00"'):
        assert text in page


def test_they_are_kept(client, li):
    response = save(client, used=[], digest_hours=["9", "17"], quiet_from="21:30", quiet_until="07:00")
    assert response.status_code == 302
    kept = Preference.objects.get(user=li)
    assert kept.digest_hours == [9, 17]
    assert (kept.quiet_from, kept.quiet_until) == (time(21, 30), time(7))


def test_mail_can_be_switched_off_and_on(client, li):
    Preference.objects.create(user=li, muted=["mail"])
    save(client, used=["mail"], digest_hours=["9"], quiet_from="20:00", quiet_until="08:00")
    assert Preference.objects.get(user=li).muted == []


def test_no_digest_hour_is_refused(client, li):
    response = save(client, used=["mail"], digest_hours=[], quiet_from="20:00", quiet_until="08:00")
    assert response.status_code == 200
    assert not Preference.objects.exists()


@pytest.mark.parametrize("hours", [[], [24], ["8"], "8", None, [-1]])
def test_hours_that_are_none(hours, li):
    with pytest.raises(ValidationError):
        Preference(user=li, digest_hours=hours).full_clean()


def test_channels_are_those_of_the_setting(settings):
    assert list(channels()) == ["mail"]
    settings.GONGKAI_CHANNELS = []
    assert list(channels()) == []
