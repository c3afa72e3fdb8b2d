"""Items as printed become items of the plan: bodies, deadline and targets read, what is doubtful told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.core.notices import places, roles
from gongkai.core.notices.assignees import Naming as Read
from gongkai.core.notices.assignees import Remark, read_assignees, unbroken
from gongkai.core.notices.deadlines import Mention, read_cell, read_sentence
from gongkai.core.notices.folding import join_lines, squeeze
from gongkai.core.notices.model import Assignee, Deadline, Finding, Item, Role, Severity
from gongkai.core.notices.names import Lexicon
from gongkai.core.notices.rows import Naming, RawItem
from gongkai.core.notices.targets import read_targets

_ORDER = (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT, Role.SUPERVISE)
_REMARKS = {
    "missing-separator": (Severity.WARNING, "两个名称之间缺少分隔符，已按已知名称断开"),
    "stray-separator": (Severity.WARNING, "多出一个分隔符，已忽略"),
    "doubtful-body": (Severity.WARNING, "不像单位名称，已照录，请核对"),
    "duplicate-body": (Severity.INFO, "同一单位在本项出现多次，只记一次"),
    "unread-words": (Severity.INFO, "单位后面的职责说明未读入"),
}


@dataclass(frozen=True, slots=True)
class Assembled:
    """An item, the findings about it, and the separator before its selectors (for comparing items)."""

    item: Item
    findings: tuple[Finding, ...]
    joint: str


def assemble(raw: RawItem, year: int | None, lexicon: Lexicon, *, labelled: bool, first_leads: bool) -> Assembled:
    """Read one item; `labelled` keeps the headings of several body columns in `assignees_text`.

    `first_leads`: the notice says somewhere that the body named first leads.
    """
    readings = [
        read_assignees(each.text, lexicon, each.role, first_leads=first_leads or roles.first_leads(each.label))
        for each in raw.namings
    ]
    deadline, findings = _deadline(raw, year)
    item = Item(
        number=raw.number or 0,
        group_number=raw.group_number,
        group=raw.group,
        task_number=raw.task_number,
        task=raw.task,
        text=raw.text,
        assignees=_merged(readings),
        selectors=tuple(dict.fromkeys(selector for reading in readings for selector in reading.selectors)),
        open_ended=any(reading.open_ended for reading in readings),
        assignees_text=assignees_text(raw.namings, lexicon, labelled=labelled),
        deadline=deadline,
        targets=tuple(dict.fromkeys((*read_targets(raw.text), *read_targets(raw.goal)))),
    )
    remarks = [remark for reading in readings for remark in reading.remarks]
    findings = [_told(item.number, remark) for remark in remarks] + findings + _blanks(raw, item.number)
    findings += _goal(raw, item.number)
    joint = next((reading.joint for reading in readings if reading.joint), "")
    return Assembled(item, tuple(findings), joint)


def assignees_text(namings: Sequence[Naming], lexicon: Lexicon, *, labelled: bool) -> str:
    """What the notice says, verbatim; with several body columns each on a line behind its heading."""
    texts = [(each.label, unbroken(each.text, lexicon)) for each in namings]
    if labelled:
        return "\n".join(f"{squeeze(label)}：{_one_line(text)}" for label, text in texts)
    return "\n".join(text for _, text in texts)


def _one_line(text: str) -> str:
    """A cell's names on one line, 、 where only a line break stood between them."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return "".join(
        line + ("、" if after and not line.endswith(("、", "，", "；", ",", ";")) else "")
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
    )


def _merged(readings: Sequence[Read]) -> tuple[Assignee, ...]:
    """Each body once, with its strongest role."""
    chosen: dict[str, Role] = {}
    for reading in readings:
        for each in reading.assignees:
            chosen[each.name] = min(chosen.get(each.name, each.role), each.role, key=_ORDER.index)
    return tuple(Assignee(name, role) for name, role in chosen.items())


def _told(number: int, remark: Remark) -> Finding:
    severity, message = _REMARKS[remark.code]
    return Finding(
        remark.code, severity, places.item(number, places.BODIES), remark.excerpt, message, remark.suggestion
    )


def _blanks(raw: RawItem, number: int) -> list[Finding]:
    message = "单元格为空，已视同上一行"
    return [Finding("empty-cell", Severity.INFO, places.item(number, part), "", message) for part in raw.blank]


def _goal(raw: RawItem, number: int) -> list[Finding]:
    """What a column of goals says: a plan holds its quantities only."""
    if not raw.goal.strip("—－-/／无 "):
        return []
    counted = "、".join(target.text for target in read_targets(raw.goal))
    message = f"目标栏中的数量（{counted}）已作为指标，其余文字未读入" if counted else "目标栏的文字未读入，请核对"
    return [Finding("goal-column", Severity.INFO, places.item(number, places.GOAL), raw.goal, message)]


def _deadline(raw: RawItem, year: int | None) -> tuple[Deadline, list[Finding]]:
    """The deadline of the cell, made stricter by a date inside the text; without a cell that of the text."""
    number = raw.number or 0
    promised = read_sentence(raw.text, year)
    stated, mentions = read_cell(raw.deadline or "", year)
    findings = [_no_day(number, mention) for mention in (*mentions, *promised) if not mention.valid]
    dated = [mention for mention in promised if mention.due]
    recurrence = stated.recurrence or next((mention.recurrence for mention in promised if mention.recurrence), None)
    if not stated.text:
        first = min(dated, key=_due) if dated else next(iter(promised), None)
        findings += _several(number, dated)
        return Deadline(join_lines(first.text), first.due, recurrence) if first else Deadline(), findings
    if not dated:
        return Deadline(stated.text, stated.due, recurrence), findings
    strictest = min(dated, key=_due)
    points = any(mention.due and (mention.before or "底" in mention.text) for mention in mentions)
    if _due(strictest) != stated.due or not points:
        findings.append(_conflict(number, stated, strictest))
    findings += _several(number, dated)
    due = min(filter(None, (stated.due, strictest.due)))
    return Deadline(stated.text, due, recurrence), findings


def _due(mention: Mention) -> date:
    return mention.due or date.max


def _conflict(number: int, stated: Deadline, mention: Mention) -> Finding:
    strictest = min(filter(None, (stated.due, mention.due)))
    severity = Severity.INFO if stated.due == mention.due else Severity.WARNING
    message = f"内容写明“{mention.text}”，时限栏为“{stated.text}”，按较早的日期{strictest.isoformat()}计"
    return Finding(
        "deadline-conflict",
        severity,
        places.item(number, places.DEADLINE),
        mention.text,
        message,
        strictest.isoformat(),
    )


def _several(number: int, dated: Sequence[Mention]) -> list[Finding]:
    dues = sorted({mention.due.isoformat() for mention in dated if mention.due})
    if len(dues) < 2:
        return []
    message = f"内容写有多个日期（{'、'.join(dues)}），按最早的计，请分阶段核对"
    excerpt = "、".join(mention.text for mention in dated)
    return [Finding("several-deadlines", Severity.INFO, places.item(number, places.DEADLINE), excerpt, message)]


def _no_day(number: int, mention: Mention) -> Finding:
    message = "日历上没有这一天，未计入时限"
    return Finding("doubtful-date", Severity.WARNING, places.item(number, places.DEADLINE), mention.text, message)
