"""What stands behind an item of prose and names its bodies: a bracket, or a sentence 责任单位：…；完成时限：…."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.core.notices import roles
from gongkai.core.notices.cells import share_of_bodies
from gongkai.core.notices.deadlines import is_deadline
from gongkai.core.notices.folding import fold
from gongkai.core.notices.splitting import split_top

_MOST = 0.6  # of the fragments must read as bodies
_ROLE_WORDS = re.compile(r"牵头|负责|配合|协助|责任单位|责任部门|责任科室|落实")
_PLAIN = re.compile(r"^(?:责任|落实)(?:单位|部门|科室|处室|股室|主体)?：$")
_DONE = re.compile(r"(?:前|内|底|末|年)完成$")


@dataclass(frozen=True, slots=True)
class Trailing:
    """An item's text, the expression that names its bodies ("" for none), and the deadline told with them."""

    text: str
    bodies: str = ""
    deadline: str | None = None
    own_line: bool = False  # the bodies stand in a paragraph of their own


def split_trailing(lines: list[str]) -> Trailing:
    """Split the paragraphs of an item."""
    rest = [line.strip() for line in lines if line.strip()]
    found: list[str] = []
    own_line = False
    while len(rest) > 1 and (bodies := _whole(rest[-1])):
        found.insert(0, bodies)
        rest.pop()
        own_line = True
    if rest and not found:
        rest[-1], bodies = _end(rest[-1])
        found = [bodies] if bodies else []
    if not found:
        found = [content for line in rest for content in _inner(line)]
    deadline, expression = _without_deadline("\n".join(found))
    return Trailing("\n".join(line for line in rest if line), _without_plain_label(expression), deadline, own_line)


def only_names(line: str) -> bool:
    """Whether a paragraph only names bodies or a time."""
    return bool(_whole(line.strip()))


def _whole(line: str) -> str:
    """The expression of a paragraph that only names bodies or a time, "" when it says more."""
    parts = roles.labelled(line)
    if parts and parts[0].label and (parts[0].role is None or share_of_bodies(parts[0].text) >= _MOST):
        return line.rstrip("。；;.")
    folded = fold(line.strip().rstrip("。；;."))
    if folded[:1] in ("（", "〔") and _closing(folded) == 0 and names_bodies(line.strip().rstrip("。；;.")[1:-1]):
        return line.strip().rstrip("。；;.")[1:-1]
    return ""


def _end(line: str) -> tuple[str, str]:
    """A paragraph without the bracket or the labelled sentence at its end, and their expression."""
    parts = roles.labelled(line)
    first = next((part for part in parts if part.label), None)
    if first and any(part.role for part in parts if part.label) and share_of_bodies(line[first.start :]) >= _MOST:
        text = line[: first.start].rstrip()
        if not text or fold(text[-1]) in "。；！？）”，" or line[: first.start].endswith((" ", "\u3000")):
            return text, line[first.start :].strip().rstrip("。；;.")
    contents: list[str] = []
    while True:
        trimmed = line.rstrip().rstrip("。；;.，,")
        start = _closing(fold(trimmed))
        if start is None or not (
            names_bodies(trimmed[start + 1 : -1]) or (contents and is_deadline(trimmed[start + 1 : -1]))
        ):
            return line.rstrip(), "；".join(contents)
        contents.insert(0, trimmed[start + 1 : -1].strip())
        line = trimmed[:start]


def _closing(folded: str) -> int | None:
    """Where the bracket opens that ends a text."""
    if folded[-1:] not in ("）", "〕"):
        return None
    depth = 0
    for at in range(len(folded) - 1, -1, -1):
        depth += (folded[at] in "）〕") - (folded[at] in "（〔")
        if depth == 0:
            return at
    return None


def _inner(line: str) -> list[str]:
    """Expressions in brackets inside the text, where they say who does what."""
    folded = fold(line)
    found = []
    for match in re.finditer(r"[（〔]([^（）〔〕]*(?:（[^（）]*）[^（）〔〕]*)*)[）〕]", folded):
        content = line[match.start(1) : match.end(1)]
        if _ROLE_WORDS.search(match[1]) and names_bodies(content):
            found.append(content)
    return found


def names_bodies(content: str) -> bool:
    """Whether the content of a bracket only names bodies, their roles and a time."""
    _, expression = _without_deadline(content)
    return bool(expression.strip()) and share_of_bodies(expression) >= _MOST


def _without_deadline(expression: str) -> tuple[str | None, str]:
    """The time that an expression tells, None when it tells none, and the expression without it."""
    deadline: str | None = None
    kept = ""
    for part in roles.labelled(expression):
        if part.time:
            deadline = deadline or part.text
            continue
        piece = expression[part.start : part.start + _length(expression, part)]
        clauses = []
        for mark, clause in split_top(piece, "，；\n"):
            bare = _bare_time(clause)
            if is_deadline(bare):
                deadline = deadline or bare
            else:
                clauses.append((mark, clause))
        kept += "".join(mark_as_printed(piece, mark) + clause for mark, clause in clauses).lstrip("，；,;")
    return deadline, kept.strip().strip("，；,;。")


def _length(expression: str, part: roles.Labelled) -> int:
    """How far a stretch reaches, its label and the marks behind it included."""
    starts = [other.start for other in roles.labelled(expression) if other.start > part.start]
    return min(starts, default=len(expression)) - part.start


def mark_as_printed(piece: str, mark: str) -> str:
    """A separator in the width that the text uses."""
    narrow = {"，": ",", "；": ";"}.get(mark, mark)
    return narrow if mark and mark not in piece else mark


def _bare_time(clause: str) -> str:
    bare = clause.strip().rstrip("。")
    return bare.removesuffix("完成") if _DONE.search(fold(bare)) else bare


def _without_plain_label(expression: str) -> str:
    """An expression without a lone 责任单位： in front: it says no more than the default."""
    parts = roles.labelled(expression)
    if len(parts) == 1 and _PLAIN.match(fold(parts[0].label.strip())):
        return parts[0].text
    return expression
