from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "gongkai.foundation.events"
    label = "events"
    verbose_name = _("事件记录")

    def ready(self) -> None:
        from gongkai.foundation.events import sign_ins  # noqa: F401
