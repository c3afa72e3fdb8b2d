"""Wagtail's screens speak Chinese as ours do, and ask nobody for a time zone."""

import json
import re
import subprocess
from pathlib import Path

import pytest
import wagtail.admin
from selectolax.lexbor import LexborHTMLParser

import gongkai.office

LOCALE = Path(gongkai.office.__file__).parent / "locale" / "zh_Hans" / "LC_MESSAGES"
ENGLISH = re.compile(r"\b(?!Wagtail|Excel|Word\b)[A-Z][a-z]{3,}\b(?! *\()")


def said(page) -> list[str]:
    """The words of a page, those for screen readers included."""
    tree = LexborHTMLParser(page.text)
    for node in tree.css("script, style, svg, template"):
        node.decompose()
    named = [
        node.attributes.get(name) or ""
        for node in tree.css("[aria-label], [title]")
        for name in ("aria-label", "title")
    ]
    return [tree.body.text(separator="\n"), tree.css_first("title").text(), *named]


ADDRESSES = ["bodies/", "people/", "channels/sites/", "jobs/runs/", "review/", "account/"]
ADDRESSES += ["rectification/", "rectification/?q=x&overdue=yes", "rectification/board/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_english_is_left(address, county, enter):
    from gongkai.portal.structure import ensure_portal

    ensure_portal()
    page = enter(county.office).get(f"/admin/{address}")
    assert page.status_code == 200
    assert ENGLISH.findall("\n".join(said(page))) == []


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_the_translation_in_use_is_the_one_that_is_written(tmp_path, domain):
    made = tmp_path / "made.mo"
    try:
        subprocess.run(["msgfmt", "-o", made, LOCALE / f"{domain}.po"], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("msgfmt (gettext) is not installed")
    assert made.read_bytes() == (LOCALE / f"{domain}.mo").read_bytes()


def test_scripts_leave_no_word_in_english(client):
    """Every word that Wagtail's scripts know has a translation."""
    given = re.search(r"newcatalog = (\{.*?\});", client.get("/admin/jsi18n/").text, re.DOTALL)
    known = set(json.loads(given[1]))
    source = (Path(wagtail.admin.__file__).parent / "locale/en/LC_MESSAGES/djangojs.po").read_text()
    assert set(re.findall(r'^msgid "(.+)"$', source, re.MULTILINE)) - known == set()
