"""Where digits stand close together: the candidates for numbers, and their groups."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Blanks, line breaks, dots and dashes of every width: what is put between the digits of one number. No comma (amounts),
# no slash (index numbers), no colon (times).
_SEPARATORS = r" \u3000\xa0\u2002-\u200a\t\r\n.．\-·•・‧∙。—–‐‑−－﹣_"
# No look-behind: the scanner skips to the first digit at full speed, and what stands before is looked at afterwards.
# Possessive, so that a run is walked once.
RUN = re.compile(rf"[0-9](?:[{_SEPARATORS}]{{0,4}}+[0-9]){{6,}}+")
_GROUP = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Group:
    """Digits without anything between them, and where they stand in the text."""

    digits: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.digits)


def groups_of(run: str, start: int) -> list[Group]:
    return [Group(match[0], start + match.start()) for match in _GROUP.finditer(run)]
