"""Which saves change what the public sees.

Everything that makes a page public, changes, hides or ends it saves a release or the page itself. What is written
without a save (`update`, SQL) calls `note`, or is seen after `memory.SECONDS`.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.signals import post_page_move

from gongkai.portal.pagecache.models import note
from gongkai.review.models import Release

ROOMS = frozenset({"portal", "bodies", "channels"})  # what pages are made of: names, files, columns, settings
OTHERS = (Release, Site, Redirect)


def watch() -> None:
    post_save.connect(_saved, dispatch_uid="pagecache")
    post_delete.connect(_deleted, dispatch_uid="pagecache")
    m2m_changed.connect(_related, dispatch_uid="pagecache")
    post_page_move.connect(_moved, dispatch_uid="pagecache")


def _saved(sender: type[Model], instance: Model, raw: bool = False, **kwargs: Any) -> None:
    if raw or not _shows(sender):
        return
    if not isinstance(instance, Page) or instance.live or _was_taken_down(instance):
        note()


def _was_taken_down(page: Page) -> bool:
    """A draft that nobody has seen changes nothing; what had its time may be leaving at this moment."""
    return page.first_published_at is not None


def _deleted(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    if _shows(sender):
        note()


def _related(sender: type[Model], action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and _shows(sender):
        note()


def _moved(**kwargs: Any) -> None:
    note()


def _shows(model: type[Model]) -> bool:
    return issubclass(model, Page) or model in OTHERS or model._meta.app_label in ROOMS
