"""写文章: the columns that a person may write into, from which an article is begun."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from gongkai.foundation.access import rights_of
from gongkai.foundation.screens import Screen
from gongkai.portal.drafting.selectors import columns_to_write, sections_for
from gongkai.portal.models import SectionPage


class ChoosingView(Screen, TemplateView):
    template_name = "portal/drafting/choosing.html"
    page_title = _("写文章")
    header_icon = "edit"

    @cached_property
    def sections(self) -> list[SectionPage]:
        return list(sections_for(rights_of(self.request.user)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        code = self.request.GET.get("body", "")
        chosen = next((one for one in self.sections if one.body.code == code), None)
        section = chosen or (self.sections[0] if self.sections else None)
        groups = columns_to_write(section) if section else []
        return super().get_context_data(sections=self.sections, section=section, groups=groups, **kwargs)
