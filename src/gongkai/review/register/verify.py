"""Going over the chain: what was changed, put in, put elsewhere or taken out since it was written.

Rows come in the order of their numbers and are looked at one by one, so memory does not grow with the register.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gongkai.review.models import Entry
from gongkai.review.register.links import START, Link
from gongkai.review.register.verdicts import Kind, Verdict

FAR = 64  # how far from its place a row is looked for; farther away it counts as changed here and missing there
CHUNK = 500


def stored() -> Iterator[Link]:
    """The entries as they stand in the database, in the order of their numbers."""
    fields = ("number", "release_id", "what", "actor_id", "at", "facts", "previous", "digest")
    for row in Entry.objects.order_by("number", "pk").values_list(*fields).iterator(chunk_size=CHUNK):
        yield Link(*row)


def verify(rows: Iterable[Link], anchors: Mapping[int, str] | None = None) -> Verdict:
    """Go over all rows. anchors: number -> digest, as noted earlier outside of the database."""
    walk = _Walk(dict(anchors or {}))
    for row in rows:
        walk.step(row)
    return walk.end()


@dataclass(slots=True)
class _Run:
    """Rows that follow one another: their numbers now, the place and digest of the last, what the first holds on to."""

    first: int
    last: int
    count: int = 1
    start: int = 0
    place: int = 0
    digest: str = ""
    previous: str = ""


class _Walk:
    """Reads on from row to row. A row's *place* is the number it was written under: with it alone its digest is right.

    sound: the last rows that fit, newest last, each with number, place and digest.
    strange: the rows since then that fit no place. rival: rows that claim places which others hold already.
    """

    def __init__(self, anchors: dict[int, str]) -> None:
        self.anchors, self.anchored = anchors, 0
        self.verdict = Verdict()
        self.sound: deque[_Run] = deque([_Run(0, 0, digest=START)], maxlen=FAR)
        self.strange: _Run | None = None
        self.rival: _Run | None = None
        self.gaps: list[tuple[int, int]] = []
        self.shift = 0

    def step(self, row: Link) -> None:
        self.verdict.count += 1
        self.verdict.number, self.verdict.digest = row.number, row.digest
        place = self._place_of(row)
        if place is None:
            self._not_placed(row)
        elif place <= self.sound[-1].place:
            self._placed_before(row, place)
        else:
            self._placed_next(row, place)

    def end(self) -> Verdict:
        reached = self.sound[-1].place
        if self.strange is not None:
            grown = self.strange.previous == self.sound[-1].digest or reached < max(self.anchors, default=0)
            self.verdict.say(Kind.CHANGED if grown else Kind.INSERTED, self.strange.first, self.strange.last)
            reached += self.strange.count if grown else 0
        if self.rival is not None and self.rival.place >= reached:
            self._overtaken()
        self._rival_was_inserted()
        for first, last in self.gaps:
            self.verdict.say(Kind.MISSING, first, last)
        furthest = max(self.anchors, default=0)
        if furthest > reached:
            self.verdict.say(Kind.TAIL_DELETED, reached + 1, furthest)
        self.verdict.breaks.sort()
        return self.verdict

    def _place_of(self, row: Link) -> int | None:
        """None: under no number near, nor under one that is missing, does the digest come right."""
        if row.computed(row.number + self.shift) == row.digest:
            return row.number + self.shift
        near = sorted(range(row.number - FAR, row.number + FAR + 1), key=lambda place: abs(place - row.number))
        missing = [place for first, last in self.gaps[-FAR:] for place in range(first, min(last, first + FAR) + 1)]
        return next((one for one in [*near, *missing] if one > 0 and row.computed(one) == row.digest), None)

    def _not_placed(self, row: Link) -> None:
        if self.strange is None:
            self.strange = _Run(row.number, row.number, previous=row.previous)
        else:
            self.strange.last, self.strange.count = row.number, self.strange.count + 1

    def _placed_before(self, row: Link, place: int) -> None:
        """It was written before what stands before it: it fills a gap, or claims a place that is taken."""
        for at, (first, last) in enumerate(self.gaps):
            if first <= place <= last:
                left = [(first, place - 1), (place + 1, last)]
                self.gaps[at : at + 1] = [gap for gap in left if gap[0] <= gap[1]]
                self.verdict.say(Kind.REORDERED, min(place, row.number), max(place, row.number))
                return
        if self.rival is not None and (place, row.previous) == (self.rival.place + 1, self.rival.digest):
            self.rival.last, self.rival.place, self.rival.digest = row.number, place, row.digest
            return
        self._rival_was_inserted()
        self.rival = _Run(row.number, row.number, start=place, place=place, digest=row.digest)
        known = {(one.place, one.digest) for one in self.sound}
        if (place, row.digest) in known or (place - 1, row.previous) not in known:
            self._rival_was_inserted()  # a copy, or it follows nothing that stands here
        else:
            self.shift = place - row.number

    def _placed_next(self, row: Link, place: int) -> None:
        before = self.sound[-1]
        if self.rival is not None:
            if (place, row.previous) == (before.place + 1, self.rival.digest):
                self._overtaken()
                before = self.sound[-1]
            self._rival_was_inserted()
        self._between(place - before.place - 1, place)
        if place == before.place + 1 and row.previous != before.digest and self.strange is None:
            self.verdict.say(Kind.CHANGED, max(before.last, 1), max(before.last, 1))
        self.strange = None
        self.shift = place - row.number
        self._ask_anchor(row, place)
        self.sound.append(_Run(row.number, row.number, place=place, digest=row.digest))

    def _between(self, slots: int, place: int) -> None:
        """Strange rows took the places that are free; more rows than places were put in, fewer leave some missing."""
        count = self.strange.count if self.strange else 0
        if self.strange is not None:
            first, last, changed = self.strange.first, self.strange.last, min(count, slots)
            if changed:
                self.verdict.say(Kind.CHANGED, first, last if changed == count else first + changed - 1)
            if count > changed:
                self.verdict.say(Kind.INSERTED, first + changed, last)
        if slots > count:
            self.gaps.append((place - slots + count, place - 1))

    def _overtaken(self) -> None:
        """The rival rows are the true ones: what follows holds on to them, or nothing follows that says otherwise."""
        assert self.rival is not None  # noqa: S101
        false = [one for one in self.sound if one.place >= self.rival.start]
        self.verdict.say(Kind.INSERTED, false[0].first, false[-1].last)
        self.sound[-1] = _Run(self.rival.last, self.rival.last, place=self.sound[-1].place, digest=self.rival.digest)
        self.rival = None

    def _rival_was_inserted(self) -> None:
        if self.rival is not None:
            self.verdict.say(Kind.INSERTED, self.rival.first, self.rival.last)
            self.rival = None

    def _ask_anchor(self, row: Link, place: int) -> None:
        noted = self.anchors.get(place)
        if noted is not None and noted != row.digest:
            self.verdict.say(Kind.CHANGED, self.anchored + 1, place)
        if noted is not None:
            self.anchored = place
