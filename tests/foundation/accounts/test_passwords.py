"""A temporary password opens one door: the one to a password of one's own."""

import pytest
from django.urls import reverse

from gongkai.foundation.accounts.services import ALPHABET, LENGTH, give_temporary_password

pytestmark = pytest.mark.django_db
ACCOUNT = "wagtailadmin_account"


@pytest.fixture
def li(person):
    return person("li", name="李明", is_superuser=True)


def account_form(client, **fields):
    """The account screen's data as a browser would send them."""
    page = client.get(reverse(ACCOUNT))
    forms = [panel.get_form() for panels in page.context["panels_by_tab"].values() for panel in panels]
    data = {form.add_prefix(name): form[name].value() for form in forms for name in form.fields if form[name].value()}
    return data | fields


def test_it_is_random_long_and_easy_to_read(li):
    given = {give_temporary_password(li) for _ in range(20)}
    assert len(given) == 20
    assert all(len(password) == LENGTH and set(password) <= set(ALPHABET) for password in given)
    assert not set(ALPHABET) & set("0O1lI")


def test_it_works_and_replaces_the_old_one(li):
    password = give_temporary_password(li)
    li.refresh_from_db()
    assert li.check_password(password)
    assert not li.check_password("gongkai-demo")
    assert li.must_change_password


def test_every_other_page_leads_to_the_account(client, li):
    give_temporary_password(li)
    client.force_login(li)
    for name in ("wagtailadmin_home", "wagtailadmin_explore_root", "schedules_overview"):
        response = client.get(reverse(name))
        assert response.status_code == 302
        assert response.url.startswith(reverse(ACCOUNT))
    page = client.get(reverse(ACCOUNT))
    assert page.status_code == 200
    assert "临时密码" in page.content.decode()


def test_changing_it_opens_the_rest(client, li):
    password = give_temporary_password(li)
    client.force_login(li)
    data = account_form(
        client,
        **{
            "password-old_password": password,
            "password-new_password1": "qingshan-lvshui-26",
            "password-new_password2": "qingshan-lvshui-26",
        },
    )
    assert client.post(reverse(ACCOUNT), data).status_code == 302
    li.refresh_from_db()
    assert not li.must_change_password
    assert li.check_password("qingshan-lvshui-26")
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def test_saving_the_account_without_a_new_password_opens_nothing(client, li):
    give_temporary_password(li)
    client.force_login(li)
    client.post(reverse(ACCOUNT), account_form(client))
    li.refresh_from_db()
    assert li.must_change_password


def test_signing_out_is_always_possible(client, li):
    give_temporary_password(li)
    client.force_login(li)
    assert client.post(reverse("wagtailadmin_logout")).url == reverse("wagtailadmin_login")


def test_people_set_their_name_phone_and_mail(client, li):
    client.force_login(li)
    prefix = "name_email"
    data = account_form(client, **{f"{prefix}-name": "李小明", f"{prefix}-email": "li@county.example"})
    assert client.post(reverse(ACCOUNT), data).status_code == 302
    li.refresh_from_db()
    assert (str(li), li.email) == ("李小明", "li@county.example")


def test_whoever_has_no_name_goes_by_the_user_name(person):
    assert str(person("clerk.01")) == "clerk.01"
    assert person("zhang", name="张华").get_short_name() == "张华"
