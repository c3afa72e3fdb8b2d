"""The kept page given by the web server's application, ahead of Django."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.signals import request_started
from django.db import DatabaseError, close_old_connections
from django.test import Client, RequestFactory
from tests.portal import writing
from tests.portal.writing import ensure_portal
from tests.review.passing import holder

from gongkai.config import wsgi
from gongkai.foundation.access import Role
from gongkai.portal.pagecache import front
from gongkai.portal.pagecache import memory as kept
from gongkai.review.models import Release, State
from gongkai.review.services import withdraw

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("nothing_kept")]


@pytest.fixture(autouse=True)
def connection_stays(monkeypatch):
    # As `Client` does: the connection of a test, in the middle of its transaction, is not for a request to close.
    monkeypatch.setattr(front, "close_old_connections", lambda: None)
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


@pytest.fixture
def article(county):
    ensure_portal()
    return writing.through_the_gate(
        writing.article(writing.through_the_gate(writing.column(writing.section(county.fgj))))
    )


def ask(url: str, application=wsgi.application, **environ) -> SimpleNamespace:
    """What the web server would send: status, headers, bytes."""
    told = RequestFactory().get(url).environ | environ
    said = SimpleNamespace()

    def start_response(status, headers, exc_info=None):
        said.status, said.headers = status, headers

    said.content = b"".join(application(told, start_response))
    return said


def never(environ, start_response):
    raise AssertionError("Django was asked")


def test_given_without_django_as_django_gave_it(article):
    first = ask(article.url)
    assert first.status == "200 OK"
    again = ask(article.url, front.in_front_of(never))
    assert (again.status, again.content) == ("200 OK", first.content)
    assert sorted(again.headers) == sorted(first.headers)


def test_one_query_whoever_gives(article, django_assert_num_queries):
    ask(article.url)
    with django_assert_num_queries(1):
        ask(article.url)
    with django_assert_num_queries(1):
        Client().get(article.url)  # what the web server's application kept, the middleware gives: the keys are the same


def test_making_a_page_looks_at_the_stamp_once(article, django_assert_max_num_queries):
    Client().get(article.url)
    kept.memory.clear()
    with django_assert_max_num_queries(12):
        ask(article.url)


def test_what_is_withdrawn_is_not_given(article, county):
    ask(article.url)
    release = Release.objects.get(object_id=article.pk, kind="portal.article", state=State.APPROVED)
    withdraw(holder(county.fgj, Role.LEADER), release, "有误")
    assert ask(article.url).status.startswith("410")


@pytest.mark.parametrize(
    "environ",
    [
        {"REQUEST_METHOD": "POST"},
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "view=elder"},
        {"HTTP_HOST": "other.example.gov.cn"},
        {"wsgi.url_scheme": "https"},
        {"QUERY_STRING": "a=1"},
    ],
)
def test_another_request_is_not_given_it(article, environ):
    ask(article.url)
    with pytest.raises(AssertionError, match="Django was asked"):
        ask(article.url, front.in_front_of(never), **environ)


def test_what_a_proxy_says_of_the_scheme_counts(article, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert ask(article.url, HTTP_X_FORWARDED_PROTO="https").status == "200 OK"
    with pytest.raises(AssertionError, match="Django was asked"):
        ask(article.url, front.in_front_of(never), HTTP_X_FORWARDED_PROTO="http")


def test_a_database_that_fails_is_for_django_to_say(monkeypatch):
    def fails(environ):
        raise DatabaseError("gone")

    monkeypatch.setattr(front, "look", fails)
    with pytest.raises(AssertionError, match="Django was asked"):
        ask("/", front.in_front_of(never))
