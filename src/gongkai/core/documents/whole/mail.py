"""Mail and web archives (RFC 5322, RFC 2557): their heads, and every body and attachment as a file inside."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

from gongkai.core.documents.builder import Builder, plain
from gongkai.core.documents.model import Document, Place
from gongkai.core.documents.whole.budget import Budget
from gongkai.core.documents.whole.gathering import Gathering

_HEADS = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:MIME-Version|Message-ID|Received|Content-Type)[ \t]*:",
    re.IGNORECASE,
)
_LOOKED_AT = 16_384  # bytes
_SEEN = ("subject", "from", "to", "cc", "date")


def is_mail(data: bytes) -> bool:
    """Lines of a head from the first byte on, one of which only mail and web archives have."""
    return _HEADS.match(data[:_LOOKED_AT]) is not None


def read(data: bytes, budget: Budget) -> Document:
    """What a mail program shows of the head as paragraphs, the rest of it beside them."""
    message = message_from_bytes(data, policy=policy.default)
    builder, gathering = Builder(), Gathering(budget)
    for number, (name, value) in enumerate(message.items(), start=1):
        if name.lower() in _SEEN:
            builder.paragraph(plain(f"{name}: {value}"), Place(paragraph=number))
        else:
            gathering.part(str(value), "properties")
    for part in message.walk():
        if part.is_multipart():
            continue
        name, content = part.get_filename() or "", part.get_payload(decode=True)
        if not isinstance(content, bytes) or not content.strip():
            continue
        if name:
            gathering.attachment(name, content)
        else:
            gathering.file("邮件正文" if part.get_content_maintype() == "text" else "邮件附件", content)
    return gathering.onto(builder.build("mail"))
