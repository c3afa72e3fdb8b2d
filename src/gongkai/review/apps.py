from django.apps import AppConfig
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "gongkai.review"
    label = "review"
    verbose_name = _("发布审查")

    def ready(self) -> None:
        from gongkai.foundation.guard.reporting import use_reporter
        from gongkai.review.choke import hold
        from gongkai.review.services.incidents import note

        use_reporter(note)
        pre_save.connect(hold, dispatch_uid="review.choke")
