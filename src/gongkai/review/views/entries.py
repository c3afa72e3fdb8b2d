"""登记簿条目: the chain itself, entry by entry, newest first."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from gongkai.bodies.models import Body
from gongkai.foundation.access import Rights, Role, rights_of
from gongkai.foundation.spreadsheets import SafeExport
from gongkai.review.models import Entry, StepKind, What
from gongkai.review.selectors import register
from gongkai.review.views.register import Moment

SUPERVISORS = frozenset({Role.OFFICE, Role.SECRECY_ADMIN, Role.AUDITOR})


def entries_for(rights: Rights) -> QuerySet[Entry]:
    """The entries about releases the person reaches; those about no release for who supervises the body they name."""
    seen = Q(release__in=register(rights).order_by())
    if rights.holds(SUPERVISORS):
        supervised = Body.objects.reached(rights.bodies(*SUPERVISORS)).order_by()
        seen |= Q(release=None, facts__body__in=list(supervised.values_list("code", flat=True)))
    return Entry.objects.filter(seen).select_related("release", "actor").order_by("-number")


def _where(entry: Entry) -> str:
    return reverse("review_entry", args=[entry.number])


def what_of(entry: Entry) -> str:
    """The act, with the step it was when it was one."""
    step = entry.facts.get("step")
    return (
        f"{entry.get_what_display()}（{StepKind(step).label}）" if step in StepKind.values else entry.get_what_display()
    )


class EntryFilter(WagtailFilterSet):
    number = django_filters.NumberFilter(label=_("条目号"))
    what = django_filters.ChoiceFilter(label=_("登记事项"), choices=What.choices, empty_label=_("全部"))
    title = django_filters.CharFilter(label=_("信息名称"), field_name="release__title", lookup_expr="icontains")
    at = django_filters.DateFromToRangeFilter(label=_("登记时间"), widget=DateRangePickerWidget)

    class Meta:
        model = Entry
        fields = ["number", "what", "title", "at"]


class EntriesView(SafeExport, ReportView):
    model = Entry
    template_name = "review/entries.html"
    page_title = _("登记簿条目")
    header_icon = "list-ol"
    index_url_name = "review_entries"
    index_results_url_name = "review_entries_results"
    filterset_class = EntryFilter
    default_ordering = ("-number",)
    paginate_by = 30
    columns = [
        TitleColumn("number", label=_("条目号"), get_url=_where),
        Column("what", label=_("登记事项"), accessor=what_of),
        Column("release", label=_("信息名称"), accessor="release.title"),
        Column("actor", label=_("经办人"), accessor=lambda entry: entry.actor or _("系统")),
        Moment("at", label=_("登记时间")),
        Column("digest", label=_("摘要值（SM3）"), classname="review-digest"),
    ]
    list_export = ["number", "get_what_display", "release.title", "actor", "at", "previous", "digest"]
    export_headings = {
        "get_what_display": _("登记事项"),
        "release.title": _("信息名称"),
        **{field.name: field.verbose_name for field in Entry._meta.concrete_fields},
    }

    def get_base_queryset(self) -> QuerySet[Entry]:
        return entries_for(rights_of(self.request.user))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = {"url": reverse("review_register"), "label": _("保密审查登记")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.page_title}]

    def get_filename(self) -> str:
        return str(self.page_title)
