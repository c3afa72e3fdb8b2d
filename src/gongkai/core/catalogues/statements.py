"""“暂无”: content that says there is nothing; with its date it counts as content (grassroots catalogues, C3)."""

from __future__ import annotations

import re
from datetime import date

from gongkai.core.notices.folding import fold, squeeze

_NONE = re.compile(r"暂无|暂时没有|目前没有|目前无|尚无|无此类|未发生|未产生|无相关信息")
_DAY = re.compile(r"(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})")


def says_none(text: str) -> bool:
    """Whether the words say that there is nothing to publish."""
    return bool(_NONE.search(squeeze(fold(text))))


def none_stated(text: str) -> date | None:
    """The day as of which the words say that there is nothing; None when they do not, or bear no date."""
    spelled = squeeze(fold(text))
    found = _DAY.search(spelled.replace("|", ".")) if says_none(text) else None
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
