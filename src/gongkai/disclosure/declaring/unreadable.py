"""Why a value cannot be read, in words; of a table cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with one cell of a table: its row from 1, the key and label of its column, and why, in words."""

    row: int
    key: str
    label: str
    why: str

    def __str__(self) -> str:
        place = {"row": self.row, "column": self.label}
        return _("第 %(row)d 行“%(column)s”：%(why)s") % (place | {"why": self.why})


class Unreadable(ValueError):
    """Why a value cannot be read; of a table one sentence for each cell that cannot."""

    def __init__(self, *said: str, cells: Sequence[CellProblem] = ()) -> None:
        self.cells = tuple(cells)
        self.said = [*said, *map(str, self.cells)]
        super().__init__("；".join(self.said))
