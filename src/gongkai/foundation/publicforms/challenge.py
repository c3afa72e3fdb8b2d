"""验证问题: a small sum in words. A screen reader reads it out; it needs no picture, no sound, no JavaScript."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from gongkai.foundation.publicforms.models import SpentChallenge
from gongkai.foundation.publicforms.moments import moment, seconds

DIGITS = "零一二三四五六七八九十"
LIFE = 2 * 3600  # seconds; long forms are filled in slowly
SALT = "gongkai.publicforms.challenge"


class ChallengeFailed(Exception):
    """The answer does not count; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """A question as it is shown, and the token that the form carries back."""

    question: str
    token: str


def ask(form: str) -> Challenge:
    """A new question for the form called `form`."""
    one, other = (secrets.randbelow(9) + 1 for _side in range(2))
    if secrets.randbelow(2):
        question, answer = _("%(one)s加%(other)s等于多少？"), one + other
    else:
        one, other = max(one, other), min(one, other)
        question, answer = _("%(one)s减%(other)s等于多少？"), one - other
    asked = question % {"one": DIGITS[one], "other": DIGITS[other]}
    nonce = secrets.token_hex(8)
    content = {"form": form, "nonce": nonce, "at": seconds(), "asked": asked, "answer": _sealed(nonce, answer)}
    return Challenge(asked, signing.dumps(content, salt=SALT))


def question_of(form: str, token: str) -> Challenge | None:
    """The challenge that `token` carries, to show it again; None when it is not ours or too old."""
    try:
        content = _opened(form, token)
    except ChallengeFailed:
        return None
    return Challenge(str(content["asked"]), token)


def check(form: str, token: str, answer: str, *, least: float) -> str:
    """The nonce of the challenge, to be spent; `ChallengeFailed` when wrong, or given in under `least` seconds."""
    content = _opened(form, token)
    nonce = str(content["nonce"])
    number = number_in(answer)
    if number is None or not constant_time_compare(str(content["answer"]), _sealed(nonce, number)):
        raise ChallengeFailed(_("验证问题的答案不对，请重新作答"))
    if seconds() - float(content["at"]) < least:
        raise ChallengeFailed(_("提交得太快，请核对内容后再次提交"))
    if SpentChallenge.objects.filter(nonce=nonce).exists():
        raise ChallengeFailed(_("该验证问题已使用过，请回答新的问题"))
    return nonce


def spend(nonce: str) -> None:
    """Use a challenge up; `ChallengeFailed` when somebody was quicker."""
    try:
        with transaction.atomic():
            SpentChallenge.objects.create(nonce=nonce, expires_at=moment(seconds() + LIFE))
    except IntegrityError:
        raise ChallengeFailed(_("该验证问题已使用过，请回答新的问题")) from None


def number_in(text: str) -> int | None:
    """The number that somebody wrote, in digits of any width or in Chinese: 12, １２, 十二, 一十二."""
    written = "".join(unicodedata.normalize("NFKC", text).split()).replace("〇", "零").replace("两", "二")
    if written.isascii() and written.isdigit() and len(written) < 4:
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not written or len(written) > 3 or any(sign not in DIGITS for sign in written) or (not ten and len(ones) > 1):
        return None
    if len(tens) > 1 or len(ones) > 1 or "十" in tens or (ten and tens == "零"):
        return None
    return (DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (DIGITS.index(ones) if ones else 0)


def _sealed(nonce: str, answer: int) -> str:
    """The answer as the token carries it: a token is signed, not secret."""
    return salted_hmac(SALT, f"{nonce}:{answer}", algorithm=hashlib.sha256().name).hexdigest()


def _opened(form: str, token: str) -> dict[str, str | float]:
    try:
        content: dict[str, str | float] = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise ChallengeFailed(_("验证信息无效，请回答新的问题")) from None
    if content["form"] != form:
        raise ChallengeFailed(_("验证信息无效，请回答新的问题"))
    if seconds() - float(content["at"]) > LIFE:
        raise ChallengeFailed(_("验证问题已过期，请回答新的问题"))
    return content
