"""Pictures that came with a text, from a file, the clipboard or another site, taken over where they stand."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongkai.core.pasting import Carried, placed, settled
from gongkai.foundation.accounts.models import User
from gongkai.foundation.guard import Unexamined
from gongkai.portal.editing.names import plain_name
from gongkai.portal.models import AttachmentFile
from gongkai.portal.pictures.keeping import is_sign, keep, reference_to
from gongkai.portal.pictures.references import Reference

Finding = Callable[[str], bytes | None]


def taken_over(
    html: str,
    pictures: Sequence[Carried],
    folder: int,
    uploader: User | None,
    find: Finding = lambda _address: None,
    otherwise: str = "",
) -> tuple[str, list[str]]:
    """The text with its pictures in their places, and what of them was left out, in words.

    find: the content behind an address, None when it is not there. otherwise: words for one that came without.
    One picture at a time is in memory, and one that stands in the text twice is one file. `SecretSuspected` as from
    `keep`.
    """
    became: dict[int, str] = {}
    kept: dict[str, AttachmentFile] = {}  # by the content that was brought
    left_out: Counter[str] = Counter()
    for number in placed(html):
        one = pictures[number]
        data = one.data or find(one.address)
        if data is None:
            left_out[_("没有随来源提供")] += 1
            continue
        key = hashlib.sha256(data).hexdigest()
        try:
            if is_sign(data):
                left_out[_("是小图标")] += 1
                continue
            file = kept[key] = kept.get(key) or keep(data, _name_of(one), folder, uploader)
        except (ValidationError, Unexamined) as error:
            left_out["；".join(getattr(error, "messages", [])) or str(error)] += 1
            continue
        became[number] = named(file, one, otherwise).stored()
    said = [_("图片 %(number)d 处没有带入：%(why)s") % {"number": n, "why": why} for why, n in left_out.items()]
    return settled(html, became), said


def named(file: AttachmentFile, carried: Carried, otherwise: str) -> Reference:
    reference = reference_to(file, carried.alt or otherwise)
    return Reference(file.pk, reference.sm3, decorative=True) if carried.decorative else reference


def _name_of(carried: Carried) -> str:
    name = urlsplit(carried.address).path.rpartition("/")[2] if len(carried.address) < 1000 else ""
    return carried.alt[:60] or plain_name(name) or ""
