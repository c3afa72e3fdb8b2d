"""Bulk actions from a list: done, undone, refused; the way back stays on the site."""

import re

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from tests.ledger import builders

from gongkai.foundation.access import Role
from gongkai.ledger.models import Batch, State
from gongkai.ledger.views.bulk import BULK, tell

LIST = "/admin/ledger/tasks/"


@pytest.fixture
def several(plan, county):
    """Three submitted tasks of the finance bureau."""
    return [builders.assign(builders.make_item(plan, str(n)), county.czj, State.SUBMITTED) for n in (1, 2, 3)]


def post(client, action, many, note="", after=LIST):
    data = {"action": action, "id": [one.pk for one in many], "note": note, "next": after}
    return client.post("/admin/ledger/bulk/", data, follow=True)


def said(answer):
    return [re.sub(r"<[^>]+>", "", str(message)).strip() for message in answer.context["messages"]]


def test_closed_and_undone(several, county, enter):
    client = enter(county.office)
    answer = post(client, "close", several[:2])
    assert said(answer)[0].startswith("已办结 2 项。")
    assert builders.states(several) == ["accepted", "accepted", "submitted"]
    undo = re.search(r'action="(/admin/ledger/undo/\d+/)"', answer.text)[1]
    assert said(client.post(undo, {"next": LIST}, follow=True)) == ["已撤销 2 项"]
    assert builders.states(several) == ["submitted"] * 3
    assert said(client.post(undo, {"next": LIST}, follow=True)) == ["该批量操作已经撤销"]


def test_nobody_undoes_the_work_of_another(several, county, enter):
    post(enter(county.office), "close", several)
    assert enter(county.clerk).post(f"/admin/ledger/undo/{Batch.objects.get().pk}/").status_code == 404


def test_returning_demands_words_and_keeps_the_ticks(several, county, enter):
    client = enter(county.office)
    answer = post(client, "return", several[:2])
    assert said(answer) == ["未退回：请填写退回意见"]
    assert answer.context["ticked"] == [one.pk for one in several[:2]]
    assert answer.text.count("checked") == 2
    assert client.get(LIST).text.count(" checked") == 0, "told once"
    post(client, "return", several[:2], "请补充链接")
    assert builders.states(several) == ["returned", "returned", "submitted"]


def test_what_could_not_be_done_stays_ticked_with_its_words(several, plan, county, enter):
    early = builders.assign(builders.make_item(plan, "4"), county.czj)
    answer = post(enter(county.office), "return", [several[0], early], "请补充")
    assert said(answer)[0].startswith("已退回 1 项。") and said(answer)[1].startswith(str(early))
    assert answer.context["ticked"] == [early.pk] and answer.context["note"] == "请补充"


def test_many_refusals_are_summed_up(plan, county, enter):
    many = [builders.assign(builders.make_item(plan, str(n)), county.czj) for n in range(1, 9)]
    answer = post(enter(county.office), "close", many)
    (words,) = said(answer)
    assert words.startswith("8 项未办结：该任务现为“待签收”") and words.endswith(" 等）")
    assert words.count("公开重大项目建设信息") == 3


def test_of_many_reasons_the_first_five_are_told(rf, county):
    request = rf.post("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    refused = [{"id": n, "name": f"任务{n}", "why": f"理由{min(n, 7)}"} for n in range(1, 10)]
    tell(request, BULK["close"], {"batch": None, "done": [], "refused": refused})
    told = [str(message) for message in request._messages]
    assert told[0] == "任务1：理由1" and told[-1] == "另有 4 项未办理" and len(told) == 6


@pytest.mark.parametrize(("action", "ids"), [("close", False), ("nonsense", True), ("", False)])
def test_nothing_chosen(action, ids, several, county, enter):
    assert said(post(enter(county.office), action, several if ids else [])) == ["请先勾选任务"]
    assert builders.states(several) == ["submitted"] * 3


def test_what_is_out_of_reach_is_not_chosen(several, county, enter):
    answer = post(enter(county.other_clerk), "accept", several, after="/admin/ledger/mine/")
    assert said(answer) == ["请先勾选任务"]


def test_a_clerk_accepts_many_and_needs_no_words(plan, county, enter):
    many = [builders.assign(builders.make_item(plan, str(n)), county.czj) for n in (1, 2)]
    client = enter(county.clerk)
    page = client.get("/admin/ledger/mine/")
    assert [action.key for action in page.context["bulk_actions"]] == ["accept"]
    assert 'name="note"' not in page.text
    post(client, "accept", many, after="/admin/ledger/mine/")
    assert builders.states(many) == ["in-progress"] * 2


def test_a_clerk_cannot_close(several, county, enter):
    answer = post(enter(county.clerk), "close", several, after="/admin/ledger/mine/")
    assert builders.states(several) == ["submitted"] * 3 and said(answer)


@pytest.mark.parametrize("after", ["https://example.com/", "//example.com/", "javascript:alert(1)", ""])
def test_the_way_back_never_leaves_the_site(after, several, county, enter):
    answer = post(enter(county.office), "close", several, after=after)
    assert answer.redirect_chain == [("/admin/ledger/", 302)]


def test_urging_many(plan, county, enter):
    many = [builders.assign(builders.make_item(plan, str(n)), county.czj, State.IN_PROGRESS) for n in (1, 2, 3)]
    answer = post(enter(county.office), "urge", many, "请尽快")
    assert said(answer)[0].startswith("已催办 3 项。")
    assert "/admin/ledger/undo/" not in answer.text.split("messages", 1)[1].split("</ul>", 1)[0]


def test_the_office_sees_three_and_a_leader_none(several, county, enter):
    assert [action.key for action in enter(county.office).get(LIST).context["bulk_actions"]] == [
        "close",
        "return",
        "urge",
    ]
    page = enter(county.people["czj", Role.LEADER]).get("/admin/ledger/mine/")
    assert page.context["bulk_actions"] == [] and "data-ledger-all" not in page.text
