"""正文要求: the numbered prose sections of a notice, cut into single duties P2.1, P2.2 …

A sentence is a duty; within it, a clause that begins with a word of obligation (完善, 落实, 确保 …) begins another.
A short opening clause (在公开工作中增强规范意识，…) belongs to the duty after it. Sentences that only invoke principles
(坚持以…为指导) are no duties; they are listed all the same, left out unless a person takes them in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.core.notices.deadlines import read_sentence
from gongkai.core.notices.folding import fold
from gongkai.core.notices.targets import read_targets
from gongkai.ledger.importing.splitting import bare_duty, clauses, sentences

EVERYBODY = "各单位"
OPENING = 15  # characters up to which a first clause only leads in
_BEGINS = re.compile(r"建立|完善|健全|落实|确保|坚决|避免|防范|梳理形成|并将|同时|此外|另外")
_DUE_ACTION = re.compile(r"该.{1,8}的")
_PRINCIPLES = re.compile(r"为指导|指示精神|重要指示|决策部署|二十大精神|重要讲话")
_BRIDGE = re.compile(r"^(?:(?:同时|此外|另外)，|并(?=将))")
_SUBJECT = re.compile(r"^(?:同时，|此外，)?(?P<who>[^，。；：]{2,24}?)(?:主要)?(?:负责人)?(?:要|应当?|必?须|负责)")
_BODIES = re.compile(r"各|部门|单位|机关|乡镇|街道|办公室|[局委办]$")
_CONTINUOUS = re.compile(r"常态化|持续|长期|实时")


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of section `section`. `who` is the subject as printed; `principle`: invokes, demands nothing."""

    section: int
    heading: str
    position: int
    text: str
    who: str
    recurrence: str
    due: str | None
    targets: tuple[dict[str, Any], ...]
    principle: bool

    @property
    def key(self) -> str:
        return f"P{self.section}.{self.position}"


def read_duties(requirements: Sequence[Mapping[str, Any]], year: int) -> list[Duty]:
    """The duties of every section, in order; `year` is the year of the plan."""
    found: list[Duty] = []
    for section in requirements:
        found += _section(section, year)
    return found


def _section(section: Mapping[str, Any], year: int) -> list[Duty]:
    default = EVERYBODY
    found: list[Duty] = []
    for sentence in sentences(str(section["text"])):
        who = _subject(sentence)
        if who and not found:
            default = who
        for text in _duties(sentence):
            found.append(_duty(section, len(found) + 1, text, who or default, year))
    return found


def _duty(section: Mapping[str, Any], position: int, text: str, who: str, year: int) -> Duty:
    mentions = read_sentence(text, year)
    recurrence = next((str(mention.recurrence) for mention in mentions if mention.recurrence), "")
    dues = [mention.due for mention in mentions if mention.due]
    return Duty(
        section=int(section["number"]),
        heading=str(section["heading"]),
        position=position,
        text=text,
        who=who,
        recurrence=recurrence or ("continuous" if _CONTINUOUS.search(text) else ""),
        # 每年至少开展1次 of a yearly notice: within its year.
        due=min(dues, default=date(year, 12, 31)).isoformat() if dues or recurrence else None,
        targets=tuple(target.to_dict() for target in read_targets(text)),
        principle=bool(_PRINCIPLES.search(text)),
    )


def _subject(sentence: str) -> str:
    """Who must act, as printed at the head of the sentence; empty when it names nobody."""
    match = _SUBJECT.match(fold(sentence))
    if not match:
        return ""
    who = sentence[match.start("who") : match.end("who")]
    return who if _BODIES.search(fold(who)) else ""


def _duties(sentence: str) -> list[str]:
    """The clauses of a sentence, grouped into duties."""
    if _PRINCIPLES.search(sentence):
        return [bare_duty(sentence)]
    groups: list[str] = []
    for clause in clauses(sentence):
        if groups and not _begins(clause, groups[-1]):
            groups[-1] += clause
        else:
            groups.append(clause)
    if len(groups) > 1 and len(bare_duty(groups[0])) <= OPENING:
        groups[:2] = [groups[0] + groups[1]]
    return [duty for group in groups if (duty := bare_duty(_BRIDGE.sub("", group)))]


def _begins(clause: str, before: str) -> bool:
    folded = fold(clause)
    if _DUE_ACTION.match(folded):
        return not _DUE_ACTION.search(fold(before))
    return bool(_BEGINS.match(folded))
