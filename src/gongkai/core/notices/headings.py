"""What the columns of a breakdown table hold, by their headings (synonyms in headings.yaml)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml

from gongkai.core.notices.folding import fold, squeeze
from gongkai.core.notices.model import Role
from gongkai.core.notices.roles import role_of_heading


class Kind(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    GROUP = "group"
    TASK = "task"
    TEXT = "text"
    BODIES = "bodies"
    DEADLINE = "deadline"
    GOAL = "goal"  # what shall be reached: its quantities are targets
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the plan: what it holds, its heading as printed, and the role that the heading gives."""

    kind: Kind
    heading: str = ""
    role: Role = Role.RESPONSIBLE


# Headings put together of the words above: 县级牵头部门, 完成时间要求, 重点举措.
_COMPOSED = (
    ("detail", re.compile(r"(?:工作|主要|具体|重点|推进|落实|任务|细化|实施|改革)+(?:举措|措施|内容|要求)")),
    ("task", re.compile(r"(?:年度|重点|主要|工作|目标|公开)+(?:任务|工作|事项)(?:名称|清单)?")),
    (
        "bodies",
        re.compile(
            r"(?:[省市县区州镇乡](?:级|直)?|主要|具体|第一)?(?:牵头|责任|主办|承办|实施|落实|配合|协办|协同|协助|参与|督办|督导|指导)+"
            r"(?:单位|部门|科室|处室|股室|机构|主体)(?:（[^（）]*）)?(?:[及和与、/](?:其?分工|责任人))?"
        ),
    ),
    (
        "deadline",
        re.compile(
            r"(?:完成|办理|办结|落实|公开|整改|推进|工作|任务|计划|拟)*(?:时限|时间|期限|日期|进度|节点)+(?:要求|安排|节点|计划|进度)?(?:（[^（）]*）)?"
        ),
    ),
)
_DEPTH = {"group": 1, "task": 2, "detail": 3}
_CONTENT = frozenset({"公开内容", "公开内容（要素）"})  # headings of a catalogue; in a plan, its details


@cache
def _words() -> dict[str, str]:
    """Heading -> its class in headings.yaml."""
    text = files(__package__).joinpath("headings.yaml").read_text("utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    classes: dict[str, list[str]] = yaml.load(text, Loader=loader)  # noqa: S506 (a safe loader)
    return {spelling(word): name for name, words in classes.items() for word in words}


def spelling(heading: str) -> str:
    return squeeze(fold(heading)).strip("：:")


def classify(heading: str) -> str | None:
    """The class of a heading, None when it is none."""
    key = spelling(heading)
    found = _words().get(key)
    if found is None and key.endswith("）"):
        found = _words().get(re.sub(r"（[^（）]*）$", "", key))
    return found or next((name for name, pattern in _COMPOSED if pattern.fullmatch(key)), None)


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row of cells is the heading of a plan: a text column, and bodies."""
    classes = [classify(cell) for cell in cells if cell.strip()]
    known = [found for found in classes if found]
    return "bodies" in known and any(found in _DEPTH for found in known) and 2 * len(known) > len(classes)


def is_catalogue(cells: Sequence[str]) -> bool:
    """Whether a row of cells is the heading of a standard catalogue."""
    return sum(classify(cell) == "catalogue" for cell in cells) >= 3


def is_bodiless(cells: Sequence[str]) -> bool:
    """Whether a row of cells looks like the heading of a plan that lacks its bodies."""
    classes = [classify(cell) for cell in cells if cell.strip()]
    wanted = sum(found in (*_DEPTH, "number", "deadline") for found in classes)
    return (
        "bodies" not in classes
        and any(found in _DEPTH for found in classes)
        and wanted >= 2
        and 2 * wanted > len(classes)
    )


def columns_of(headings: Sequence[str], amounts: Sequence[int] = ()) -> list[Column]:
    """The columns under a header row; a heading over two columns stands twice.

    The deepest text heading holds the items' text; of several equal ones the one with most in it (`amounts`), else the
    last. Those before it are the group and, nearer to it, the task; where some stand behind it, their depth tells.
    """
    classes = ["detail" if spelling(heading) in _CONTENT else classify(heading) or "other" for heading in headings]
    depths = [_DEPTH.get(found, 0) for found in classes]
    kinds = {at: Kind(found) for at, found in enumerate(classes) if found in ("number", "bodies", "deadline", "goal")}
    for at in _goals(classes, headings):
        kinds[at], depths[at] = Kind.GOAL, 0
    much = amounts or [0] * len(depths)
    text = max(range(len(depths)), key=lambda at: (depths[at], much[at], at), default=0)
    kinds[text] = Kind.TEXT
    names = [at for at in range(len(depths)) if depths[at] and at != text]
    if names and names[-1] > text:
        names.sort(key=lambda at: (depths[at], at))
    if names:
        kinds[names[0]] = Kind.GROUP
        kinds.update({at: Kind.TASK for at in names[-1:] if len(names) > 1})
    return [Column(kinds.get(at, Kind.OTHER), heading, role_of_heading(heading)) for at, heading in enumerate(headings)]


def _goals(classes: Sequence[str], headings: Sequence[str]) -> list[int]:
    """Where 目标 says what a task shall reach: in any place but the first of the text columns, which it heads."""
    texts = [at for at, found in enumerate(classes) if found in _DEPTH]
    return [at for at in texts[1:] if classes[at] == "group" and spelling(headings[at]).endswith("目标")]


def run_of_headings(text: str) -> tuple[int, int, list[str]] | None:
    """Where three headings or more, bodies among them, run together in a text, and what they are."""
    pattern = _run_pattern()
    folded = fold(text)
    for match in pattern.finditer(folded):
        words = re.findall(_word_pattern(), squeeze(match.group()))
        if len(words) >= 3 and is_header(words):
            return match.start(), match.end(), words
    return None


@cache
def _word_pattern() -> str:
    words = sorted((word for word, found in _words().items() if found != "catalogue"), key=len, reverse=True)
    return "|".join(map(re.escape, words))


@cache
def _run_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{_word_pattern()})\s*){{3,}}")
