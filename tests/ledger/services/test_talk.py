"""Comments and mentions."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.builders import person

from gongkai.foundation.access import Role
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.models import Event
from gongkai.foundation.notifications.models import Notification
from gongkai.ledger import services
from gongkai.ledger.models import Comment, PlanState
from gongkai.ledger.services.talk import mentioned, partners


def test_who_is_mentioned_is_told_once(task, county):
    li = person("li", (county.czj, Role.REVIEWER), name="李明")
    entry = services.comment(county.office, task, "@李明 请补充链接。@li 尽快，@李明")
    assert list(entry.mentions.all()) == [li]
    notice = Notification.objects.get()
    assert (notice.recipient, notice.about) == (li, task)
    assert f"{county.office} 在任务中提到了您" in notice.title
    event = Event.objects.about(task).get(verb="ledger.comment")
    assert event.details == {"comment": entry.pk, "mentions": [li.pk]}


def test_the_clerk_can_mention_the_office(task, county):
    entry = services.comment(county.clerk, task, f"@{county.office.name}材料已补")
    assert list(entry.mentions.all()) == [county.office]


def test_people_of_other_bodies_and_oneself_are_not_told(task, county):
    services.comment(county.clerk, task, f"@{county.other_clerk.username} @{county.clerk.username} 请看")
    assert not Notification.objects.exists()


@pytest.mark.parametrize("who", [("jyj", Role.CLERK), ("qs", Role.AUDITOR), ("qs", Role.SYSADMIN)])
def test_only_the_body_and_the_office_talk(task, county, who):
    with pytest.raises(PermissionDenied):
        services.comment(county.people[who], task, "请看")
    assert not Comment.objects.exists()


def test_an_empty_remark_or_an_archived_plan(task, plan, county):
    with pytest.raises(ValidationError, match="请填写意见内容"):
        services.comment(county.clerk, task, " ")
    plan.state = PlanState.ARCHIVED
    plan.save()
    with pytest.raises(ValidationError, match="已归档"):
        services.comment(county.clerk, task, "请看")


def test_partners_are_the_people_of_the_body_and_the_office(task, county):
    names = {user.username for user in partners(task)}
    assert names == {"clerk.czj", "reviewer.czj", "secrecy.czj", "legal.czj", "leader.czj", "office"}


PEOPLE = [
    User(pk=1, username="li", name="李明"),
    User(pk=2, username="liming", name="李明华"),
    User(pk=3, username="clerk.czj", name="李明"),
    User(pk=4, username="wang", name=""),
]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("@李明", {1, 3}),  # both bear the name
        ("@李明华请补充", {2}),
        ("请@李明请补充", {1, 3}),
        ("＠li 看看", {1}),
        ("@liming", {2}),
        ("@lim", set()),
        ("@li_x", set()),
        ("@li_x 与 @li，", {1}),
        ("@clerk.czj，", {3}),
        ("mail@li", set()),
        ("@", set()),
        ("@ 李明", set()),
        ("@wang@li", {4}),
    ],
)
def test_reading_mentions(text, ids):
    assert {user.pk for user in mentioned(text, PEOPLE)} == ids


@given(st.lists(st.one_of(st.text(max_size=5), st.sampled_from(["@李明", "@liming", "@wang", " "])), max_size=12))
def test_only_known_people_each_once(parts):
    found = mentioned("".join(parts), PEOPLE)
    assert len(found) == len({user.pk for user in found})
    assert all(f"{user.username}" in "".join(parts) or user.name in "".join(parts) for user in found)
