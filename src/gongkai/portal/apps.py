from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "gongkai.portal"
    label = "portal"
    verbose_name = _("公开门户")

    def ready(self) -> None:
        from gongkai.bodies import signals
        from gongkai.portal import described  # noqa: F401 - registers what it describes
        from gongkai.portal.paths import use_the_index

        use_the_index()
        signals.body_created.connect(_created)
        signals.body_renamed.connect(_renamed)
        signals.body_ended.connect(_ended)
        post_migrate.connect(_migrated, sender=self)
        self._watch_pages()

    def _watch_pages(self) -> None:
        """The register of channels follows the columns."""
        from django.db.models.signals import post_save, pre_delete
        from wagtail.models import Page
        from wagtail.signals import page_published, page_unpublished, post_page_move

        from gongkai.portal import feeding
        from gongkai.portal.models import ColumnPage

        post_save.connect(feeding.saved, sender=ColumnPage)
        pre_delete.connect(feeding.deleted, sender=Page)
        page_published.connect(feeding.published_or_not)
        page_unpublished.connect(feeding.published_or_not)
        post_page_move.connect(feeding.moved)


def _created(body: Any, **kwargs: Any) -> None:
    from gongkai.portal.structure import ensure_place

    ensure_place(body)


def _renamed(body: Any, **kwargs: Any) -> None:
    from gongkai.portal.structure import retitle

    retitle(body)


def _ended(body: Any, **kwargs: Any) -> None:
    from gongkai.portal.merging import settle_merged

    settle_merged()


def _migrated(plan: Any = None, **kwargs: Any) -> None:
    """A plain migrated installation has its front page; going back to an earlier migration makes nothing."""
    from django.db import connection

    from gongkai.portal.structure import ensure_portal

    if "portal_homepage" in connection.introspection.table_names():
        ensure_portal()
