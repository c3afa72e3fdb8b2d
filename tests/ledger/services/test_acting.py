"""The verbs from outside: records by number, files by path, results as JSON can carry them."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied
from pydantic import ValidationError
from tests.papers import PDF

from gongkai.foundation.access import verbs
from gongkai.foundation.access.acting import act, schema_of
from gongkai.foundation.events.models import Event
from gongkai.ledger.models import Assignment, Evidence, State

WORKING = [
    "accept",
    "submit",
    "return",
    "close",
    "reopen",
    "check_in",
    "delegate",
    "comment",
    "add_link",
    "add_file",
    "add_note",
    "add_record",
    "use_evidence",
    "remove_evidence",
    "urge",
    "assign",
    "withdraw_assignment",
    "extend",
    "split_item",
    "accept_many",
    "close_many",
    "return_many",
    "urge_many",
    "undo",
    "recheck",
    "overrule_check",
]


@pytest.mark.parametrize("name", WORKING)
def test_every_verb_of_the_work_is_there_and_describes_its_data(name):
    schema = schema_of(verbs.get(f"ledger.{name}"))
    assert schema["required"]
    assert json.loads(json.dumps(schema)) == schema


def test_one_assignment_from_beginning_to_end(task, county, tmp_path):
    path = tmp_path / "方案.pdf"
    path.write_bytes(PDF)
    number = {"assignment": task.pk}
    taken = act("ledger.accept", county.clerk, number)
    assert taken["result"] == {"model": "ledger.assignment", "id": task.pk, "name": str(task)}
    assert Event.objects.get(pk=taken["event"]).verb == "ledger.accept"
    act("ledger.add_file", county.clerk, number | {"file": str(path), "title": "工作方案"})
    act("ledger.check_in", county.clerk, number | {"period": "2023Q1", "progress": "公开 12 条"})
    act("ledger.delegate", county.clerk, number | {"handler": county.leader.pk})
    handed_in = act("ledger.submit", county.leader, number)
    assert json.loads(json.dumps(handed_in))["result"]["doubts"] == []
    act("ledger.return", county.office, number | {"reason": "请补充"})
    act("ledger.extend", county.office, number | {"due": "2024-01-31", "rule": "批复", "reason": "系统改造"})
    act("ledger.submit", county.clerk, number)
    result = act("ledger.close_many", county.office, {"assignments": [task.pk]})["result"]
    assert result["done"] == [task.pk]
    act("ledger.undo", county.office, {"batch": result["batch"]})
    act("ledger.close", county.office, number)
    assert Assignment.objects.get().state == State.ACCEPTED
    assert Evidence.objects.get().file_name == "方案.pdf"


def test_giving_an_item_to_bodies_in_a_role(item, county):
    data = {"item": item.pk, "bodies": [county.czj.pk, county.jyj.pk], "role": "lead"}
    result = act("ledger.assign", county.office, data)["result"]
    assert len(result["assignments"]) == 2
    assert set(Assignment.objects.values_list("role", flat=True)) == {"lead"}


@pytest.mark.parametrize(
    "data", [{}, {"assignment": 0}, {"assignment": "x"}, {"assignment": None}, {"assignments": [1]}]
)
def test_bad_data_is_refused_before_anything(county, data):
    with pytest.raises(ValidationError):
        act("ledger.accept", county.clerk, data)


def test_rights_are_those_of_the_person(task, county):
    with pytest.raises(PermissionDenied):
        act("ledger.accept", county.other_clerk, {"assignment": task.pk})
    assert act("ledger.urge", county.office, {"assignment": task.pk})["events"]
