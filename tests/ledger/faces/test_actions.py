"""Every action on the page of an assignment: done, a field missing, refused by rights, refused by state."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from selectolax.lexbor import LexborHTMLParser
from tests.ledger import builders

from gongkai.foundation.access import Role, rights_of
from gongkai.ledger.models import Evidence, EvidenceUse, LinkState, State
from gongkai.ledger.services import check_in, delegate, urge
from gongkai.ledger.views.actions import ACTIONS, BY_KEY, possible
from gongkai.review.models import Release

# action: who may, the state it wants, what is typed, the field that may not be empty
CASES = {
    "accept": ("clerk", State.TO_ACCEPT, {}, None),
    "submit": ("clerk", State.IN_PROGRESS, {"note": "无网页，已在大厅公示"}, None),
    "close": ("office", State.SUBMITTED, {"note": "同意"}, None),
    "return": ("office", State.SUBMITTED, {"reason": "请补充链接"}, "reason"),
    "check-in": ("clerk", State.IN_PROGRESS, {"period": "2023Q1", "progress": "公开 3 条", "note": ""}, "progress"),
    "link": ("clerk", State.IN_PROGRESS, {"url": "https://www.example.gov.cn/a.html", "title": "公告"}, "url"),
    "file": ("clerk", State.IN_PROGRESS, {"title": "方案"}, "file"),
    "note": ("clerk", State.IN_PROGRESS, {"title": "说明", "text": "已办理"}, "text"),
    "delegate": ("clerk", State.IN_PROGRESS, {"handler": "reviewer"}, "handler"),
    "urge": ("office", State.IN_PROGRESS, {"note": "请尽快"}, None),
    "extend": ("office", State.IN_PROGRESS, {"due": "2024-01-31", "rule": "批示", "reason": "项目推迟"}, "rule"),
    "reopen": ("office", State.ACCEPTED, {"reason": "链接失效"}, "reason"),
    "withdraw": ("office", State.IN_PROGRESS, {"reason": "职责划转"}, "reason"),
    "comment": ("clerk", State.IN_PROGRESS, {"text": "请问以哪个文件为准"}, "text"),
}


@pytest.fixture
def standing(item, county, settings, tmp_path):
    """`standing(state)`: the finance bureau's assignment in that state."""
    settings.STORAGES = settings.STORAGES | {
        "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    return lambda state: builders.assign(item, county.czj, state)


def typed(key, county, **changes):
    data = {**CASES[key][2], **changes}
    if data.get("handler") == "reviewer":
        data["handler"] = county.people["czj", Role.REVIEWER].pk
    if key == "file" and "file" not in changes:
        data["file"] = SimpleUploadedFile("方案.txt", "已公开".encode())
    return {f"{key}-{name}": value for name, value in data.items() if value is not None}


def act(client, assignment, key, data, **extra):
    return client.post(f"/admin/ledger/assignments/{assignment.pk}/{key}/", data, **extra)


def test_every_action_is_tried_here():
    assert set(CASES) == {action.key for action in ACTIONS}


@pytest.mark.parametrize("key", CASES)
def test_done(key, standing, county, enter):
    who, state, _typed, _field = CASES[key]
    one = standing(state)
    answer = act(enter(getattr(county, who)), one, key, typed(key, county), follow=True)
    if key == "withdraw":  # the page is still there, without anything left to do
        assert answer.context["one"].withdrawn
    assert answer.redirect_chain == [(f"/admin/ledger/assignments/{one.pk}/", 302)], answer.text[-2000:]
    assert str(BY_KEY[key].done) in [str(message) for message in answer.context["messages"]]


@pytest.mark.parametrize("key", [key for key, case in CASES.items() if case[3]])
def test_an_empty_field_says_so_and_keeps_what_was_typed(key, standing, county, enter):
    who, state, words, field = CASES[key]
    one = standing(state)
    data = typed(key, county, **{field: None})
    answer = act(enter(getattr(county, who)), one, key, data)
    assert answer.status_code == 422
    form = answer.context["now"] + answer.context["adding"] + answer.context["more"]
    bound = next(entry["form"] for entry in form if entry["action"].key == key)
    assert list(bound.errors) == [field]
    page = LexborHTMLParser(answer.text)
    link = page.css_first("#errors a").attributes["href"]
    assert page.css_first(link).attributes["name"] == f"{key}-{field}", "the summary leads to the field"
    assert page.css_first(f"#id_{key}-{field}_error").text() in page.css_first("#errors").text()
    for name in set(words) - {field, "handler"}:
        assert words[name] in answer.text
    one.refresh_from_db()
    assert one.state == state


@pytest.mark.parametrize("key", CASES)
def test_refused_by_rights(key, standing, county, enter):
    who, state, _typed, _field = CASES[key]
    one = standing(state)
    other = enter(county.clerk if who == "office" else county.people["qs", Role.AUDITOR])
    answer = act(other, one, key, typed(key, county))
    assert answer.status_code in (403, 422)
    assert f'href="/admin/ledger/assignments/{one.pk}/{key}/"' not in answer.text
    one.refresh_from_db()
    assert (one.state, one.withdrawn) == (state, False)


@pytest.mark.parametrize(
    ("key", "state"),
    [
        ("accept", State.IN_PROGRESS),
        ("submit", State.ACCEPTED),
        ("close", State.IN_PROGRESS),
        ("return", State.ACCEPTED),
        ("reopen", State.SUBMITTED),
        ("note", State.ACCEPTED),
    ],
)
def test_refused_by_state(key, state, standing, county, enter):
    one = standing(state)
    answer = act(enter(getattr(county, CASES[key][0])), one, key, typed(key, county))
    assert answer.status_code == 422
    one.refresh_from_db()
    assert one.state == state


@pytest.mark.parametrize("key", ["nonsense", "release"])
def test_an_action_that_is_not_there(key, standing, county, enter):
    assert act(enter(county.office), standing(State.SUBMITTED), key, {}).status_code == 404


def test_only_actions_that_can_be_taken_are_offered(standing, county):
    one = standing(State.SUBMITTED)
    keys = lambda user: {action.key for action in possible(one, rights_of(user))}  # noqa: E731
    assert {"close", "return", "urge", "extend"} <= keys(county.office)
    assert not {"accept", "submit", "link"} & keys(county.clerk)
    assert keys(county.people["qs", Role.AUDITOR]) == set()
    one.plan.state = "archived"
    assert keys(county.office) == set()


def test_a_deadline_far_away_is_refused_with_what_was_typed(standing, county, enter):
    one = standing(State.IN_PROGRESS)
    answer = act(enter(county.office), one, "extend", typed("extend", county, due="2150-01-01"))
    assert answer.status_code == 422 and "到期日不能晚于 2028 年" in answer.text and "项目推迟" in answer.text


def test_an_earlier_deadline_is_refused_by_the_service(standing, county, enter):
    one = standing(State.IN_PROGRESS)
    answer = act(enter(county.office), one, "extend", typed("extend", county, due="2023-06-30"))
    assert answer.status_code == 422 and "应晚于原到期日" in answer.text


class TestEvidence:
    """The buttons at a piece of evidence."""

    @pytest.fixture
    def piece(self, standing, county):
        one = standing(State.IN_PROGRESS)
        return builders.evidence_for(one, county.clerk, kind="link", url="https://x.gov.cn/", link_state="flagged")

    def post(self, client, piece, key, **data):
        one = piece.uses.get().assignment_id
        return client.post(f"/admin/ledger/assignments/{one}/evidence/{piece.pk}/{key}/", data, follow=True)

    def said(self, answer):
        return [str(message) for message in answer.context["messages"]]

    def test_removed_with_a_reason(self, piece, county, enter):
        client = enter(county.clerk)
        assert "请填写" in self.said(self.post(client, piece, "remove", reason=" "))[0]
        assert self.said(self.post(client, piece, "remove", reason="传错了")) == ["已移除“工作方案”"]
        assert Evidence.objects.get().removed

    def test_a_reason_that_was_typed_outlives_the_refusal(self, piece, county, plan, enter):
        first = piece.uses.get().assignment_id
        other = builders.assign(builders.make_item(plan, "2"), county.czj, State.SUBMITTED)
        EvidenceUse.objects.create(evidence=piece, assignment=other)
        address = f"/admin/ledger/assignments/{first}/"
        client = enter(county.clerk)
        answer = client.post(f"{address}evidence/{piece.pk}/remove/", {"reason": "传错了文件"}, follow=True)
        assert "不能移除" in answer.text
        box = LexborHTMLParser(answer.text).css_first(f"#remove-{piece.pk}")
        assert box.text() == "传错了文件"
        assert "open" in box.parent.parent.parent.attributes
        assert "传错了文件" not in client.get(address).text  # told once

    def test_doubts_set_aside_by_the_office_only(self, piece, county, enter):
        assert self.said(self.post(enter(county.clerk), piece, "overrule", reason="可以"))
        piece.refresh_from_db()
        assert piece.overruled_by is None
        assert self.said(self.post(enter(county.office), piece, "overrule", reason="已电话核实")) == [
            "已认定“工作方案”有效"
        ]

    def test_checked_again(self, piece, county, enter):
        assert self.said(self.post(enter(county.clerk), piece, "recheck")) == ["正在重新核验“工作方案”"]
        piece.refresh_from_db()
        assert piece.link_state in LinkState.values

    def test_used_for_another_task_of_the_body(self, piece, county, plan, enter):
        other = builders.assign(builders.make_item(plan, "2"), county.czj, State.IN_PROGRESS)
        foreign = builders.assign(builders.make_item(plan, "3"), county.jyj, State.IN_PROGRESS)
        answer = self.post(enter(county.clerk), piece, "use", assignment=[other.pk, foreign.pk, "x"])
        assert self.said(answer) == ["已用于另外 1 项任务"]
        assert set(piece.uses.values_list("assignment_id", flat=True)) >= {other.pk}
        assert not foreign.evidence.exists()

    def test_unknown_buttons_and_strange_pieces(self, piece, county, enter):
        assert self.post(enter(county.clerk), piece, "nonsense").status_code == 404
        assert self.post(enter(county.other_clerk), piece, "remove", reason="x").status_code == 404

    def test_a_file_is_given_to_those_who_work_on_it(self, standing, county, enter):
        one = standing(State.IN_PROGRESS)
        act(enter(county.clerk), one, "file", typed("file", county))
        address = f"/admin/ledger/evidence/{Evidence.objects.get().pk}/file/"
        answer = enter(county.office).get(address)
        assert b"".join(answer.streaming_content).decode() == "已公开"
        assert "attachment" in answer.headers["Content-Disposition"]
        assert enter(county.other_clerk).get(address).status_code == 404

    def test_a_link_has_no_file(self, piece, county, enter):
        assert enter(county.office).get(f"/admin/ledger/evidence/{piece.pk}/file/").status_code == 404


class TestItem:
    """What the office does on the page of an item."""

    def test_bodies_are_added_once(self, item, task, county, enter):
        client = enter(county.office)
        page = client.get(f"/admin/ledger/items/{item.pk}/")
        assert [body.pk for body in page.context["add_form"].fields["bodies"].queryset] == [county.jyj.pk]
        answer = client.post(f"/admin/ledger/items/{item.pk}/add/", {"bodies": [county.jyj.pk]}, follow=True)
        assert [str(message) for message in answer.context["messages"]] == ["已增加 1 项任务，并通知责任单位"]
        assert item.assignments.count() == 2

    def test_nothing_chosen_says_so(self, item, task, county, enter):
        answer = enter(county.office).post(f"/admin/ledger/items/{item.pk}/add/", follow=True)
        assert [str(message) for message in answer.context["messages"]] == ["请先选择要增加的单位"]

    def test_a_clerk_adds_nobody(self, item, task, county, enter):
        data = {"bodies": [county.jyj.pk]}
        enter(county.clerk).post(f"/admin/ledger/items/{item.pk}/add/", data)
        assert item.assignments.count() == 1

    def test_put_before_the_gate(self, item, task, county, enter):
        client = enter(county.office)
        answer = client.post(f"/admin/ledger/items/{item.pk}/release/", follow=True)
        assert "已报送发布审查" in str(next(iter(answer.context["messages"])))
        assert answer.context["passage"].state == "waiting"
        assert "/admin/review/" in answer.text
        assert "查看审查记录" not in enter(county.clerk).get(f"/admin/ledger/items/{item.pk}/").text

    def test_an_act_that_is_not_there(self, item, county, enter):
        assert enter(county.office).post(f"/admin/ledger/items/{item.pk}/nonsense/").status_code == 404


def test_an_error_of_the_whole_leads_to_its_form(standing, county, enter):
    one = standing(State.IN_PROGRESS)
    page = LexborHTMLParser(act(enter(county.clerk), one, "submit", {}).text)
    link = page.css_first("#errors a")
    assert "尚无佐证材料" in link.text() and page.css_first(link.attributes["href"]).tag == "form"


def test_where_there_is_no_evidence_the_first_way_to_add_some_stands_open(standing, county, enter):
    one, client = standing(State.IN_PROGRESS), enter(county.clerk)
    address = f"/admin/ledger/assignments/{one.pk}/"
    section = "section[aria-labelledby=evidence] details"
    opened = [part for part in LexborHTMLParser(client.get(address).text).css(section) if "open" in part.attributes]
    assert [part.css_first("summary").text() for part in opened] == ["添加网页链接"]
    builders.evidence_for(one, county.clerk)
    again = LexborHTMLParser(client.get(address).text)
    assert not [part for part in again.css(section) if "open" in part.attributes]
    assert "先添加佐证材料" not in again.css_first(".ledger-now").text()


def test_the_record_of_urging_says_who_when_and_what_followed(standing, county, at, enter):
    at("2023-09-20")
    one = standing(State.IN_PROGRESS)
    urge(county.office, one, "请抓紧")
    address = f"/admin/ledger/assignments/{one.pk}/"
    words = " ".join(LexborHTMLParser(enter(county.office).get(address).text).css_first("main aside").text().split())
    for said in ("人工催办 县政务公开办 2023-09-20", "财政信息员", "附言：请抓紧", "催办之后：尚无进展"):
        assert said in words, said
    at("2023-09-22")
    check_in(county.clerk, one, "2023Q3", "已公开 3 条")
    words = " ".join(LexborHTMLParser(enter(county.office).get(address).text).css_first("main aside").text().split())
    assert "催办之后：已填报进展 2023-09-22" in words


def test_history_names_whom_a_task_was_given_to(standing, county, enter):
    one = standing(State.IN_PROGRESS)
    delegate(county.clerk, one, county.people["czj", Role.REVIEWER])
    told = LexborHTMLParser(enter(county.office).get(f"/admin/ledger/assignments/{one.pk}/").text)
    assert f"承办人：无 → {county.people['czj', Role.REVIEWER]}" in told.css_first(".ledger-history").text()


def test_evidence_of_closed_tasks_goes_to_the_gate_with_the_item(standing, county, enter):
    one = standing(State.ACCEPTED)
    piece, doubted = (builders.evidence_for(one, county.clerk, title=title) for title in ("公告", "旧闻"))
    Evidence.objects.filter(pk=doubted.pk).update(link_state=LinkState.FLAGGED)
    open_task = builders.assign(one.item, county.jyj, State.IN_PROGRESS)
    unaccepted = builders.evidence_for(open_task, county.other_clerk)
    client, address = enter(county.office), f"/admin/ledger/items/{one.item_id}/"
    boxes = LexborHTMLParser(client.get(address).text).css("input[name=evidence]")
    assert "checked" not in boxes[0].attributes, "only a link is public already"
    assert [box.attributes["value"] for box in boxes] == [str(piece.pk)]
    client.post(address + "release/", {"evidence": [piece.pk, doubted.pk, unaccepted.pk, "x"]})
    put = set(Release.objects.values_list("kind", "object_id"))
    assert put == {("ledger.item", one.item_id), ("ledger.evidence", piece.pk)}
    again = client.post(address + "release/", {"evidence": [piece.pk]}, follow=True)
    assert "没有可以报送的内容" in again.text and Release.objects.count() == 2


@pytest.mark.parametrize("closed", [{"withdrawn": True}, {"plan__state": "archived"}])
def test_nothing_is_offered_where_nothing_can_be_done(closed, standing, county, enter):
    one = standing(State.SUBMITTED)
    link = {"kind": "link", "url": "https://www.example.gov.cn/a.html", "link_state": LinkState.FLAGGED}
    builders.evidence_for(one, county.clerk, **link)
    for name, value in closed.items():
        record, field = (one.plan, name[6:]) if name.startswith("plan__") else (one, name)
        type(record).objects.filter(pk=record.pk).update(**{field: value})
    for user in (county.office, county.clerk):
        page = LexborHTMLParser(enter(user).get(f"/admin/ledger/assignments/{one.pk}/").text)
        assert "工作方案" in page.css_first("main").text()
        assert not page.css("main form"), "a button that can only fail"
