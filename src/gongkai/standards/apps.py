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
    """What a body shows has changed: the worker looks at its rows again, and at those of its county that name it."""
    from gongkai.bodies.models import Body
    from gongkai.standards.models import Catalogue
    from gongkai.standards.tasks import reconcile_body

    body = Body.objects.select_related("county").filter(pk=body_id).first()
    concerned = {body.pk, body.root.pk} if body is not None else set()
    owing = Catalogue.objects.owed().filter(body_id__in=concerned).order_by()
    for pk in owing.values_list("body_id", flat=True).distinct():
        reconcile_body.enqueue(pk)
