"""While a record waits at the gate nobody changes it: what people read is what they sign."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock
from wagtail.models import Revision

from gongkai.review.models import Release, State


class ReviewLock(BaseLock):
    """审查中的锁定, for everybody; it ends with the review, or when the request is taken back."""

    def __init__(self, record: Any, release: Release) -> None:
        super().__init__(record)
        self.release = release

    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> str:
        return format_html(
            '{} <span class="buttons"><a class="button button-small button-secondary" href="{}">{}</a></span>',
            _("正在审查，暂不能修改；要修改请先撤回。"),
            reverse("review_release", args=[self.release.pk]),
            _("查看审查情况或撤回"),
        )

    def get_locked_by(self, user: Any) -> str:
        return _("正在审查")

    def get_description(self, user: Any) -> str:
        return _("审查结束或撤回报送后才能修改")


class Reviewed(models.Model):
    """Mixin of reviewable records with Wagtail's drafts and locks: stands before them in the bases."""

    class Meta:
        abstract = True

    def get_lock(self) -> BaseLock | None:
        release = waiting_release(self)
        return super().get_lock() if release is None else ReviewLock(self, release)  # type: ignore[misc]

    def save_revision(self, *args: Any, overwrite_revision: Any = None, **kwargs: Any) -> Any:
        """An editor that saves by itself writes over its last version; one that was put forward stays as it was read.

        It would also pass for nobody's work: who wrote something is who saved versions since the one that is public.
        """
        if overwrite_revision is not None and _was_put_forward(self, overwrite_revision):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)  # type: ignore[misc]


def waiting_release(record: models.Model) -> Release | None:
    """The passage in which the record waits at the gate."""
    return _passages(record).filter(state=State.WAITING).first()


def _was_put_forward(record: models.Model, revision: Revision) -> bool:
    return _passages(record).filter(revision=revision.pk).exists()


def _passages(record: models.Model) -> models.QuerySet[Release]:
    return Release.objects.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)
