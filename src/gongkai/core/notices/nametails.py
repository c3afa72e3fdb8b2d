"""Where the names of bodies begin and end behind a text that runs into them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.core.notices import roles
from gongkai.core.notices.bodynames import ends_as_body, ends_strongly, is_body
from gongkai.core.notices.deadlines import is_deadline, mentions_in
from gongkai.core.notices.folding import depths, fold
from gongkai.core.notices.names import Lexicon, spelling

_SEPARATORS = "、，；"
_STOPS = "。：！？\n"
_LASTING = re.compile(r"长期坚持|持续推进|常态化?(?:推进|开展|坚持)?|持续|长期")
_GROUP = re.compile(r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）")
_ETC = re.compile(r"等(?:[省市县区]?[级直]?|有关|相关|各|其他)*(?:部门|单位|机构|科室)?$")
# Whose the many are: 区直|各有关单位.
_OWNER = re.compile(r"(?:[省市县区州镇乡](?:直属?|级|属|政府|委)?)$")
_LONGEST_NAME, _LONGEST_TAIL = 40, 2000  # characters
_LONGEST_USUAL = 20  # characters of a name taken whole for its beginning
_LEVELS = set("省市县区州旗")  # how names begin in a notice too short to teach it
_HABIT, _SHARE = 2, 0.03  # as many names, and such a share of all, make a beginning usual


@dataclass(frozen=True, slots=True)
class Tail:
    """The bodies behind a text, from `start`; the deadline; and what still follows (headings of the next rows)."""

    start: int
    bodies: str
    deadline: str
    rest: str


class Tails:
    """Reads the tails of a notice's pieces; the names that stand alone in some teach how all of them begin."""

    def __init__(self, pieces: Sequence[str], lexicon: Lexicon, *, deadline: bool) -> None:
        self._deadline = deadline
        alone = [name for piece in pieces for name in _alone(piece)]
        firsts = Counter(spelling(name)[0] for name in alone)
        usual = {first for first, count in firsts.items() if count >= max(_HABIT, _SHARE * len(alone))}
        self._starts = (usual or _LEVELS) | {"各"}
        self._lexicon = lexicon.teach(name for name in alone if spelling(name)[0] in self._starts)

    def of(self, piece: str) -> Tail:
        """The tail of one piece; an empty one at its end when it names no bodies."""
        for end, after in self._ends(piece):
            last = _name(piece[max(end - _LONGEST_NAME, 0) : end])
            if not ends_as_body(last) and "各" not in last:
                continue
            skipped = max(end - _LONGEST_TAIL, 0)
            found = self._bodies_start(piece[skipped:end])
            if found is not None:
                start = skipped + found
                deadline = piece[end:after].strip()
                return Tail(start, piece[start:end].strip(), deadline, piece[after:].strip())
        return Tail(len(piece), "", "", "")

    def _ends(self, piece: str) -> Iterator[tuple[int, int]]:
        """Where the bodies may end, and where the headings after them begin."""
        if self._deadline:
            spans = [(mention.start, mention.end) for mention in mentions_in(piece, 2000)]
            spans += [match.span() for match in _LASTING.finditer(fold(piece))]
            for start, end in sorted(spans):
                done = re.match(r"完成", piece[end:])
                yield start, end + (done.end() if done else 0)
            return
        for match in _GROUP.finditer(fold(piece)):
            yield match.start(), match.start()
        end = len(piece.rstrip())
        while end > 0:
            yield end, len(piece)
            end = len(piece[: max(piece.rfind(" ", 0, end), 0)].rstrip())

    def _bodies_start(self, text: str) -> int | None:
        """Where the run of names at the end of a text begins; None when it does not end in one."""
        start = None
        for begin, fragment, mark in _backwards(text):
            if not _name(fragment) and fragment.strip():  # 、等县级部门
                start = begin
                continue
            at = self._name_start(fragment)
            if at is None:
                break
            start = begin + at
            if at > len(fragment) - len(fragment.lstrip()) or mark not in _SEPARATORS or not mark:
                break
        return start

    def _name_start(self, fragment: str) -> int | None:
        """Where the names that end a fragment begin, after the text that runs into them; None when none does."""
        name = _name(fragment)
        space = len(name) - len(name.lstrip())
        within = range(max(len(name) - _LONGEST_NAME, space + 1), len(name) - 1)
        inner = any(self._lexicon.knows(name[at:]) for at in within)
        usual = spelling(name)[:1] in self._starts and is_body(name) and len(name) <= _LONGEST_USUAL
        if self._lexicon.knows(name) or (usual and not inner):
            return space
        start = self._last_name(name)
        while start and (before := self._last_name(name[:start])) is not None and ends_strongly(name[before:start]):
            start = before
        if start is None and is_body(name):
            return space
        return start

    def _last_name(self, text: str) -> int | None:
        """Where the last name of a text begins: a known one, the longest, else what begins as names here do."""
        within = range(max(len(text) - _LONGEST_NAME, 0), len(text) - 1)
        known = [at for at in within if self._lexicon.knows(text[at:])]
        if known:
            return known[0]
        usual = [at for at in within if fold(text[at]) in self._starts and is_body(text[at:])]
        if not usual:
            return None
        owner = _OWNER.search(fold(text[: usual[-1]])) if text[usual[-1]] == "各" else None
        return owner.start() if owner else usual[-1]


def _name(fragment: str) -> str:
    """A fragment without its role words and without 等…."""
    bare = roles.trailing_role(fragment)[0]
    etc = _ETC.search(fold(bare))
    return bare[: etc.start()] if etc else bare


def _backwards(text: str) -> Iterator[tuple[int, str, str]]:
    """The fragments of a text from its end: where each begins, itself, and the mark before it."""
    folded = fold(text)
    depth = depths(folded)
    end = len(text)
    for at in range(len(text) - 1, -1, -1):
        if depth[at] == 0 and (folded[at] in _SEPARATORS + _STOPS or folded[at].isspace()):
            if text[at + 1 : end].strip() or folded[at] in _SEPARATORS:
                yield at + 1, text[at + 1 : end], folded[at]
            end = at
    yield 0, text[:end], ""


def _alone(piece: str) -> Iterator[str]:
    """The names that separators close in on both sides."""
    after = ""
    for _, fragment, mark in _backwards(piece):
        name = _name(fragment)
        closed = (after in _SEPARATORS and after) or name != fragment
        opened = mark == "、" or mark.isspace() or mark in _STOPS
        if mark and opened and closed and is_body(name) and not is_deadline(name):
            yield name
        after = mark
