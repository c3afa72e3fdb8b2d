"""撤下过时内容: several at once, each by the gate's own verb and with its own entry of the register."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.foundation.access import Refused
from gongkai.foundation.accounts.models import User
from gongkai.portal.models import ArticlePage
from gongkai.review.models import Release, State
from gongkai.review.services import withdraw


def withdraw_outdated(
    actor: User, articles: Iterable[ArticlePage], reason: str
) -> tuple[list[Release], list[tuple[str, str]]]:
    """Those that were withdrawn, and (title, why) of those that could not be; one that fails stops no other."""
    if not reason.strip():
        raise ValidationError(_("请写明撤稿理由"))
    done: list[Release] = []
    refused: list[tuple[str, str]] = []
    for article in articles:
        try:
            with transaction.atomic():
                done.append(withdraw(actor, _release_of(article), reason, _("该内容已过时，不再公开。")))
        except (ValidationError, Refused) as error:
            refused.append((article.title, "；".join(getattr(error, "messages", [str(error)]))))
    return done, refused


def _release_of(article: ArticlePage) -> Release:
    kind = ContentType.objects.get_for_model(ArticlePage)
    signed = Release.objects.filter(content_type=kind, object_id=article.pk, state=State.APPROVED).first()
    if signed is None:
        raise ValidationError(_("没有签发记录"))
    return signed
