"""Asking whether addresses answer, against a real server."""

from gongkai.foundation.snapshots import probe


def test_what_answers_works_and_what_is_missing_does_not(site):
    told = probe([site("/page"), site("/gone"), site("/hop?left=2"), site("/hop?left=9")])
    assert [one.works for one in told.values()] == [True, False, True, False]
    assert told[site("/gone")].said == "状态码 404"
    assert "跳转" in told[site("/hop?left=9")].said


def test_a_large_file_is_not_taken(site, server):
    assert probe([site("/big")])[site("/big")].works


def test_an_address_is_asked_once(site, server):
    server.asked.clear()
    probe([site("/page"), site("/page")])
    assert server.asked == ["/page"]


def test_the_intranet_is_not_asked(settings):
    settings.GONGKAI_FETCH_PRIVATE = []
    told = probe(["http://10.0.0.1/", "http://localhost/", "ftp://x/", "http://[bad/"])
    assert [one.works for one in told.values()] == [False] * 4
