"""Numbers and codes of people, each judged by its standard. `IDENTIFIERS` are the names that rules may use."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.core.screening.identifiers.bank_card import is_bank_card
from gongkai.core.screening.identifiers.email import is_private_email
from gongkai.core.screening.identifiers.masked import is_weakly_masked
from gongkai.core.screening.identifiers.phone import is_line, is_mobile, split_landline
from gongkai.core.screening.identifiers.plate import is_plate
from gongkai.core.screening.identifiers.resident_id import (
    is_cut_resident_id,
    is_disability_card,
    is_old_resident_id,
    is_residence_permit,
    is_resident_id,
)
from gongkai.core.screening.identifiers.travel import is_passport, is_travel_permit
from gongkai.core.screening.identifiers.uscc import is_sole_trader


def _is_landline(number: str) -> bool:
    return split_landline(number) is not None


IDENTIFIERS: dict[str, Callable[[str], bool]] = {
    "resident-id": is_resident_id,
    "resident-id-minor": is_resident_id,
    "resident-id-cut": is_cut_resident_id,
    "resident-id-old": is_old_resident_id,
    "residence-permit": is_residence_permit,
    "disability-card": is_disability_card,
    "bank-card": is_bank_card,
    "mobile": is_mobile,
    "landline": _is_landline,
    "local-line": is_line,
    "passport": is_passport,
    "travel-permit": is_travel_permit,
    "sole-trader-code": is_sole_trader,
    "plate": is_plate,
    "private-email": is_private_email,
    "weak-mask": is_weakly_masked,
}
# Found by the digits themselves (`numbers`); the others check what a pattern has cut out.
BY_DIGITS = frozenset(IDENTIFIERS) - {"plate", "private-email", "weak-mask"}
