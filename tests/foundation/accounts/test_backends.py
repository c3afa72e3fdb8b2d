"""The people of the example county, whose passwords everybody knows, cannot sign in where it counts."""

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory


@pytest.mark.django_db
@pytest.mark.parametrize(("demo", "production", "enters"), [(1, 1, False), (1, 0, True), (0, 1, True), (0, 0, True)])
def test_demo_people_and_production(django_user_model, settings, demo, production, enters):
    settings.PRODUCTION = bool(production)
    django_user_model.objects.create_user("somebody", password="gongkai-demo", demo=bool(demo))
    request = RequestFactory().post("/admin/login/")
    assert bool(authenticate(request, username="somebody", password="gongkai-demo")) == enters


@pytest.mark.django_db
def test_a_session_of_a_demo_person_ends_in_production(client, django_user_model, settings):
    user = django_user_model.objects.create_user("somebody", demo=True)
    client.force_login(user, backend="gongkai.foundation.accounts.backends.PasswordBackend")
    settings.PRODUCTION = True
    assert client.get("/admin/notices/").status_code == 302
