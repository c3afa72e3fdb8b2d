"""What people change about themselves is on record, passwords without their words."""

import pytest
from django.db.models.fields.files import FieldFile

from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.models import Event

ACCOUNT = "/admin/account/"


@pytest.fixture
def person(client, db, settings):
    user = User.objects.create_superuser("li", password="gongkai-demo", name="李明")
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return user


def sent(client, **fields):
    """The page's own values, with some of them changed."""
    data = {}
    for panels in client.get(ACCOUNT).context["panels_by_tab"].values():
        for panel in panels:
            form = panel.get_form()
            for bound in form:
                value = bound.value()
                data[bound.html_name] = "" if value is None or isinstance(value, FieldFile) else value
    return client.post(ACCOUNT, data | fields)


def test_name_and_mail(client, person):
    assert sent(client, **{"name_email-name": "李敏", "name_email-email": "li@example.org"}).status_code == 302
    event = Event.objects.get(verb="accounts.change_own")
    assert event.actor == person
    assert event.before == {"name": "李明", "email": ""}
    assert event.after == {"name": "李敏", "email": "li@example.org"}


def test_nothing_changed_is_no_event(client, person):
    assert sent(client).status_code == 302
    assert not Event.objects.filter(verb__startswith="accounts.change").exists()


def test_a_password_is_changed_on_record(client, person):
    new = "一个-new-long-7"
    old = {"password-old_password": "gongkai-demo", "password-new_password1": new, "password-new_password2": new}
    assert sent(client, **old).status_code == 302
    event = Event.objects.get(verb="accounts.change_password")
    assert event.actor == person
    assert new not in str((event.before, event.after, event.details))


def test_the_page_opens_at_its_top(client, person):
    """A focus in the form of the password would scroll past everything before it."""
    assert "autofocus" not in client.get(ACCOUNT).text
