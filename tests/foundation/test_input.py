"""Requests that no browser sends end as 400, not as an error of the database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foundation.input import number, numbers


@pytest.mark.parametrize("text", [None, "", "abc", "-1", "1.5", "²", "٣", "９", "1" * 19, "9" * 5000, "1 ", "\0"])
def test_no_number(text):
    assert number(text) is None


@given(st.integers(0, 10**18 - 1))
def test_a_number(value):
    assert number(str(value)) == value


def test_the_numbers_among_texts():
    assert numbers(["7", "x", "9" * 40, "007"]) == [7, 7]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/%00/",
        "/nowhere/%00",
        "/?q=%00",
        "/?%00=1",
        "/ledger/2023/%00/",
        "/api/v1/ledger?county=%00",
        "/preferences/?next=%00",
    ],
)
def test_nul_in_an_address(client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert "无法识别这次请求" in answer.text


@pytest.mark.django_db
def test_nul_in_a_form_or_a_cookie(client):
    assert client.post("/admin/login/", {"username": "a\0b", "password": "x"}).status_code == 400
    client.cookies["sessionid"] = '"12345678\\000"'
    assert client.get("/").status_code in (200, 400, 404)


@pytest.mark.django_db
def test_bytes_that_are_no_utf8(client):
    assert client.get("/?q=%ff%fe").status_code < 500
    assert client.get("/ledger/2023/%ff/").status_code == 404
