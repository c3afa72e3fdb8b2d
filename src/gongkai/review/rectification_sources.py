"""What the gate finds in what is public, for the bodies that must mend it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.registries import RectificationSource, rectification_sources
from gongkai.review.inspection import mending as inspected
from gongkai.review.rescreening import mending as rescreened

rectification_sources.register(
    RectificationSource("review.inspection", _("专项检查"), inspected.findings, inspected.recheck)
)
rectification_sources.register(
    RectificationSource("review.rescreening", _("复筛发现"), rescreened.findings, rescreened.recheck)
)
