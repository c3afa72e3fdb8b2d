"""The text that a leader signs, word for word: if it changes by accident, everything published would close."""

from __future__ import annotations

from datetime import date

import pytest
from tests.papers import docx
from tests.review.passing import pass_until

from gongkai.foundation.access import Refused
from gongkai.foundation.events.services import change
from gongkai.ledger.models import Feedback, Item, Obligation
from gongkai.ledger.reviewables import evidence_text, feedback_text, item_text, prepare_items
from gongkai.ledger.services import answer_feedback, leave_feedback, release
from gongkai.review.digests import parts_of, sm3
from gongkai.review.models import Release, State, StepKind
from gongkai.review.services import approve


def test_the_words_of_an_item(make_item, county):
    item = make_item("21", "公开预算", [county.fgj, county.czj])
    assert item_text(item) == (
        '[["年度","2026年度"],["编号","21"],["任务分组","深化重点领域信息公开"],["任务","推进财政信息公开"],["具体内容","公开预算"],'
        '["完成时限","9月底前，2026-09-30前"],["责任单位","21 责任单位：清河县发展和改革局，2026-09-30前\\n'
        '21 责任单位：清河县财政局，2026-09-30前"]]'
    )


def test_a_split_item_names_its_single_duties(make_item, county):
    item = make_item("19", "公开预算和决算", [county.fgj], due=None)
    second = Obligation.objects.create(item=item, key="19b", text="公开决算", order=1)
    item.assignments.create(
        plan=item.plan, obligation=second, body=county.czj, due=date(2026, 8, 31), changed_at=item.plan.opened_at
    )
    parts = dict(parts_of(item_text(item)))
    assert parts["具体义务 19b"] == "公开决算"
    assert parts["责任单位"].splitlines() == [
        "19 责任单位：清河县发展和改革局，未规定日期",
        "19b 责任单位：清河县财政局，2026-08-31前",
    ]


def test_the_words_of_evidence(make_item, make_evidence):
    piece = make_evidence(make_item("1"), "预算表", content=b"abc", note="全表")
    assert parts_of(evidence_text(piece)) == [
        ("单位", "清河县发展和改革局"),
        ("标题", "预算表"),
        ("网址", ""),
        ("文件名", "预算.pdf"),
        ("文件摘要值（SM3）", sm3("abc")),
        ("说明", "全表"),
    ]


def test_the_words_of_feedback():
    assert feedback_text(Feedback(text="缺附表", reply="已补充")) == '[["意见","缺附表"],["答复","已补充"]]'


def test_fetched_together_or_alone_the_text_is_the_same(make_item, county):
    item = make_item("1", bodies=[county.czj, county.fgj])
    assert item_text(prepare_items(Item.objects.all()).get()) == item_text(item)


def test_the_machine_reads_the_file_of_evidence(make_item, make_evidence, people):
    paper = docx("联系人身份证号 11010519491231002X")
    [row] = release(people.office, [], [make_evidence(make_item("1"), "材料", content=paper, file_name="材料.docx")])
    assert row.state == State.STOPPED and {one.part for one in row.findings.all()} == {"文件"}


class TestNobodySignsTheirOwnText:
    def signed_by(self, leader, row: Release) -> None:
        approve(leader, pass_until(row, StepKind.LEADER))

    def test_of_evidence(self, make_item, make_evidence, people):
        piece = make_evidence(make_item("1"), "领导写的说明", note="已办结")
        piece.created_by = people.leader
        piece.save()
        [row] = release(people.office, [], [piece])
        with pytest.raises(Refused, match="撰稿人"):
            self.signed_by(people.leader, row)

    def test_of_an_item(self, make_item, people):
        item = make_item("1")
        with change(item, "ledger.split_item", actor=people.county_leader):
            item.text = "公开年度预算和决算"
        [row] = release(people.office, [item])
        with pytest.raises(Refused, match="撰稿人"):
            self.signed_by(people.county_leader, row)

    def test_of_an_answer(self, make_item, publish, people):
        item = make_item("1")
        publish(item)
        feedback = answer_feedback(people.office, leave_feedback(None, item, "缺附表"), "已补充")
        row = Release.objects.get(object_id=feedback.pk, kind="ledger.feedback")
        assert set(row.authors.all()) == {people.office}
