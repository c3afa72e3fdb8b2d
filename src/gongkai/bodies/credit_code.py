"""统一社会信用代码 (GB 32100-2015): 18 characters, the last a weighted check character modulo 31."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z
WEIGHTS = tuple(3**position % 31 for position in range(17))


def check_character(first_seventeen: str) -> str:
    """The eighteenth character (GB 32100-2015, 4.6)."""
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(first_seventeen, WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def validate_credit_code(code: str) -> None:
    """Raise ValidationError that names what is wrong: length, a character, or the check character."""
    if len(code) != 18:
        raise ValidationError(_("统一社会信用代码应为 18 位，现为 %(length)d 位"), params={"length": len(code)})
    for position, character in enumerate(code, 1):
        if character not in ALPHABET:
            raise ValidationError(
                _("第 %(position)d 位“%(character)s”不是统一社会信用代码使用的字符"),
                params={"position": position, "character": character},
            )
    if check_character(code[:17]) != code[17]:
        raise ValidationError(_("校验位不符，请核对是否有一位输错"))
