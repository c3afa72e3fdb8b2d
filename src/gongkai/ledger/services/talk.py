"""交流: comments on an assignment, with mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.selectors import holders
from gongkai.foundation import clock
from gongkai.foundation.access import BODY_ROLES, Refused, Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import record
from gongkai.foundation.wording import demand_text
from gongkai.ledger.models import Assignment, Comment
from gongkai.ledger.services import guards
from gongkai.ledger.services.telling import MENTIONED, Message, tell

_AT = re.compile(r"(?<![A-Za-z0-9_.])[@＠]")  # not within a mail address


@verb("ledger.comment", _("发表意见"), *BODY_ROLES, Role.OFFICE, body="assignment.body_id")
def comment(actor: User | None, assignment: Assignment, text: str) -> Comment:
    """A remark between the office and the body; who is mentioned (@姓名 or @登录名) is told. Never edited."""
    if actor is None:
        raise Refused(gettext("意见须由人员发表"))
    text = demand_text(text, gettext("意见内容"))
    fresh = guards.locked(assignment)
    entry = Comment.objects.create(assignment=fresh, author=actor, text=text, created_at=clock.now())
    told = [person for person in mentioned(text, partners(fresh)) if person != actor]
    entry.mentions.set(told)
    record("ledger.comment", fresh, actor=actor, details={"comment": entry.pk, "mentions": [user.pk for user in told]})
    if told:
        title = gettext("%s 在任务中提到了您") % actor
        tell({fresh: told}, Message(MENTIONED, title, todo=gettext("请查看并回复")))
    return entry


def partners(assignment: Assignment) -> list[User]:
    """Who can be mentioned: the people of the body and of the office."""
    return list(holders(assignment.body, *BODY_ROLES, Role.OFFICE, on=clock.today()))


def mentioned(text: str, people: Iterable[User]) -> list[User]:
    """The people whose name or login name follows an @; the longest name wins, people of one name are all meant."""
    names: dict[str, list[User]] = {}
    for person in people:
        for name in {person.username, person.name} - {""}:
            names.setdefault(name, []).append(person)
    found: dict[int, User] = {}
    for mark in _AT.finditer(text):
        here = [name for name in names if _stands(name, text, mark.end())]
        found |= {person.pk: person for name in sorted(here, key=len)[-1:] for person in names[name]}
    return list(found.values())


def _stands(name: str, text: str, start: int) -> bool:
    """Whether the name stands here; a login name must not go on (@li is not @liming)."""
    if not text.startswith(name, start):
        return False
    rest = text[start + len(name) :][:1]
    return not (name.isascii() and rest.isascii() and (rest.isalnum() or rest == "_"))
