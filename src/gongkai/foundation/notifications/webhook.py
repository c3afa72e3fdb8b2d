"""消息平台: notices handed to the county's own message platform, which sends them on by SMS or 企业微信.

Every county has another gateway; most have a platform that takes a POST. Switched on by putting
`gongkai.foundation.notifications.webhook.WebhookChannel` into GONGKAI_CHANNELS and its address into GONGKAI_WEBHOOK.

One POST a person, JSON in UTF-8:
`{"user", "name", "phone", "email", "text", "notices": [{"title", "meaning", "todo", "link"}]}`; `text` is everything in
one short message, for platforms that send a text. Any 2xx answer means taken over; everything else is tried again.
With GONGKAI_WEBHOOK_SECRET the header `X-Gongkai-Signature` is the HMAC-SHA256 of the body, in hexadecimal.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.foundation.masking import masked
from gongkai.foundation.notifications.channels import Undelivered

if TYPE_CHECKING:
    from gongkai.foundation.accounts.models import User
    from gongkai.foundation.notifications.models import Notification

SECONDS = 15


class WebhookChannel:
    key = "webhook"
    label = gettext_lazy("短信、企业微信（消息平台）")

    def reaches(self, user: User) -> bool:
        """The platform knows people by their sign-in name, and where each wants to be reached."""
        return bool(settings.GONGKAI_WEBHOOK)

    def send(self, user: User, notices: Sequence[Notification]) -> None:
        body = json.dumps(_content(user, notices), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Gongkai"}
        if settings.GONGKAI_WEBHOOK_SECRET:
            key = settings.GONGKAI_WEBHOOK_SECRET.encode()
            headers["X-Gongkai-Signature"] = hmac.new(key, body, hashlib.sha256).hexdigest()
        try:
            status = _post(settings.GONGKAI_WEBHOOK, body, headers)
        except (OSError, HTTPException, ValueError) as error:
            raise Undelivered(f"{type(error).__name__}: {error}") from error
        if not 200 <= status < 300:
            raise Undelivered(_("消息平台应答 %d") % status)


def _content(user: User, notices: Sequence[Notification]) -> dict[str, object]:
    told = [
        {
            "title": masked(notice.title),
            "meaning": masked(notice.meaning),
            "todo": masked(notice.todo),
            "link": f"{settings.BASE_URL}{notice.link}" if notice.link else "",
        }
        for notice in notices
    ]
    person = {"user": user.username, "name": user.name, "phone": user.phone, "email": user.email}
    return {**person, "text": _text(told), "notices": told}


def _text(told: Sequence[dict[str, str]]) -> str:
    if len(told) == 1:
        said = "，".join(part for part in (told[0]["title"], told[0]["todo"]) if part)
    else:
        said = _("%(count)d 条通知：%(titles)s") % {
            "count": len(told),
            "titles": "；".join(one["title"] for one in told[:3]),
        }
    return f"【{settings.WAGTAIL_SITE_NAME}】{said}"


def _post(address: str, body: bytes, headers: dict[str, str]) -> int:
    """The status of the answer; redirects are not followed, since the address is one that somebody chose."""
    url = urlsplit(address)
    kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
    connection = kind(url.hostname or "", url.port, timeout=SECONDS)
    try:
        connection.request("POST", (url.path or "/") + (f"?{url.query}" if url.query else ""), body, headers)
        return connection.getresponse().status
    finally:
        connection.close()
