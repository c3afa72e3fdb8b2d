"""The whole portal of the example county, as a machine finds it from the front page: no dead link, no missing tag."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections import Counter, deque
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.utils.encoding import iri_to_uri
from selectolax.lexbor import LexborHTMLParser
from tests.journeys.serving import served
from tests.portal.tagging import canonical, faults, metas

from gongkai.core.siteaudit import PageKind
from gongkai.disclosure.declaring import kinds as declared_kinds

pytestmark = pytest.mark.slow

MOST = 250  # pages that are looked at; of a list its first page stands for the others
PASSED_BY = ("/admin/", "/preferences/", "/documents/")
LIST = 15  # pages of one kind (by what its address begins with) that are enough


@pytest.fixture(scope="module")
def origin(tmp_path_factory, example_county):
    with served(example_county, tmp_path_factory.mktemp("crawl")) as origin:
        yield origin


def get(address: str) -> tuple[int, str, str]:
    try:
        with urllib.request.urlopen(iri_to_uri(address), timeout=60) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, "", ""


def links(origin: str, address: str, text: str) -> list[str]:
    found = [one.attributes.get("href") or "" for one in LexborHTMLParser(text).css("a[href], link[href]")]
    whole = (urldefrag(urljoin(address, link)).url for link in found)
    return [one for one in whole if one.startswith(f"{origin}/") and not urlsplit(one).path.startswith(PASSED_BY)]


def kind_of(address: str, text: str) -> PageKind:
    if "ArticleTitle" in metas(text):
        return PageKind.CONTENT
    return PageKind.HOME if urlsplit(address).path == "/" else PageKind.COLUMN


def test_every_page_that_a_link_leads_to(origin):
    seen, waiting, dead, untold, kinds = {f"{origin}/"}, deque([(f"{origin}/", "")]), [], [], Counter()
    looked = 0
    while waiting and looked < MOST:
        address, came = waiting.popleft()
        family = tuple(urlsplit(address).path.split("/")[:3]) if not urlsplit(address).query else ("?",)
        kinds[family] += 1
        if kinds[family] > LIST:
            continue
        status, content, text = get(address)
        looked += 1
        if status != 200:
            dead.append(f"{status} {address} from {came}")
        if content != "text/html" or status != 200:
            continue
        untold += [f"{address}: {fault}" for fault in faults(text, kind_of(address, text))]
        assert canonical(text).startswith(origin)
        for link in links(origin, address, text):
            if link not in seen:
                seen.add(link)
                waiting.append((link, address))
    assert dead == []
    assert untold == []
    assert looked > 100


def test_every_address_of_the_sitemap(origin):
    index = get(f"{origin}/sitemap.xml")[2]
    parts = [one.text() for one in LexborHTMLParser(index).css("loc")]
    addresses = [one.text() for part in parts for one in LexborHTMLParser(get(part)[2]).css("loc")]
    assert len(addresses) == len(set(addresses)) > 100
    step = max(1, len(addresses) // 100)
    assert [address for address in addresses[::step] if get(address)[0] != 200] == []


def test_every_room_has_something_in_it(origin):
    """Every kind of content, and catalogues of the county and of a township."""
    records, catalogues = get(f"{origin}/records/")[2], get(f"{origin}/catalogues/")[2]
    assert len(re.findall(r"\b[1-9]\d* 条", records)) == len(declared_kinds())
    assert "共 4 份目录" in catalogues
