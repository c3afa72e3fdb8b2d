"""Wagtail's command of this name, by the way of the gate."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gongkai.portal.services import end_due, publish_due


class Command(BaseCommand):
    help = "Publish what was signed for a time that has come; take down what has been shown for its time."

    def handle(self, *args: Any, **options: Any) -> None:
        ended, published = end_due(), publish_due()
        said = _("公示期满撤下 %(ended)d 项，定时公开 %(published)d 项")
        self.stdout.write(said % {"ended": ended, "published": published})
