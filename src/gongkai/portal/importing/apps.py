from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportingConfig(AppConfig):
    name = "gongkai.portal.importing"
    label = "importing"
    verbose_name = _("网站内容导入")
