from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class BodiesConfig(AppConfig):
    name = "gongkai.bodies"
    label = "bodies"
    verbose_name = _("单位与人员")

    def ready(self) -> None:
        from gongkai.bodies.directory import BodyDirectory
        from gongkai.foundation.access import use_directory

        use_directory(BodyDirectory())
        post_migrate.connect(make_staff_group, sender=self)


def make_staff_group(**kwargs: Any) -> None:
    from gongkai.bodies.sections import staff_group

    staff_group()
