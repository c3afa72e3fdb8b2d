"""Fetching against a real server."""

import socket

import pytest

from gongkai.foundation.snapshots import Refused, Unreachable, fetch


def test_a_page(site, at):
    now = at("2026-03-02 10:00")
    fetched = fetch(site("/page"))
    assert (fetched.status, fetched.ok) == (200, True)
    assert fetched.url == fetched.final_url == site("/page")
    assert fetched.content_type == "text/html; charset=utf-8"
    assert "政务公开工作要点".encode() in fetched.body
    assert fetched.fetched_at == now


def test_a_missing_page_is_an_answer(site):
    fetched = fetch(site("/gone"))
    assert (fetched.status, fetched.ok) == (404, False)


def test_redirects_are_followed_five_times(site):
    fetched = fetch(site("/hop?left=4"))
    assert fetched.url == site("/hop?left=4")
    assert fetched.final_url == site("/page")
    with pytest.raises(Unreachable, match="跳转超过 5 次"):
        fetch(site("/hop?left=5"))


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://169.254.169.254/latest/",
        "file:///etc/passwd",
        "http://10.0.0.1:22/",
    ],
)
def test_a_redirect_into_the_intranet_is_refused(site, target):
    with pytest.raises(Refused):
        fetch(site(f"/away?to={target}"))


def test_without_the_setting_this_machine_is_refused_and_never_asked(server, settings):
    settings.GONGKAI_FETCH_PRIVATE = []
    server.asked.clear()
    for url in (server("/page"), f"http://localhost:{server.port}/page"):
        with pytest.raises(Refused):
            fetch(url)
    assert server.asked == []


def test_a_name_of_this_machine_on_an_open_port_is_refused_at_connection(settings):
    settings.GONGKAI_FETCH_PRIVATE = []
    with pytest.raises(Refused, match="localhost 指向"):
        fetch("http://localhost/")


def test_a_name_that_turns_to_an_internal_address_is_refused(server, settings, monkeypatch):
    """DNS rebinding: the connection uses the very answer that is checked."""
    settings.GONGKAI_FETCH_PRIVATE = []
    answers = []

    def rebinding(host, port, *args, **kwargs):
        answers.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with pytest.raises(Refused, match=r"127\.0\.0\.1"):
        fetch("http://www.county.example/")
    assert answers == ["www.county.example"], "resolved once, no second question whose answer nobody checks"


@pytest.mark.parametrize("path", ["/big", "/bomb"])
def test_too_much_is_cut_off(site, path):
    with pytest.raises(Unreachable, match="超过 1 MB"):
        fetch(site(path), size=1024 * 1024)


def test_a_server_that_drips_is_left(site):
    with pytest.raises(Unreachable, match="没有完整应答"):
        fetch(site("/slow"), seconds=0.5)


def test_half_an_answer_is_none(site):
    with pytest.raises(Unreachable, match="应答不完整"):
        fetch(site("/cut"))


def test_nobody_there(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    settings.GONGKAI_FETCH_PRIVATE = [host]
    with pytest.raises(Unreachable, match="无法连接"):
        fetch(f"http://{host}/")


def test_an_unknown_name():
    with pytest.raises(Unreachable, match="域名无法解析"):
        fetch("http://nothing-here.invalid/")


def test_no_tls_where_tls_is_asked_for(site):
    with pytest.raises(Unreachable):
        fetch(site("/page").replace("http:", "https:"))


def test_no_cookies_are_kept(site):
    assert fetch(site("/cookie")).body == fetch(site("/cookie")).body == b"none"
