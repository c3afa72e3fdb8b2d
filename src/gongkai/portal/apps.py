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
        from gongkai.portal.paths import use_the_index

        use_the_index()
        signals.body_created.connect(_created)
        signals.body_renamed.connect(_renamed)
        post_migrate.connect(_migrated, sender=self)


def _created(body: Any, **kwargs: Any) -> None:
    from gongkai.portal.structure import ensure_place

    ensure_place(body)


def _renamed(body: Any, **kwargs: Any) -> None:
    from gongkai.portal.structure import retitle

    retitle(body)


def _migrated(plan: Any = None, **kwargs: Any) -> None:
    """A plain migrated installation has its front page; going back to an earlier migration makes nothing."""
    from django.db import connection

    from gongkai.portal.structure import ensure_portal

    if "portal_homepage" in connection.introspection.table_names():
        ensure_portal()
