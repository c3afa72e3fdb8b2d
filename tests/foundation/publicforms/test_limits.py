"""Counting by address, in the database, for all processes together."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory

from gongkai.foundation.publicforms.addresses import address_hash, client_address
from gongkai.foundation.publicforms.jobs import forget
from gongkai.foundation.publicforms.limits import count_attempt
from gongkai.foundation.publicforms.models import Attempt

HOUR = timedelta(hours=1)


def attempt(address="192.0.2.1", form="feedback", limit=3, window=HOUR):
    return count_attempt(form, address, limit=limit, window=window)


@pytest.mark.django_db
def test_up_to_the_limit_and_no_further(watch):
    assert [attempt() for _ in range(3)] == [0, 0, 0]
    wait = attempt()
    assert 0 < wait <= 3600
    watch.pass_seconds(wait - 1)
    assert attempt() == 1
    watch.pass_seconds(1)
    assert attempt() == 0


@pytest.mark.django_db
def test_each_address_and_form_by_itself(watch):
    for _ in range(4):
        attempt()
    assert attempt(address="192.0.2.2") == 0
    assert attempt(form="application") == 0
    assert attempt() > 0


@pytest.mark.django_db
def test_neighbours_in_one_ipv6_network_are_one(watch):
    for number in range(3):
        attempt(address=f"2001:db8::{number}")
    assert attempt(address="2001:db8::ffff") > 0
    assert attempt(address="2001:db8:0:1::1") == 0


@pytest.mark.django_db
def test_no_address_is_kept(watch):
    attempt()
    assert "192.0.2.1" not in str(Attempt.objects.values().get())


def test_the_hash_is_another_one_tomorrow(watch):
    today = address_hash("192.0.2.1")
    assert address_hash("192.0.2.1") == today != address_hash("192.0.2.2")
    watch.pass_seconds(24 * 3600)
    assert address_hash("192.0.2.1") != today


@pytest.mark.django_db
def test_old_counts_are_forgotten(watch):
    attempt()
    watch.pass_seconds(3 * 24 * 3600)
    attempt()
    assert forget(None) == 1
    assert Attempt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_processes_count_together():
    together = threading.Barrier(6)
    waits: list[int] = []

    def submit() -> None:
        try:
            together.wait(5)
            waits.append(attempt(limit=4, window=timedelta(days=36500)))
        finally:
            connection.close()

    threads = [threading.Thread(target=submit) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(waits) == 6
    assert sum(wait == 0 for wait in waits) == 4
    assert Attempt.objects.get().count == 6


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (0, "", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (2, "1.2.3.4, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "<script>", ""),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_the_visitors_address(settings, proxies, forwarded, address):
    settings.GONGKAI_PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", **headers)) == address
