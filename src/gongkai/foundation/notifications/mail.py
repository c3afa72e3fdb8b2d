"""Mail: one message for all that waits for one person, plain text, readable on any old client."""

from __future__ import annotations

from collections.abc import Sequence
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.foundation.masking import masked
from gongkai.foundation.notifications.channels import Undelivered

if TYPE_CHECKING:
    from gongkai.foundation.accounts.models import User
    from gongkai.foundation.notifications.models import Notification


class MailChannel:
    key = "mail"
    label = gettext_lazy("电子邮件")

    def reaches(self, user: User) -> bool:
        return bool(user.email)

    def send(self, user: User, notices: Sequence[Notification]) -> None:
        context = {"user": user, "notices": notices, "base": settings.BASE_URL, "site": settings.WAGTAIL_SITE_NAME}
        body = masked(render_to_string("notifications/digest.txt", context))
        message = EmailMessage(f"【{settings.WAGTAIL_SITE_NAME}】{_title(notices)}", body, to=[user.email])
        try:
            message.send()
        except (OSError, SMTPException) as error:
            raise Undelivered(f"{type(error).__name__}: {error}") from error


def _title(notices: Sequence[Notification]) -> str:
    if len(notices) == 1:
        return masked(notices[0].title)
    return _("%(count)d 条通知") % {"count": len(notices)}
