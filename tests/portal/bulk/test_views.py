"""Each body sees and touches its own section only: explorer, editor, choosers, search, acts on many pages."""

from __future__ import annotations

import pytest
from tests.portal import writing
from tests.portal.writing import ensure_portal

from gongkai.portal.models import Act, ArticlePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(county, people):
    ensure_portal()
    mine = writing.column(writing.section(county.fgj), "通知公告")
    theirs = writing.column(writing.section(county.czj), "财政信息")
    return {
        "mine": writing.article(mine, "发改局的文章"),
        "theirs": writing.article(theirs, "财政局的文章"),
        "my column": mine,
        "their column": theirs,
        "my other column": writing.column(writing.section(county.fgj), "重点项目"),
    }


@pytest.fixture
def clerk(client, people):
    client.force_login(people.clerk)
    return client


def text(answer) -> str:
    return answer.content.decode()


def test_the_explorer_leads_to_the_own_section_only(clerk, pages):
    own = text(clerk.get(f"/admin/pages/{pages['my column'].pk}/"))
    assert "发改局的文章" in own and "财政局" not in own
    answer = clerk.get(f"/admin/pages/{pages['their column'].pk}/")
    assert answer.status_code in (302, 403, 404)
    root = clerk.get("/admin/pages/", follow=True)
    assert "财政局" not in text(root)


def test_the_editor_of_another_body_is_closed(clerk, pages):
    assert clerk.get(f"/admin/pages/{pages['mine'].pk}/edit/").status_code == 200
    assert clerk.get(f"/admin/pages/{pages['theirs'].pk}/edit/").status_code in (302, 403, 404)


@pytest.mark.usefixtures("search_index")
def test_search_finds_the_own_pages_only(clerk, pages):
    found = text(clerk.get("/admin/pages/search/?q=文章"))
    assert "财政局的文章" not in found
    assert "财政局的文章" not in text(clerk.get("/admin/pages/search/"))


@pytest.mark.usefixtures("search_index")
def test_choosers_show_the_own_section_only(clerk, pages):
    shown = lambda address: clerk.get(f"/admin/choose-page/{address}").json()["html"]  # noqa: E731
    assert "发改局的文章" in shown(f"{pages['my column'].pk}/")
    assert clerk.get(f"/admin/choose-page/{pages['their column'].pk}/").status_code == 404  # nobody read it yet
    theirs = writing.through_the_gate(pages["their column"])
    assert theirs.title in shown(f"{theirs.pk}/") and "财政局的文章" not in shown(f"{theirs.pk}/")
    assert "财政局的文章" not in clerk.get("/admin/choose-page/search/?q=文章").content.decode()


def bulk(action: str, *pages) -> str:
    ids = "&".join(f"id={page.pk}" for page in pages)
    return f"/admin/bulk/wagtailcore/page/{action}/?next=/admin/pages/&{ids}"


def test_many_pages_are_moved_and_the_way_back_is_offered(clerk, pages):
    address = bulk("move", pages["mine"])
    assert "栏目属于签发的内容" in text(clerk.get(address))
    answer = clerk.post(address, {"target": pages["my other column"].pk, "reason": "归类"}, follow=True)
    act = Act.objects.get()
    assert ArticlePage.objects.get(pk=pages["mine"].pk).get_parent().pk == pages["my other column"].pk
    assert f"/admin/portal/acts/{act.pk}/" in text(answer)
    assert "撤销这次操作" in text(clerk.get(f"/admin/portal/acts/{act.pk}/"))
    assert "已撤销" in text(clerk.post(f"/admin/portal/acts/{act.pk}/", follow=True))
    assert ArticlePage.objects.get(pk=pages["mine"].pk).get_parent().pk == pages["my column"].pk


def test_pages_of_another_body_are_not_moved(clerk, pages):
    answer = clerk.post(
        bulk("move", pages["mine"], pages["theirs"]), {"target": pages["my other column"].pk, "reason": "归类"}
    )
    assert answer.status_code == 302  # what may be moved was
    assert ArticlePage.objects.get(pk=pages["theirs"].pk).get_parent().pk == pages["their column"].pk


def test_what_the_verb_refuses_is_said_in_the_form(clerk, pages):
    answer = clerk.post(bulk("move", pages["mine"]), {"target": pages["their column"].pk, "reason": "划转"})
    assert "没有权限" in text(answer) and not Act.objects.exists()


def test_withdrawing_is_said_to_be_the_leaders(client, people, pages):
    column = writing.through_the_gate(pages["my column"])
    page = writing.through_the_gate(writing.article(column, "公开的文章"))
    client.force_login(people.clerk)
    assert "没有权限" in text(client.post(bulk("unpublish", page), {"reason": "有误"}))
    client.force_login(people.office)
    client.post(bulk("unpublish", page), {"reason": "有误"})
    assert not ArticlePage.objects.get(pk=page.pk).live


def test_acts_of_another_body_are_not_shown(client, people, clerk, pages):
    clerk.post(bulk("move", pages["mine"]), {"target": pages["my other column"].pk, "reason": "归类"})
    act = Act.objects.get()
    assert "移动 1 个页面" in text(clerk.get("/admin/portal/acts/"))
    client.force_login(people.other_clerk)
    assert client.get(f"/admin/portal/acts/{act.pk}/").status_code == 404
    assert "移动 1 个页面" not in text(client.get("/admin/portal/acts/"))


@pytest.mark.parametrize("action", ["publish", "delete"])
def test_no_other_act_reaches_the_public(clerk, pages, action):
    assert clerk.get(bulk(action, pages["mine"])).status_code in (200, 404)
    clerk.post(bulk(action, pages["mine"]))
    assert not ArticlePage.objects.filter(live=True).exists()
