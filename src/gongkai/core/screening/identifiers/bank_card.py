"""Bank cards: ISO/IEC 7812 (JR/T 0008 for Chinese issuers): issuer range, length, Luhn's check digit."""

from __future__ import annotations

_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def luhn(number: str) -> bool:
    """Whether the last digit is the check digit of the rest (ISO/IEC 7812-1 annex B)."""
    total = 0
    for index, character in enumerate(reversed(number)):
        digit = ord(character) - 48
        total += _DOUBLED[digit] if index % 2 else digit
    return total % 10 == 0


def is_union_pay(number: str) -> bool:
    """62: the range of 银联, 16 to 19 digits."""
    return number.startswith("62") and 16 <= len(number) <= 19 and luhn(number)


def is_bank_card(number: str) -> bool:
    """An issuer range of its length and a right check digit."""
    return _issuer(number) and luhn(number)


def _issuer(number: str) -> bool:
    length = len(number)
    if number.startswith("62"):
        return 16 <= length <= 19
    if number.startswith("4"):  # Visa
        return length in (13, 16, 19)
    if length == 16:  # Mastercard, JCB
        return "51" <= number[:2] <= "55" or "2221" <= number[:4] <= "2720" or "3528" <= number[:4] <= "3589"
    return length == 15 and number[:2] in ("34", "37")  # American Express
