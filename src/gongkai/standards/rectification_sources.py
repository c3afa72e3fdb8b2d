"""What the reconciliation of catalogues finds, for the bodies that must mend it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.registries import RectificationSource, rectification_sources
from gongkai.standards import mending

rectification_sources.register(
    RectificationSource(mending.SOURCE, _("标准目录核对"), mending.findings, mending.recheck)
)
