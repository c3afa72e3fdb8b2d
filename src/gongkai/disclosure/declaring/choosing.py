"""An option as people write it: other widths and brackets are the same; several stand apart by 、 or ；."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from gongkai.disclosure.declaring.model import Column
from gongkai.disclosure.declaring.unreadable import Unreadable

_APART = "、;,"  # after folding


def option(field: Column, text: str) -> str:
    """The option that is meant; Unreadable names those that there are."""
    said = text.strip()
    found = said if said in field.options else _by_folded(field).get(folded(said))
    if found is None:
        known = "；".join(field.options) if any("、" in one for one in field.options) else "、".join(field.options)
        raise Unreadable(_("“%(text)s”不在可选范围：%(known)s") % {"text": said, "known": known})
    return found


def options(field: Column, text: str) -> set[str]:
    """All that are meant; an option may have 、 within itself."""
    longest = sorted(_by_folded(field), key=len, reverse=True)
    piece = re.compile(f"(?:{'|'.join(map(re.escape, longest))}|[^{_APART}]+)(?=[{_APART}]|$)")
    return {option(field, found) for found in piece.findall(folded(text.strip().replace("\n", "、")))}


def folded(text: str) -> str:
    """Without spaces, width of signs and case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _by_folded(field: Column) -> dict[str, str]:
    return {folded(one): one for one in field.options}
