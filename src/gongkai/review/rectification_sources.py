"""What the gate finds in what is public, for the bodies that must mend it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.registries import RectificationSource, rectification_sources
from gongkai.review.inspection import mending

rectification_sources.register(
    RectificationSource("review.inspection", _("专项检查"), mending.findings, mending.recheck)
)
