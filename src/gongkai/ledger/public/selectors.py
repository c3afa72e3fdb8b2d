"""Reading the public ledger: released items with their live state, filtered, sorted and counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.looks import Look
from gongkai.ledger import states
from gongkai.ledger.models import Assignment, Evidence, EvidenceKind, EvidenceUse, Feedback, Item, Plan, State
from gongkai.ledger.reviewables import EVIDENCE, FEEDBACK, ITEM, duties_of
from gongkai.review import gate
from gongkai.review.models import Release
from gongkai.review.models import State as ReleaseState

# What the public is told of a state: the give and take between office and body is theirs.
LOOKS = (states.OVERDUE, states.TO_ACCEPT, states.IN_PROGRESS, states.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Duty:
    """One body's share of an item."""

    body: Body
    role: str
    key: str
    due: date | None
    look: Look


@dataclass(frozen=True, slots=True)
class Entry:
    """A released item as the public sees it."""

    item: Item
    duties: tuple[Duty, ...]
    look: Look
    changed_at: datetime | None

    @property
    def group(self) -> str:
        return self.item.group.name if self.item.group else ""

    @property
    def task(self) -> str:
        return self.item.task.name if self.item.task else ""

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Each body once, in order."""
        return tuple(dict.fromkeys(duty.body for duty in self.duties))

    @property
    def parts(self) -> dict[str, str]:
        """The single duties of a split item by key; empty for an item with one."""
        parts = {duty.obligation.key: duty.obligation.text for duty in duties_of(self.item)}
        return parts if len(parts) > 1 else {}


def public_look(assignment: Assignment, today: date) -> Look:
    if assignment.state == State.ACCEPTED:
        return states.ACCEPTED
    if assignment.is_overdue(today):
        return states.OVERDUE
    return states.TO_ACCEPT if assignment.state == State.TO_ACCEPT else states.IN_PROGRESS


def summed_up(looks: Iterable[Look]) -> Look:
    """The state of an item: late when one body is, done when all are."""
    kinds = set(looks)
    if states.OVERDUE in kinds:
        return states.OVERDUE
    return kinds.pop() if len(kinds) == 1 else states.IN_PROGRESS


def entry_of(item: Item, today: date) -> Entry:
    rows = duties_of(item)
    duties = tuple(
        Duty(row.body, str(row.get_role_display()), row.obligation.key, row.due, public_look(row, today))
        for row in rows
    )
    changed_at = max((row.changed_at for row in rows), default=None)
    return Entry(item, duties, summed_up(duty.look for duty in duties), changed_at)


def entries(plan: Plan) -> list[Entry]:
    """The released items of a plan in the order of the notice."""
    today = clock.today()
    return [entry_of(item, today) for item in gate.open_records(ITEM, plan.items.filter(removed=False))]


def find_entry(plan: Plan, key: str) -> Entry | None:
    """One released item; None when there is none or it is not open."""
    items = gate.open_records(ITEM, plan.items.filter(removed=False, key=key))
    return entry_of(items[0], clock.today()) if items else None


def open_evidence(item: Item) -> list[Evidence]:
    """The released evidence of an item's live tasks, newest first."""
    pieces = Evidence.objects.filter(removed=False, assignments__in=Assignment.objects.live().filter(item=item))
    return gate.open_records(EVIDENCE, pieces.distinct())


def evidence_by_item(plan: Plan) -> dict[int, list[Evidence]]:
    """The released evidence of a whole plan by the id of the item it shows."""
    uses = EvidenceUse.objects.filter(assignment__plan=plan, assignment__withdrawn=False, evidence__removed=False)
    pieces = gate.open_records(EVIDENCE, Evidence.objects.filter(pk__in=uses.values("evidence_id")))
    opened = {piece.pk: piece for piece in pieces}
    found: dict[int, list[Evidence]] = defaultdict(list)
    for item_id, evidence_id in uses.values_list("assignment__item_id", "evidence_id").distinct():
        if evidence_id in opened:
            found[item_id].append(opened[evidence_id])
    return found


def open_file(pk: int) -> Evidence | None:
    """A released file that belongs to at least one released item; None otherwise."""
    piece = Evidence.objects.filter(pk=pk, kind=EvidenceKind.FILE, removed=False).exclude(file="").first()
    if piece is None or not gate.is_open(EVIDENCE, piece):
        return None
    items = Item.objects.filter(removed=False, assignments__in=piece.assignments.filter(withdrawn=False)).distinct()
    return piece if gate.open_records(ITEM, items) else None


def open_feedback(item: Item) -> list[Feedback]:
    """What citizens said of the item and the office answered, newest first."""
    return gate.open_records(FEEDBACK, item.feedback.all())


def years(county: Body) -> list[int]:
    """The years of which something was released, newest first."""
    released = Release.objects.filter(kind=ITEM, state=ReleaseState.APPROVED).values("object_id")
    plans = Plan.objects.filter(county=county, items__in=released)
    return list(plans.order_by("-year").values_list("year", flat=True).distinct())


def released_at(item: Item) -> datetime | None:
    """When the item, as it stands, was signed for the public."""
    rows = Release.objects.filter(kind=ITEM, object_id=item.pk, state=ReleaseState.APPROVED)
    return rows.aggregate(at=Max("decided_at"))["at"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a visitor asks for, as it stands in the address."""

    body: str = ""
    state: str = ""
    q: str = ""
    sort: str = ""

    def keeps(self, entry: Entry) -> bool:
        return self.keeps_but_state(entry) and self.state in ("", entry.look.key)

    def keeps_but_state(self, entry: Entry) -> bool:
        if self.body and all(body.code != self.body for body in entry.bodies):
            return False
        return not self.q or self.q.casefold() in _haystack(entry)


@dataclass(slots=True)
class Found:
    """The answer: the entries kept, how many there are in each state, and the bodies one may ask for."""

    entries: list[Entry]
    total: int
    counts: dict[str, int]
    bodies: list[Body] = field(default_factory=list)


def search(all_entries: list[Entry], wanted: Wanted) -> Found:
    considered = [entry for entry in all_entries if wanted.keeps_but_state(entry)]
    counts = Counter(entry.look.key for entry in considered)
    kept = [entry for entry in considered if wanted.state in ("", entry.look.key)]
    bodies = {body.pk: body for entry in all_entries for body in entry.bodies}
    ordered = sorted(bodies.values(), key=lambda body: (body.order, body.pk))
    return Found(_sorted(kept, wanted.sort), len(considered), dict(counts), ordered)


def _sorted(found: list[Entry], sort: str) -> list[Entry]:
    name = sort.removeprefix("-")
    if name == "due":
        dated = [entry for entry in found if entry.item.due]
        undated = [entry for entry in found if not entry.item.due]
        return sorted(dated, key=lambda one: one.item.due or date.max, reverse=sort != name) + undated
    if name == "changed":
        dated = [entry for entry in found if entry.changed_at]
        return sorted(dated, key=lambda one: one.changed_at or datetime.max, reverse=sort != name)
    if name == "state":
        return sorted(found, key=lambda one: LOOKS.index(one.look), reverse=sort != name)
    return found[::-1] if sort == "-order" else found


def _haystack(entry: Entry) -> str:
    words = [entry.item.key, entry.item.text, entry.group, entry.task, *(body.name for body in entry.bodies)]
    return "\n".join(words).casefold()
