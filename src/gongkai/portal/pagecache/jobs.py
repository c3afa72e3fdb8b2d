"""What the page cache does by the clock."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.schedules import Every, job
from gongkai.portal.pagecache.models import prune


@job("pagecache.prune", _("清理公开内容变更记录"), every=Every.HOUR)
def prune_changes(day: date) -> int:
    return prune()
