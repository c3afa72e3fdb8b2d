"""A table whose cells have run together into one line: the headings, then text, bodies and deadline without a mark.

The items' own numbers cut the line. Within a piece the names of bodies end the text: known names first, else what
begins as the notice's names do (县…). What follows them is the deadline, then the headings of the next rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.core.notices import carry, headings
from gongkai.core.notices.bodynames import is_body
from gongkai.core.notices.folding import fold
from gongkai.core.notices.headings import Column, Kind
from gongkai.core.notices.model import Finding, Role, Severity
from gongkai.core.notices.names import Lexicon
from gongkai.core.notices.nametails import Tail, Tails
from gongkai.core.notices.rows import RawPlan, Written

_STYLES = (r"（{n}）", r"(?<!\d){n}[.、](?!\d)", r"(?<!\d){n}(?=[一-龥])(?![年月日号个项次件条类家届期版%])")
_FEWEST_ITEMS = 2
# What opens the name of a task; two verbs in a row are a noun and its verb (治理能力提升|完成…).
_ADVERBS = "着力|持续|全面|积极|依法|统筹|严格|进一步|切实|大力|深入"
_VERBS = (
    "加强|强化|深化|优化|提升|推进|推动|完善|健全|规范|加快|防范|完成|做好|抓好|聚焦|扩大|落实|建立|拓展|夯实|改进|创新|开展"
    "|提高"
)
_VERB = re.compile(rf"(?:(?:{_ADVERBS})+(?:{_VERBS})|(?:{_VERBS}))(?!{_VERBS}|{_ADVERBS})")
_SHORTEST = 4  # characters of a group or a task


@dataclass(frozen=True, slots=True)
class _Piece:
    """An item with its enumerator, and the headings that stand behind its last cell."""

    text: str
    tail: Tail


def read_lines(lines: Sequence[str], lexicon: Lexicon) -> Written | None:
    """The plan of a table that has run together, None when no run of headings is among the lines."""
    for at, line in enumerate(lines):
        if found := headings.run_of_headings(line):
            start, end, words = found
            body = " ".join([line[end:], *lines[at + 1 :]])
            plan = _read(body, headings.columns_of(words), lexicon)
            return Written(plan, [*lines[:at], line[:start]]) if plan else None
    return None


def _read(body: str, columns: Sequence[Column], lexicon: Lexicon) -> RawPlan | None:
    starts = _item_starts(body)
    if len(starts) < _FEWEST_ITEMS:
        return None
    bounds = [*starts, len(body)]
    texts = [body[start:end] for start, end in pairwise(bounds)]
    deadline = any(column.kind is Kind.DEADLINE for column in columns)
    tails = Tails(texts, lexicon, deadline=deadline)
    pieces = [_Piece(_dotted(text[: (tail := tails.of(text)).start].strip()), tail) for text in texts]
    return _rows(body[: starts[0]], pieces, columns)


def _dotted(text: str) -> str:
    """An item whose bare number runs into its text, with the point that makes it an enumerator."""
    return re.sub(r"^(\d{1,3})(?![\d.、．])", r"\1.", text)


def _item_starts(body: str) -> list[int]:
    """Where the items begin: the style of number that counts furthest from 1."""
    folded = fold(body)
    best: list[int] = []
    for style in _STYLES:
        starts: list[int] = []
        while match := re.compile(style.replace("{n}", str(len(starts) + 1))).search(
            folded, starts[-1] + 1 if starts else 0
        ):
            starts.append(match.start())
        best = max(best, starts, key=len)
    return best


def _rows(lead: str, pieces: Sequence[_Piece], columns: Sequence[Column]) -> RawPlan:
    bodies = [column for column in columns if column.kind is Kind.BODIES]
    cells = Counter(piece.tail.bodies for piece in pieces)
    before = [lead, *(piece.tail.rest for piece in pieces[:-1])]
    marks = [_marked(text) for text in before]
    tasks = any(column.kind is Kind.TASK for column in columns) or any(
        mark and name and not _han(name) for mark, name in marks
    )
    layout = [Column(Kind.NUMBER), Column(Kind.GROUP), Column(Kind.TASK), Column(Kind.TEXT), *bodies]
    layout += [column for column in columns if column.kind is Kind.DEADLINE]
    rows: list[carry.Row] = []
    findings = []
    for piece, (mark, name) in zip(pieces, marks, strict=True):
        group, task, doubtful = _names(name, tasks=tasks)
        if doubtful:
            message = "“部分”与“任务”两栏连写，按动词断开，请核对"
            findings.append(Finding("joined-cells", Severity.WARNING, "plan", name, message, f"{group} / {task}"))
        split = _split_bodies(piece.tail.bodies, bodies, cells)
        deadline = [piece.tail.deadline] if len(layout) > 4 + len(bodies) else []
        rows.append([mark, group, task, piece.text, *split, *deadline])
    plan = carry.items_of(rows, layout)
    return RawPlan(plan.items, (*findings, *plan.findings), plan.body_columns)


def _marked(text: str) -> tuple[str, str]:
    """The 序号 that a heading begins with, and the heading."""
    match = re.match(r"\s*(\d{1,3})?[.、]?\s*(.*)", fold(text), re.DOTALL)
    name = text[match.start(2) :].strip() if match else text.strip()
    return (match[1] or "" if match else ""), name


def _han(name: str) -> bool:
    return bool(re.match(r"[一二三四五六七八九十]{1,3}、", fold(name)))


def _names(name: str, *, tasks: bool) -> tuple[str, str, bool]:
    """Group and task of a heading, and whether the cut between them is a guess."""
    if not name or not tasks:
        return name, "", False
    if not _han(name):
        return "", name, False
    if bracket := re.search(r"（[一二三四五六七八九十]{1,3}）", fold(name)):
        return name[: bracket.start()], name[bracket.start() :], False
    for match in _VERB.finditer(name, name.index("、") + 1 + _SHORTEST if "、" in name else _SHORTEST):
        if len(name) - match.start() >= _SHORTEST:
            return name[: match.start()], name[match.start() :], True
    return name, "", False


def _split_bodies(text: str, columns: Sequence[Column], cells: Counter[str]) -> list[str]:
    """The texts of several body columns: a cell seen alone elsewhere is the last, what stands before it the first."""
    if len(columns) == 1:
        return [text]
    blanks = [""] * (len(columns) - 1)
    for at in range(2, len(text) - 1):
        if cells[text[at:]] and is_body(text[:at]):
            return [text[:at], *blanks[1:], text[at:]]
    return [*blanks, text] if columns[-1].role is not Role.LEAD else [text, *blanks]
