from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisclosureConfig(AppConfig):
    name = "gongkai.disclosure"
    label = "disclosure"
    verbose_name = _("法定主动公开内容")

    def ready(self) -> None:
        """Columns take records: said here, so that the portal need not know this room."""
        from gongkai.portal.models import ColumnPage

        ColumnPage.subpage_types.append("disclosure.RecordPage")
