"""What people settle on a draft, and what that does to its rows."""

import pytest
from django.core.exceptions import ValidationError
from tests.ledger.importing.readings import finding, item

from gongkai.foundation.access.acting import act
from gongkai.foundation.events.models import Event
from gongkai.ledger.importing.decisions import Choice
from gongkai.ledger.importing.entries import entries_of, item_keys, suffix
from gongkai.ledger.importing.proposal import Proposal
from gongkai.ledger.services import discard, settle

pytestmark = pytest.mark.django_db


def rows(draft) -> dict:
    draft.refresh_from_db()
    return {row.key: row for row in Proposal(draft).rows}


def settled(register, draft, choice: Choice):
    issues = Proposal(draft).issues
    settle(register.office, draft, findings={issue.id: choice for issue in issues})
    return rows(draft)


TYPO = finding("suspected-typo", 1, "突发共事件", "突发公共事件")


@pytest.mark.parametrize(
    ("choice", "text"),
    [(Choice.ACCEPT, "公开突发公共事件信息"), (Choice.KEEP, "公开突发共事件信息"), (Choice.EDIT, "公开突发共事件信息")],
)
def test_a_typo(draft, register, choice, text):
    made = draft(item(1, "公开突发共事件信息", "县财政局"), findings=[TYPO])
    row = settled(register, made, choice)["1"]
    assert (row.text, row.printed) == (text, "公开突发共事件信息")
    assert not Proposal(made).open_warnings


def test_an_accepted_typo_never_overrides_what_was_typed(draft, register):
    made = draft(item(1, "公开突发共事件信息", "县财政局"), findings=[TYPO])
    settle(register.office, made, items={"1": {"text": "公开突发共事件"}})
    assert settled(register, made, Choice.ACCEPT)["1"].text == "公开突发共事件"


def test_a_typo_in_a_split_item_is_mended_in_the_proposed_duties_too(draft, register):
    made = draft(item(1, "公开突发共事件信息；公布应急预案情况", "县财政局"), findings=[TYPO])
    assert settled(register, made, Choice.ACCEPT)["1"].proposed[0] == "公开突发公共事件信息"


def test_names_run_together_can_be_kept_as_printed(draft, register):
    run = finding("missing-separator", 1, "县财政局县教育局", "县财政局、县教育局", where="item 1, responsible bodies")
    made = draft(item(1, "公开预算", "县交通运输局", "县财政局", "县教育局"), findings=[run])
    accepted = settled(register, made, Choice.ACCEPT)["1"]
    assert [name for name, _ in accepted.assignees] == ["县交通运输局", "县财政局", "县教育局"]
    kept = settled(register, made, Choice.KEEP)["1"]
    assert [name for name, _ in kept.assignees] == ["县交通运输局", "县财政局县教育局"]


def test_the_day_of_the_cell_can_be_kept_against_that_of_the_text(draft, register):
    conflict = finding("deadline-conflict", 1, "全年")
    made = draft(item(1, "9月底前公开预算", "县财政局", due="2023-09-30"), findings=[conflict])
    assert str(settled(register, made, Choice.ACCEPT)["1"].due) == "2023-09-30"
    assert str(settled(register, made, Choice.KEEP)["1"].due) == "2023-12-31"


def test_a_finding_can_be_opened_again(draft, register):
    made = draft(findings=[finding("count-mismatch", 1)])
    settled(register, made, Choice.ACCEPT)
    assert not Proposal(made).open_warnings
    settled(register, made, Choice.REOPEN)
    assert len(Proposal(made).open_warnings) == 1


def test_all_hints_at_once_leave_errors_to_a_person(draft, register):
    made = draft(findings=[finding("count-mismatch", 1), finding("duplicate-number", 2, severity="error")])
    settle(register.office, made, all_warnings=True)
    made.refresh_from_db()
    assert [issue.code for issue in Proposal(made).issues if issue.is_open] == ["duplicate-number"]


def test_findings_of_dropped_rows_are_not_asked(draft, register):
    made = draft(findings=[finding("duplicate-number", 2, severity="error")])
    settle(register.office, made, items={"2": {"dropped": True}})
    made.refresh_from_db()
    assert Proposal(made).obstacles() == []


def test_two_people_who_settle_different_rows_do_not_undo_each_other(draft, register):
    one = draft()
    other = type(one).objects.get(pk=one.pk)
    settle(register.office, one, items={"1": {"text": "公开预算"}})
    settle(register.office, other, items={"1": {"due": None}, "2": {"dropped": True}})
    found = rows(one)
    assert (found["1"].text, found["1"].due, found["2"].dropped) == ("公开预算", None, True)


def test_settling_is_recorded_with_what_it_was(draft, register):
    made = draft()
    settle(register.office, made, items={"1": {"text": "公开预算"}})
    event = Event.objects.about(made).get(verb="ledger.settle")
    assert event.actor == register.office
    assert event.after["decisions"]["items"] == {"1": {"text": "公开预算"}}


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        ({"text": "  "}, "事项（1）：内容不能为空"),
        ({"text": "长" * 4001}, "内容超过 4000 字"),
        ({"due": "9月底"}, "“9月底”不是有效日期"),
        ({"recurrence": "sometimes"}, "没有“sometimes”这种频次"),
        ({"parts": ["只有一项义务"]}, "至少要有两项"),
        ({"assignees": [{"name": "县财政局", "role": "boss"}]}, "须有名称和责任类型"),
        ({"assignees": [{"name": " ", "role": "lead"}]}, "须有名称和责任类型"),
        ({"added": [987654]}, "不是本县在册的责任单位：987654"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_kept(draft, register, edit, message):
    made = draft()
    with pytest.raises(ValidationError, match=message):
        settle(register.office, made, items={"2": {"dropped": True}, "1": edit})
    made.refresh_from_db()
    assert made.decisions == {}


def test_unknown_rows_findings_and_bodies_are_refused(draft, register):
    made = draft()
    with pytest.raises(ValidationError, match="没有这些事项：99"):
        settle(register.office, made, items={"99": {"dropped": True}})
    with pytest.raises(ValidationError, match="没有这些核对意见：nothing"):
        settle(register.office, made, findings={"nothing": Choice.ACCEPT})
    with pytest.raises(ValidationError, match="不是本县在册的责任单位"):
        settle(register.office, made, names={"县水务局": register.root.pk})


def test_a_discarded_draft_is_closed(draft, register):
    made = draft()
    discard(register.office, made)
    with pytest.raises(ValidationError, match="已放弃（2023-05-15 09:00 县政务公开办）"):
        settle(register.office, made, all_warnings=True)


def test_settling_from_data_as_outside_checks_do(draft, register):
    made = draft(findings=[TYPO | {"where": "item 2, text"}])
    [issue] = Proposal(made).issues
    data = {"draft": made.pk, "findings": {issue.id: "keep"}, "items": {"1": {"due": "2023-08-31"}}}
    answer = act("ledger.settle", register.office, data)
    assert answer["event"]
    assert str(rows(made)["1"].due) == "2023-08-31"


def test_a_number_printed_twice_gives_two_keys():
    assert item_keys([{"number": 1}, {"number": 2}, {"number": 2}, {"number": 2}]) == ["1", "2", "2-2", "2-3"]
    doubled = [item(2, "公开预算"), item(2, "公开决算")]
    assert [row.key for row in entries_of({"items": doubled, "requirements": []}, {}, 2023)] == ["2", "2-2"]


def test_letters_of_obligations():
    assert [suffix(at) for at in (0, 1, 25, 26, 51, 52)] == ["a", "b", "z", "aa", "az", "ba"]


def test_what_importing_will_do_is_counted(draft, register):
    made = draft(
        item(1, "公开财政预算；公开财政决算", "县财政局", open_ended=True), item(2, "公开教育", selectors=["各单位"])
    )
    proposal = Proposal(made)
    assert (proposal.counts.items, proposal.counts.duties, proposal.counts.assignments) == (2, 2, 7)
    assert proposal.counts.bodies == 6
    assert [row.key for row in proposal.incomplete] == ["1"]
    assert [row.key for row in proposal.splittable] == ["1"]
    settle(register.office, made, items={"1": {"parts": ["公开财政预算", "公开财政决算"], "complete": True}})
    made.refresh_from_db()
    proposal = Proposal(made)
    assert (proposal.counts.duties, proposal.counts.assignments) == (3, 8)
    assert (proposal.incomplete, proposal.splittable) == ([], [])
