from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    name = "gongkai.standards"
    label = "standards"
    verbose_name = _("标准目录")

    def ready(self) -> None:
        from gongkai.foundation.registries import content_changed

        content_changed.connect(_changed, dispatch_uid="standards.content_changed")


def _changed(body_id: int, **kwargs: Any) -> None:
    """What a body shows has changed: its rows are looked at again by the worker."""
    from gongkai.standards.models import Catalogue
    from gongkai.standards.tasks import reconcile_body

    if Catalogue.objects.current().filter(body_id=body_id).exists():
        reconcile_body.enqueue(body_id)
