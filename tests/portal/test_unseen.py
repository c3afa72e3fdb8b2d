"""Titles of another body's drafts and files, asked for by their numbers wherever Wagtail would tell them."""

from __future__ import annotations

import pytest
from tests.portal import writing
from tests.portal.writing import ensure_portal

HIDDEN = "财政局未公开的文章"


@pytest.fixture
def theirs(county):
    ensure_portal()
    return writing.article(writing.column(writing.section(county.czj)), HIDDEN)


@pytest.fixture
def own(county, theirs):
    return writing.article(writing.column(writing.section(county.fgj)), "发改局未公开的文章")


@pytest.fixture
def clerk(people, client, theirs):
    client.force_login(people.clerk)
    return client


CHOOSERS = ("/admin/choose-page/{page}/", "/admin/choose-page/chosen-multiple/?id={page}")


@pytest.mark.parametrize("address", CHOOSERS)
def test_not_by_the_choosers(clerk, theirs, own, address):
    refused = clerk.get(address.format(page=theirs.pk))
    assert refused.status_code == 404 and HIDDEN not in refused.text
    assert clerk.get(address.format(page=own.pk)).status_code == 200


def test_public_pages_may_be_gone_into(clerk, theirs, county):
    assert clerk.get(f"/admin/choose-page/{writing.section(county.czj).pk}/").status_code == 200


def test_a_superuser_sees_them(client, person, theirs):
    client.force_login(person("root", is_superuser=True))
    assert client.get(CHOOSERS[1].format(page=theirs.pk)).status_code == 200


def test_not_before_a_move(clerk, theirs, own):
    refused = clerk.get(f"/admin/pages/{theirs.pk}/move/{own.get_parent().pk}/confirm/")
    assert refused.status_code == 404 and HIDDEN not in refused.text


@pytest.mark.parametrize("action", ["delete", "move", "unpublish"])
@pytest.mark.parametrize("chosen", ["id={page}", "id=all", "id=all&childOf={column}"])
def test_not_by_acts_on_many_pages(clerk, theirs, action, chosen):
    chosen = chosen.format(page=theirs.pk, column=theirs.get_parent().pk)
    assert HIDDEN not in clerk.get(f"/admin/bulk/wagtailcore/page/{action}/?{chosen}").text


def test_not_by_acts_on_many_files(clerk, theirs, county):
    file = writing.file(county.czj)
    answer = clerk.get(f"/admin/bulk/portal/attachmentfile/delete/?id={file.pk}")
    assert answer.status_code == 200 and file.title not in answer.text


@pytest.mark.parametrize(
    "address", ["/admin/api/main/documents/", "/admin/api/main/documents/{file}/", "/admin/reports/page-types-usage/"]
)
def test_nor_by_lists_of_everything(clerk, theirs, county, address):
    assert clerk.get(address.format(file=writing.file(county.czj).pk)).status_code in (302, 403)
