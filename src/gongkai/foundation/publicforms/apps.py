from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicFormsConfig(AppConfig):
    name = "gongkai.foundation.publicforms"
    label = "publicforms"
    verbose_name = _("公众表单")
