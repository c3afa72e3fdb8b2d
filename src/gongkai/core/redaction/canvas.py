"""The text of a file in its own order, each stretch with the way to change it; the document's lines are found in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from gongkai.core.redaction.edits import Edit, Piece, covered

_NEAR = 20_000  # code points ahead that are looked at first
_LEAST = 4  # a stretch that cannot be placed is masked wherever it stands, if it is not shorter than this


@dataclass(slots=True)
class Segment:
    """A stretch of the file; `put` writes another text in its place, None for what only separates."""

    text: str
    put: Callable[[str], None] | None = None


class Canvas:
    """Segments one after another."""

    def __init__(self, segments: Iterable[Segment]) -> None:
        self._segments = list(segments)
        self.text = "".join(segment.text for segment in self._segments)

    def apply(self, pieces: Sequence[Piece], edits: Sequence[Edit], text: str) -> int:
        """Make the edits of the document's `text`; how many stretches of the file changed."""
        found = self._placed(pieces)
        ordered = sorted(pieces, key=lambda piece: piece.start)
        starts = [piece.start for piece in ordered]
        wanted: list[Edit] = []
        lost: list[str] = []
        for edit in edits:
            index = max(0, bisect_right(starts, edit.start) - 1)
            while index < len(ordered) and ordered[index].start < edit.end:
                piece, index = ordered[index], index + 1
                if piece.end <= edit.start:
                    continue
                here = _within(piece, edit, text)
                if piece.start in found:
                    shift = found[piece.start] - piece.start
                    wanted.append(Edit(here.start + shift, here.end + shift, here.text))
                else:
                    lost.append(text[here.start : here.end])
        return self._write([*wanted, *self._everywhere(lost)])

    def _placed(self, pieces: Sequence[Piece]) -> dict[int, int]:
        """Where each line stands, by its offset in the document; in order where the order is the same."""
        found: dict[int, int] = {}
        cursor = 0
        for piece in pieces:
            at = self.text.find(piece.text, cursor, cursor + _NEAR + len(piece.text))
            bounded = self.text.find(f"\n{piece.text}\n", max(0, cursor - 1), cursor + _NEAR + len(piece.text))
            if bounded >= 0 and (at < 0 or bounded + 1 - at < _NEAR // 4):
                at = bounded + 1
            if at < 0:
                at = self.text.find(piece.text, cursor)
            if at >= 0:
                cursor = at + len(piece.text)
            else:
                at = self.text.find(piece.text)
            if at >= 0:
                found[piece.start] = at
        return found

    def _everywhere(self, stretches: Iterable[str]) -> list[Edit]:
        edits = []
        for stretch in {stretch for stretch in stretches if len(stretch.strip()) >= _LEAST}:
            at = self.text.find(stretch)
            while at >= 0:
                edits.append(Edit(at, at + len(stretch), covered(stretch)))
                at = self.text.find(stretch, at + len(stretch))
        return edits

    def _write(self, edits: Iterable[Edit]) -> int:
        """From the end to the beginning; the first changed segment of an edit takes the new text."""
        starts, at = [], 0
        for segment in self._segments:
            starts.append(at)
            at += len(segment.text)
        new: dict[int, str] = {}
        index, reach = len(self._segments) - 1, at
        for edit in sorted(edits, key=lambda edit: -edit.start):
            if edit.end > reach:
                continue  # overlaps one that was made
            reach = edit.start
            while index > 0 and starts[index] >= edit.end:
                index -= 1
            touched = []
            each = index
            while each >= 0 and starts[each] + len(self._segments[each].text) > edit.start:
                if self._segments[each].put is not None and self._segments[each].text:
                    touched.append(each)
                each -= 1
            for number, which in enumerate(reversed(touched)):
                text = new.get(which, self._segments[which].text)
                first, last = max(0, edit.start - starts[which]), edit.end - starts[which]
                own = min(last, len(self._segments[which].text))
                new[which] = text[:first] + (edit.text if number == 0 else "") + text[own:]
        for which, text in new.items():
            put = self._segments[which].put
            if put is not None:
                put(text)
        return len(new)


def _within(piece: Piece, edit: Edit, text: str) -> Edit:
    """The part of an edit that lies in a piece: whole with its own text, else crosses."""
    start, end = max(edit.start, piece.start), min(edit.end, piece.end)
    if (start, end) == (edit.start, edit.end):
        return edit
    return Edit(start, end, "" if not edit.text else covered(text[start:end]))
