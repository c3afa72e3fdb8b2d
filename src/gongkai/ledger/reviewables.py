"""What of the ledger can become public, and the exact words the public would see of it.

The state of a task is not among them: it is shown live. The words, bodies and days are what a leader signs.
"""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.events.models import Event
from gongkai.foundation.events.services import change
from gongkai.foundation.registries import Reviewable, reviewables
from gongkai.ledger.models import Assignment, Evidence, Feedback, FeedbackState, Item
from gongkai.ledger.public.addresses import item_address
from gongkai.review.digests import as_text, sm3_of_file

ITEM, EVIDENCE, FEEDBACK = "ledger.item", "ledger.evidence", "ledger.feedback"

# The words of the signed text. They belong to the digest, so they are never translated, and changing one closes the
# gate for everything signed before.
YEAR = "{}年度"
DAY = "{:%Y-%m-%d}前"
NO_DAY = "未规定日期"
SPLIT = "具体义务 {}"
ITEM_PARTS = ("年度", "编号", "任务分组", "任务", "具体内容", "完成时限", "责任单位")
EVIDENCE_PARTS = ("单位", "标题", "网址", "文件名", "文件摘要值（SM3）", "说明")
FEEDBACK_PARTS = ("意见", "答复")
FILE = "文件"


def duties_of(item: Item) -> list[Assignment]:
    """The live assignments of an item with body and duty; already fetched for items that `prepare_items` prepared."""
    fetched = getattr(item, "duties", None)
    return list(_duties().filter(item=item)) if fetched is None else fetched


def _duties() -> QuerySet[Assignment]:
    rows = Assignment.objects.live().select_related("body", "obligation")
    return rows.order_by("obligation__order", "obligation_id", "body__order", "body_id")


def prepare_items(items: QuerySet[Item]) -> QuerySet[Item]:
    return items.select_related("plan__county", "group", "task").prefetch_related(
        Prefetch("assignments", _duties(), to_attr="duties")
    )


def item_text(item: Item) -> str:
    """Words, bodies and days of an item."""
    duties = duties_of(item)
    values = (
        YEAR.format(item.plan.year),
        item.key,
        item.group.name if item.group else "",
        item.task.name if item.task else "",
        item.text,
        "，".join(filter(None, [item.deadline_text, _day(item)])),
        "\n".join(_duty(duty) for duty in duties),
    )
    return as_text([*zip(ITEM_PARTS, values, strict=True), *_split(duties)])


def _split(duties: list[Assignment]) -> list[tuple[str, str]]:
    """The single duties, where an item was split into several."""
    parts = {duty.obligation.key: duty.obligation.text for duty in duties}
    return [(SPLIT.format(key), text) for key, text in parts.items()] if len(parts) > 1 else []


def _duty(duty: Assignment) -> str:
    return f"{duty.obligation.key} {duty.get_role_display()}：{duty.body.name}，{_day(duty) or NO_DAY}"


def _day(record: Item | Assignment) -> str:
    return DAY.format(record.due) if record.due else ""


def evidence_text(evidence: Evidence) -> str:
    """Title, address, file and note of a piece of evidence."""
    file = sm3_of_file(evidence.file) if evidence.file else ""
    values = (evidence.body.name, evidence.title, evidence.url, evidence.file_name, file, evidence.note)
    return as_text(zip(EVIDENCE_PARTS, values, strict=True))


def evidence_files(evidence: Evidence) -> list[tuple[str, FieldFile]]:
    return [(FILE, evidence.file)] if evidence.file else []


def writers_of(item: Item) -> set[int]:
    """Whoever imported or changed it."""
    return set(Event.objects.about(item).exclude(actor=None).values_list("actor_id", flat=True))


def feedback_text(feedback: Feedback) -> str:
    """What the citizen said and what the office answers."""
    return as_text(zip(FEEDBACK_PARTS, (feedback.text, feedback.reply), strict=True))


def show_feedback(feedback: Feedback) -> None:
    _set_state(feedback, FeedbackState.SHOWN, "review.approve")


def unshow_feedback(feedback: Feedback) -> None:
    _set_state(feedback, FeedbackState.HIDDEN, "review.withdraw")


def _set_state(feedback: Feedback, state: FeedbackState, verb: str) -> None:
    """Keep the state in step with the gate; who opened or closed it stands in the release's own events."""
    if feedback.state != state:
        with change(feedback, verb, actor=None):
            feedback.state = state


reviewables.register(
    Reviewable(
        key=ITEM,
        label=_("台账事项"),
        model=Item,
        title=lambda item: f"{YEAR.format(item.plan.year)}（{item.key}）{item.text[:60]}",
        digest=item_text,
        body_id=lambda item: item.plan.county_id,
        address=item_address,
        prepare=prepare_items,
        authors=writers_of,
    )
)
reviewables.register(
    Reviewable(
        key=EVIDENCE,
        label=_("佐证材料"),
        model=Evidence,
        title=lambda evidence: evidence.title,
        digest=evidence_text,
        body_id=lambda evidence: evidence.body_id,
        address=lambda evidence: "",
        prepare=lambda pieces: pieces.select_related("body"),
        files=evidence_files,
        authors=lambda evidence: {evidence.created_by_id},
    )
)
reviewables.register(
    Reviewable(
        key=FEEDBACK,
        label=_("社会监督意见"),
        model=Feedback,
        title=lambda feedback: f"{feedback.reference} {feedback.text[:40]}",
        digest=feedback_text,
        body_id=lambda feedback: feedback.item.plan.county_id,
        address=lambda feedback: item_address(feedback.item),
        authors=lambda feedback: {feedback.handled_by_id},
        opened=show_feedback,
        closed=unshow_feedback,
    )
)
