"""`manage ensure_portal`: make the pages that are missing; twice does nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gongkai.portal.structure import ensure_portal


class Command(BaseCommand):
    help = _("补齐门户首页和各单位专栏，可重复执行。")

    def handle(self, *args: Any, **options: Any) -> None:
        made = ensure_portal()
        self.stdout.write(_("已补建 %(count)s 个页面") % {"count": made} if made else _("门户页面齐全"))
