"""A plan of a county with items, tasks and evidence, and short ways to put them before the gate and through it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from tests.portal.writing import ensure_portal
from tests.remembering import remembered
from tests.review.county import county, people, person, standing_still  # noqa: F401
from tests.review.passing import sign

from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.ledger.models import (
    Assignment,
    Evidence,
    EvidenceKind,
    EvidenceUse,
    Group,
    Item,
    Obligation,
    Plan,
    State,
    Task,
)
from gongkai.ledger.reviewables import EVIDENCE, ITEM
from gongkai.ledger.services import release


@pytest.fixture(autouse=True)
def files(settings, tmp_path) -> None:
    private = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path, "base_url": None},
    }
    settings.STORAGES = settings.STORAGES | {"private": private}


@pytest.fixture
def portal(county) -> None:  # noqa: F811
    ensure_portal()


@pytest.fixture
def plan(county, portal) -> Plan:  # noqa: F811
    return made_plan(county)


@remembered
def made_plan(county) -> Plan:  # noqa: F811
    return Plan.objects.create(county=county.body, year=2026, title="2026年政务公开工作要点", opened_at=clock.now())


@pytest.fixture
def make_item(plan, county) -> Callable[..., Item]:  # noqa: F811
    """`make_item("1", "公开预算", [county.fgj], State.ACCEPTED)`: an item with one duty, given to each body."""
    task = made_task(plan)

    def make(key: str, text: str = "公开年度预算", bodies=(), *settled, **fields) -> Item:
        return made_item(task, tuple(bodies) or (county.fgj,), key, text, *settled, **fields)

    return make


@remembered
def made_task(plan) -> Task:
    group = Group.objects.create(plan=plan, number=1, name="深化重点领域信息公开")
    return Task.objects.create(plan=plan, group=group, number=1, name="推进财政信息公开")


@remembered
def made_item(task, bodies, key, text, state=State.IN_PROGRESS, due=date(2026, 9, 30), **fields) -> Item:
    fields = {"order": Item.objects.count(), "group": task.group, "task": task, "deadline_text": "9月底前"} | fields
    item = Item.objects.create(plan=task.plan, key=key, text=text, due=due, **fields)
    duty = Obligation.objects.create(item=item, key=key, text=text, due=due)
    for body in bodies:
        Assignment.objects.create(
            plan=task.plan, item=item, obligation=duty, body=body, state=state, due=due, changed_at=clock.now()
        )
    return item


@pytest.fixture
def make_evidence(people) -> Callable[..., Evidence]:  # noqa: F811
    """`make_evidence(item, "预算公开", url=…)` or with `content=b"…"` for a file."""

    def make(item: Item, title: str, content: bytes | None = None, **fields) -> Evidence:
        # Files lie in the folder of their test, so what has one is built each time.
        return (made_evidence if content is None else handed_in)(people.clerk, item, title, content, **fields)

    return make


def handed_in(clerk: User, item: Item, title: str, content: bytes | None, **fields) -> Evidence:
    kind = EvidenceKind.FILE if content is not None else EvidenceKind.LINK if fields.get("url") else EvidenceKind.NOTE
    assignment = item.assignments.first()
    piece = Evidence(body=assignment.body, kind=kind, title=title, created_by=clerk, created_at=clock.now(), **fields)
    if content is not None:
        piece.file.save("upload.pdf", ContentFile(content), save=False)
        piece.file_name = fields.get("file_name", "预算.pdf")
    piece.save()
    EvidenceUse.objects.create(evidence=piece, assignment=assignment)
    return piece


made_evidence = remembered(handed_in)


@pytest.fixture
def publish(people) -> Callable[..., None]:  # noqa: F811
    """Put items and evidence forward as the office and sign them as a leader of the body."""

    return lambda *records: published(people, records)


@remembered
def published(people, records: tuple[Item | Evidence, ...]) -> None:  # noqa: F811
    items = [one for one in records if isinstance(one, Item)]
    pieces = [one for one in records if isinstance(one, Evidence)]
    for row in release(people.office, items, pieces):
        sign(people.county_leader if row.kind == ITEM else people.leader, row)


@pytest.fixture
def signed_in(client) -> Callable[[User], SimpleNamespace]:
    def sign_in(user: User):
        client.force_login(user)
        return client

    return sign_in


KINDS = (ITEM, EVIDENCE)
