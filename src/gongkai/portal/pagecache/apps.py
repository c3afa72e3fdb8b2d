from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PageCacheConfig(AppConfig):
    name = "gongkai.portal.pagecache"
    label = "pagecache"
    verbose_name = _("网页缓存")

    def ready(self) -> None:
        from gongkai.portal.pagecache import changes

        changes.watch()
