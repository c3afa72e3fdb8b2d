"""离站提示: shown for links that stand on a page, for no others; and it lends nobody the site's good name."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.portal import writing
from tests.portal.writing import ensure_portal

from gongkai.portal.leaving import leaves, way_to

TARGET = "https://www.gov.example/zhengce/?a=1&b=2"


@pytest.fixture
def article(county):
    ensure_portal()
    column = writing.through_the_gate(writing.column(writing.section(county.fgj)))
    body = (
        '<p><a href="https://www.gov.example/zhengce/?a=1&amp;b=2">政策</a> '
        '<a href="http://127.0.0.1:8000/x/">本站</a> <a href="#top">顶部</a></p>'
    )
    return writing.through_the_gate(writing.article(column, body=body))


def links(client, address, part="main") -> dict[str, dict[str, str]]:
    parsed = LexborHTMLParser(client.get(address).text)
    return {one.text(): one.attributes for one in parsed.css(f"{part} a")}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (TARGET, True),
        ("http://127.0.0.1:8000/x/", False),
        ("/x/", False),
        ("mailto:a@b.example", False),
        ("tel:12345", False),
        ("//evil.example/", True),  # by the scheme of the page itself
        ("/\\evil.example/", True),  # which browsers read as the same
    ],
)
def test_what_leaves(db, address, expected):
    ensure_portal()
    assert leaves(address) is expected
    assert (way_to(address) == address) is not expected


def test_a_link_in_a_text_leads_to_the_notice_and_on(client, article):
    found = links(client, article.url)
    assert found["政策"]["href"].startswith("/leaving/?to=https%3A%2F%2Fwww.gov.example")
    assert found["政策"]["data-to"] == TARGET
    assert (found["本站"]["href"], found["顶部"]["href"]) == ("http://127.0.0.1:8000/x/", "#top")
    answer = client.get(found["政策"]["href"], headers={"referer": f"http://testserver{article.url}"})
    assert "您访问的链接即将离开本站" in answer.text
    notice = links(client, found["政策"]["href"])
    assert notice["继续访问"]["href"] == TARGET
    assert "Refresh" not in answer.headers and 'http-equiv="refresh"' not in answer.text
    assert LexborHTMLParser(answer.text).css_first("main a:not(.button)").attributes["href"].endswith(article.url)


@pytest.mark.parametrize(
    "query", ["", "?to=https://evil.example/", "?to=https://evil.example/&sign=x", "?to=javascript:alert(1)&sign=x"]
)
def test_what_nobody_signed_is_refused(client, article, query):
    answer = client.get(f"/leaving/{query}")
    assert answer.status_code == 404
    assert "evil" not in str(links(client, f"/leaving/{query}"))


def test_a_signature_holds_for_its_own_address_alone(client, article):
    signed = links(client, article.url)["政策"]["href"]
    other = signed.replace("www.gov.example", "evil.example")
    assert client.get(other).status_code == 404
    assert client.get(signed + "0").status_code == 404


def test_the_way_back_is_never_to_another_host(client, article):
    signed = links(client, article.url)["政策"]["href"]
    page = LexborHTMLParser(client.get(signed, headers={"referer": "https://evil.example/"}).text)
    assert page.css_first("main a:not(.button)").attributes["href"] == "/"


def test_the_numbers_at_the_foot_go_the_same_way(client, county, people, article):
    from gongkai.portal.identity import identify

    identify(people.office, county.body, icp="川ICP备00000000号")
    assert links(client, "/", "footer")["川ICP备00000000号"]["href"].startswith("/leaving/?to=https%3A%2F%2Fbeian.miit")
