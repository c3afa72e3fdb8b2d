"""How a suspicious stretch may be shown and what may stand in its place.

Forms: 永安市政府办 2023-01 as reported (mobile 138****1234, resident ID 35*************123 — the first two and the last
three, address down to the township); bank cards keep four digits at most. Never a date of birth.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_DIGIT = re.compile(r"\d")
_TOWN = re.compile(r"^.*?(?:街道办事处|街道|[镇乡])")


def _keep(text: str, first: int, last: int, stars: int | None = None) -> str:
    """The letters and digits of a number with its middle starred, without what was put between them."""
    bare = "".join(character for character in text if character.isalnum())
    if len(bare) <= first + last:
        return "*" * len(bare)
    middle = "*" * (len(bare) - first - last if stars is None else stars)
    return bare[:first] + middle + bare[len(bare) - last :]


def resident_id(text: str) -> str:
    return _keep(text, 2, 3)


def mobile(text: str) -> str:
    return _keep(text, 3, 4)


def landline(text: str) -> str:
    """The area code and the last two digits."""
    bare = "".join(character for character in text if character.isdigit())
    area = 0 if not bare.startswith("0") else 3 if bare[1] in "12" else 4
    return f"{bare[:area]}{'-' if area else ''}{'*' * (len(bare) - area - 2)}{bare[-2:]}"


def bank_card(text: str) -> str:
    return _keep(text, 0, 4)


def document(text: str) -> str:
    """A travel document: its first character only."""
    return _keep(text, 1, 0)


def plate(text: str) -> str:
    return _keep(text, 2, 1)


def email(text: str) -> str:
    name, _, domain = text.rpartition("@")
    return f"{name[:1]}***@{domain}"


def code(text: str) -> str:
    """A code of organisations: its first two characters and the last."""
    return _keep(text, 2, 1)


def address(text: str) -> str:
    """Down to the township; without one nothing of it."""
    town = _TOWN.match(text)
    return (town[0] if town else "") + "***"


def digits(text: str) -> str:
    return _DIGIT.sub("*", text)


def tail(text: str) -> str:
    """Everything but the first character."""
    return text[:1] + "*" * min(len(text) - 1, 8)


def sentence(text: str) -> str:
    """Names as 姓**, digits starred: for a stretch whose trouble is what stands together in it."""
    from gongkai.core.screening.persons import mask_names

    return digits(mask_names(text))


def masked_again(text: str) -> str:
    """A badly masked number in the accepted form."""
    from gongkai.core.screening.identifiers.masked import mask_again

    return mask_again(text)


def nothing(_: str) -> str:
    return ""


# Forms that may also stand in the published text.
MASKS: dict[str, Callable[[str], str]] = {
    "resident-id": resident_id,
    "mobile": mobile,
    "landline": landline,
    "bank-card": bank_card,
    "document": document,
    "plate": plate,
    "email": email,
    "code": code,
    "address": address,
    "digits": digits,
    "masked-again": masked_again,
    "sentence": sentence,
    "tail": tail,
    "none": nothing,
}
ACCEPTED = frozenset(MASKS) - {"sentence", "tail", "none"}
