"""A corrected notice is applied to the ledger there is: what it names changes, what was done stays."""

from __future__ import annotations

from copy import deepcopy

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.builders import evidence_for
from tests.ledger.importing.readings import draft_of, finding, item, reading

from gongkai.bodies.models import Body, Kind
from gongkai.foundation.events.models import Event
from gongkai.ledger.importing.carry import carried
from gongkai.ledger.importing.review import Review
from gongkai.ledger.models import Assignment, Item, Obligation, Origin, State
from gongkai.ledger.services import archive, commit, settle

pytestmark = pytest.mark.django_db

TOPICS = [
    "财政预算决算",
    "教育资源配置",
    "重大项目建设",
    "饮用水源水质",
    "社会救助标准",
    "医疗保障待遇",
    "公共交通线路",
    "行政处罚决定",
]


def numbered(*texts: str) -> list[dict]:
    return [item(n, text, "县财政局", "县教育局") for n, text in enumerate(texts, 1)]


@pytest.fixture
def ledger(register):
    """Four items, committed; the finance bureau has closed the first and has another day for the second."""
    draft = draft_of(register.root, register.office, reading(*numbered(*TOPICS[:4])))
    plan = commit(register.office, draft)
    done = Assignment.objects.get(item__key="1", body=register.czj)
    done.state = State.ACCEPTED
    done.save()
    evidence_for(done, register.clerk)
    extended = Assignment.objects.get(item__key="2", body=register.czj)
    extended.due = "2024-01-31"
    extended.save()
    return plan


def correct(register, *items, **fields):
    draft = draft_of(register.root, register.office, reading(*items, **fields))
    return commit(register.office, draft)


def review(register, *items):
    return Review(draft_of(register.root, register.office, reading(*items)))


def test_the_same_notice_again_changes_nothing(ledger, register):
    rows = list(Assignment.objects.order_by("pk").values())
    events = Event.objects.filter(verb="ledger.commit").exclude(content_type__model="draft").count()
    assert review(register, *numbered(*TOPICS[:4])).by_status == {"new": 0, "changed": 0, "same": 4, "removed": 0}
    assert correct(register, *numbered(*TOPICS[:4])) == ledger
    assert list(Assignment.objects.order_by("pk").values()) == rows
    assert Event.objects.filter(verb="ledger.commit").exclude(content_type__model__in=["draft", "plan"]).count() == (
        events - 1
    )


def test_an_item_put_in_between_moves_the_numbers_and_no_progress(ledger, register):
    before = {each.text: each.pk for each in ledger.items.all()}
    correct(register, *numbered(TOPICS[0], TOPICS[5], *TOPICS[1:4]))
    now = {each.text: (each.pk, each.key) for each in ledger.items.filter(removed=False)}
    assert {text: pk for text, (pk, _) in now.items() if text in before} == before
    assert [key for _, key in now.values()] == ["1", "2", "3", "4", "5"]
    assert now[TOPICS[3]][1] == "5"
    assert Obligation.objects.get(item=before[TOPICS[3]]).key == "5"
    assert Assignment.objects.get(item=before[TOPICS[0]], body=register.czj).state == State.ACCEPTED


def test_two_items_may_swap_their_numbers(ledger, register):
    before = {each.text: each.pk for each in ledger.items.all()}
    correct(register, *numbered(TOPICS[1], TOPICS[0], *TOPICS[2:4]))
    assert {each.text: each.pk for each in ledger.items.all()} == before
    assert ledger.items.get(key="2").text == TOPICS[0]


def test_a_removed_item_keeps_its_past_and_frees_its_number(ledger, register):
    correct(register, *numbered(TOPICS[0], TOPICS[1], TOPICS[2], "召开新闻发布会回应社会关切"))
    gone = Item.objects.get(text=TOPICS[3])
    assert gone.removed
    assert not gone.assignments.filter(withdrawn=False).exists()
    assert gone.assignments.count() == 2
    assert ledger.items.get(key="4", removed=False).text == "召开新闻发布会回应社会关切"
    [event] = Event.objects.about(gone.assignments.first()).filter(after__withdrawn=True)
    assert event.reason == "更正后的通知不再列为责任单位"
    assert event.before == {"withdrawn": False}


def test_a_reworded_item_is_the_same_item(ledger, register):
    row = numbered("县级财政预算决算信息", *TOPICS[1:4])
    [changed] = [line for line in review(register, *row).lines if line.status == "changed"]
    assert [(each.before, each.after) for each in changed.changes] == [(TOPICS[0], "县级财政预算决算信息")]
    correct(register, *row)
    done = Assignment.objects.get(item__text="县级财政预算决算信息", body=register.czj)
    assert done.state == State.ACCEPTED
    assert done.evidence.count() == 1


def test_a_row_said_to_be_separate_is_a_new_item(ledger, register):
    draft = draft_of(register.root, register.office, reading(*numbered("县级财政预算决算信息", *TOPICS[1:4])))
    settle(register.office, draft, items={"1": {"separate": True}})
    assert Review(draft_again(draft)).by_status == {"new": 1, "changed": 0, "same": 3, "removed": 1}


def draft_again(draft):
    draft.refresh_from_db()
    return draft


def test_bodies_come_and_go(ledger, register):
    rows = numbered(*TOPICS[:4])
    rows[0] = item(1, TOPICS[0], "县财政局", "县交通运输局")
    [line] = [line for line in review(register, *rows).lines if line.status == "changed"]
    assert [(each.field, each.before, each.after) for each in line.changes] == [
        ("责任单位", "青山县教育局", "青山县交通运输局")
    ]
    correct(register, *rows)
    of_first = ledger.assignments.filter(item__key="1")
    assert of_first.get(body=register.jyj).withdrawn
    assert of_first.get(body=register.jtj).state == State.TO_ACCEPT
    assert of_first.get(body=register.czj).state == State.ACCEPTED


def test_a_body_that_is_listed_again_comes_back_with_its_history(ledger, register):
    rows = numbered(*TOPICS[:4])
    rows[0] = item(1, TOPICS[0], "县教育局")
    correct(register, *rows)
    correct(register, *numbered(*TOPICS[:4]))
    back = Assignment.objects.get(item__key="1", body=register.czj)
    assert (back.withdrawn, back.state) == (False, State.ACCEPTED)


def test_what_the_office_withdrew_stays_withdrawn(ledger, register):
    Assignment.objects.filter(item__key="3", body=register.jyj).update(withdrawn=True)
    rows = numbered(*TOPICS[:4])
    rows[2]["deadline"] = {"text": "9月底前", "due": "2023-09-30", "recurrence": None}
    correct(register, *rows)
    assert Assignment.objects.get(item__key="3", body=register.jyj).withdrawn


def test_bodies_named_by_hand_stay(ledger, register):
    by_hand = Assignment.objects.create(
        plan=ledger,
        item=ledger.items.get(key="3"),
        obligation=Obligation.objects.get(key="3"),
        body=register.liulin,
        origin=Origin.ADDED,
        due="2023-12-31",
        changed_at=ledger.opened_at,
    )
    rows = numbered(*TOPICS[:4])
    rows[2]["deadline"] = {"text": "9月底前", "due": "2023-09-30", "recurrence": None}
    correct(register, *rows)
    by_hand.refresh_from_db()
    assert (by_hand.withdrawn, str(by_hand.due)) == (False, "2023-09-30")


def test_a_new_deadline_moves_all_but_extended_tasks(ledger, register):
    rows = numbered(*TOPICS[:4])
    rows[1]["deadline"] = {"text": "9月底前", "due": "2023-09-30", "recurrence": None}
    correct(register, *rows)
    dues = dict(ledger.assignments.filter(item__key="2").values_list("body__code", "due"))
    assert {code: str(day) for code, day in dues.items()} == {"qs.czj": "2024-01-31", "qs.jyj": "2023-09-30"}


def test_new_roles_are_taken_over(ledger, register):
    rows = numbered(*TOPICS[:4])
    rows[0]["assignees"][0]["role"] = "lead"
    correct(register, *rows)
    assert Assignment.objects.get(item__key="1", body=register.czj).role == "lead"


def test_splits_stay_while_the_text_stands(register):
    text = "公布抽查事项清单；公开行政处罚决定"
    first = draft_of(register.root, register.office, reading(item(19, text, "县财政局")))
    settle(register.office, first, items={"19": {"parts": ["公布抽查事项清单", "公开行政处罚决定"]}})
    commit(register.office, first)
    Assignment.objects.filter(obligation__key="19b").update(state=State.ACCEPTED)
    correct(register, item(20, text, "县财政局", "县教育局"))
    states = Assignment.objects.order_by("obligation__key", "body__order").values_list("obligation__key", "state")
    assert list(states) == [
        ("20a", "to-accept"),
        ("20a", "to-accept"),
        ("20b", "accepted"),
        ("20b", "to-accept"),
    ]
    correct(register, item(20, "公布抽查事项清单；公开全部行政处罚决定", "县财政局"))
    assert Obligation.objects.get(key="20b").text == "公开全部行政处罚决定"
    assert Assignment.objects.get(obligation__key="20b", body=register.czj).state == State.ACCEPTED
    correct(register, item(20, "公布抽查事项清单和行政处罚决定", "县财政局"))
    assert [each.key for each in Obligation.objects.filter(removed=False)] == ["20"]
    assert Assignment.objects.get(obligation__removed=True, body=register.czj).withdrawn


def test_groups_and_tasks_follow_the_notice(ledger, register):
    rows = numbered(*TOPICS[:4])
    for row in rows[2:]:
        row.update(group="强化平台建设", group_number=2, task="建好网站", task_number=2)
    correct(register, *rows)
    assert [(group.number, group.name) for group in ledger.groups.all()] == [(1, "深化主动公开"), (2, "强化平台建设")]
    for row in rows:
        row.update(group="强化平台建设", group_number=1, task="建好网站", task_number=1)
    correct(register, *rows)
    assert [(group.number, group.name) for group in ledger.groups.all()] == [(1, "强化平台建设")]
    assert ledger.tasks.count() == 1


def test_the_frame_is_corrected_too(ledger, register):
    correct(register, *numbered(*TOPICS[:4]), document_number="青府办发〔2023〕5号", issuer=None)
    ledger.refresh_from_db()
    assert (ledger.document_number, ledger.issuer) == ("青府办发〔2023〕5号", "青山县人民政府办公室")


def test_an_archived_ledger_is_not_corrected(ledger, register):
    archive(register.office, ledger)
    with pytest.raises(ValidationError, match="2023年度台账已归档"):
        correct(register, *numbered(*TOPICS[:4]))


def test_what_was_settled_for_the_first_notice_is_settled_for_its_correction(register):
    typo = finding("suspected-typo", 2, "教肓", "教育")
    rows = [item(1, "公开财政预算决算", "县财政局"), item(2, "公开教肓政策", "县教肓局", open_ended=True)]
    first = draft_of(register.root, register.office, reading(*rows, findings=[typo]))
    [issue] = Review(first).proposal.issues
    settle(
        register.office,
        first,
        findings={issue.id: "accept"},
        names={"县教肓局": register.jyj.pk},
        items={"1": {"due": "2023-10-31", "text": "公开财政预算"}, "2": {"added": [register.jtj.pk]}},
    )
    commit(register.office, first)
    again = deepcopy(rows)
    again[0]["deadline"] = {"text": "9月底前", "due": "2023-09-30", "recurrence": None}
    second = draft_of(register.root, register.office, reading(*again, findings=[typo]))
    second.decisions = carried(second.reading, second)
    second.save()
    assert second.decisions["items"] == {"1": {"text": "公开财政预算"}, "2": {"added": [register.jtj.pk]}}
    lines = Review(second).lines
    assert [line.status for line in lines] == ["changed", "same"]
    assert [change.field for change in lines[0].changes] == ["到期日"]


@st.composite
def corrections(draw):
    """Edits of the eight items: texts reworded, bodies and days changed, items removed, added and shuffled."""
    rows = []
    for topic in draw(st.permutations(TOPICS)):
        edit = draw(st.sampled_from(["keep", "keep", "keep", "reword", "bodies", "due", "remove"]))
        if edit != "remove":
            rows.append((topic, edit))
        if draw(st.integers(0, 5)) == 0:
            rows.append((None, "new"))
    return rows


def edited(number: int, topic: str | None, edit: str) -> dict:
    if topic is None:
        return item(number, f"组织第{number}次政府开放日活动并邀请群众代表参加", "县教育局")
    row = item(number, topic, *(["县交通运输局"] if edit == "bodies" else ["县财政局", "县教育局"]))
    if edit == "reword":
        row["text"] = f"{topic}情况"
    if edit == "due":
        row["deadline"] = {"text": "9月底前", "due": "2023-09-30", "recurrence": None}
    return row


@pytest.mark.slow
@given(corrections())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_progress_of_untouched_items_survives_any_correction(register, rows):
    with transaction.atomic():
        plan = correct(register, *numbered(*TOPICS))
        plan.assignments.filter(body=register.czj).update(state=State.SUBMITTED)
        before = {
            (each.item.text, each.body_id): (each.pk, each.state, each.due, each.withdrawn)
            for each in plan.assignments.select_related("item")
        }
        ids = {each.text: each.pk for each in plan.items.all()}
        correct(register, *(edited(n, topic, edit) for n, (topic, edit) in enumerate(rows, 1)))
        after = {
            (each.item_id, each.body_id): (each.pk, each.state, each.due, each.withdrawn)
            for each in plan.assignments.all()
        }
        for topic, edit in rows:
            for body in (register.czj, register.jyj):
                if edit == "keep":
                    assert after[ids[topic], body.pk] == before[topic, body.pk]
                elif edit == "reword":
                    assert after[ids[topic], body.pk][1] == before[topic, body.pk][1]
        live = plan.items.filter(removed=False)
        assert [each.key for each in live] == [str(n) for n in range(1, len(rows) + 1)]
        kept = {topic for topic, _ in rows}
        assert {each.pk for each in plan.items.filter(removed=True)} == {ids[t] for t in TOPICS if t not in kept}
        transaction.set_rollback(True)


def test_a_town_founded_since_gets_its_tasks_with_the_correction(register):
    rows = [item(1, TOPICS[0], selectors=["各乡镇人民政府"])]
    plan = correct(register, *rows)
    Body.objects.create(code="qs.new", name="青山县新河镇人民政府", kind=Kind.TOWNSHIP, parent=register.root, order=20)
    assert review(register, *rows).by_status["changed"] == 1
    correct(register, *rows)
    assert plan.assignments.count() == 3
