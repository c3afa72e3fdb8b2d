from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

# The modules by which a room makes itself known; each is imported once, after all models are there.
ROOM_MODULES = (
    "access",
    "services",
    "indicators",
    "reviewables",
    "rectification_sources",
    "public_blocks",
    "api_routes",
    "handovers",
    "content_sources",
    "jobs",
)


class FoundationConfig(AppConfig):
    name = "gongkai.foundation"
    label = "foundation"
    verbose_name = _("基础")

    def ready(self) -> None:
        from gongkai.foundation.guard import database, reporting  # noqa: F401 - their receivers

        autodiscover_modules(*ROOM_MODULES)
