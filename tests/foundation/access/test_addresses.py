"""A view that nobody declared is closed to everybody."""

from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.urls import path, reverse

from gongkai.config.urls import urlpatterns as product
from gongkai.foundation.access import Role
from gongkai.foundation.access.addresses import name_of, row_for

urlpatterns = [
    path("dummy/", lambda request: HttpResponse("公示"), name="dummy_front"),
    path("dummy/books/", lambda request: HttpResponse("账目"), name="dummy_books"),
    path("dummy/forgotten/", lambda request: HttpResponse("漏了"), name="dummy_forgotten"),
    *product,
]


@pytest.fixture
def site(settings, client):
    settings.ROOT_URLCONF = __name__
    return client


def test_a_name_goes_before_a_pattern_and_a_long_pattern_before_a_short():
    assert row_for("wagtailadmin_login").key == "wagtailadmin_login"
    assert row_for("wagtailadmin_explore_root").key == "wagtailadmin_explore*"
    assert row_for("nobody_declared_this") is None


def test_a_view_without_a_name_goes_by_its_path():
    match = SimpleNamespace(view_name=None, func=test_a_view_without_a_name_goes_by_its_path)
    assert name_of(match).endswith(".test_a_view_without_a_name_goes_by_its_path")


@pytest.mark.django_db
def test_the_public_page_is_open(site):
    assert site.get("/dummy/").content.decode() == "公示"


@pytest.mark.django_db
def test_a_page_for_a_role(site, person, roles):
    response = site.get("/dummy/books/")
    assert response.status_code == 302
    assert response.url == f"{reverse('wagtailadmin_login')}?next=/dummy/books/"
    auditor, clerk = person("auditor"), person("clerk")
    roles.give(auditor, Role.AUDITOR)
    roles.give(clerk, Role.CLERK, 1)
    site.force_login(clerk)
    assert site.get("/dummy/books/").status_code == 403
    site.force_login(auditor)
    assert site.get("/dummy/books/").content.decode() == "账目"


@pytest.mark.django_db
def test_a_forgotten_page_is_closed_even_to_superusers(site, person, roles):
    assert site.get("/dummy/forgotten/").status_code == 403
    site.force_login(person("root", is_superuser=True))
    assert site.get("/dummy/forgotten/").status_code == 403
