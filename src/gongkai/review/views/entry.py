"""登记簿条目: one entry with all it holds, where it stands in the chain, and whether it fits there."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from gongkai.foundation.access import rights_of
from gongkai.foundation.screens import Screen
from gongkai.review.models import Entry, Verification
from gongkai.review.register.facts import facts_of
from gongkai.review.register.links import START, Link
from gongkai.review.views.entries import entries_for, what_of


class EntryView(Screen, DetailView):
    model = Entry
    template_name = "review/entry.html"
    context_object_name = "entry"
    header_icon = "list-ol"

    def get_queryset(self) -> QuerySet[Entry]:
        return entries_for(rights_of(self.request.user))

    def get_object(self, queryset: QuerySet[Entry] | None = None) -> Entry:
        return get_object_or_404(queryset or self.get_queryset(), number=self.kwargs["number"])

    def get_page_title(self) -> str:
        return _("登记簿第 %d 条") % self.kwargs["number"]

    def trail(self) -> list[tuple[str, str]]:
        way = [(reverse("review_register"), _("保密审查登记"))]
        return [*way, (reverse("review_entries"), _("登记簿条目"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entry = cast(Entry, self.object)
        near = Entry.objects.filter(number__in=[entry.number - 1, entry.number + 1]).in_bulk(field_name="number")
        reached = set(self.get_queryset().filter(number__in=near).values_list("number", flat=True))
        return super().get_context_data(
            what=what_of(entry),
            facts=facts_of(entry),
            last=Entry.objects.order_by("-number").values_list("number", flat=True).first(),
            checks=_checks(entry, near.get(entry.number - 1), near.get(entry.number + 1)),
            before=entry.number - 1 if entry.number - 1 in reached else None,
            after=entry.number + 1 if entry.number + 1 in reached else None,
            verified=Verification.objects.over().select_related("by").first(),
            **kwargs,
        )


def _checks(entry: Entry, before: Entry | None, after: Entry | None) -> list[tuple[str, bool]]:
    """What of the chain can be seen at this one entry; whether all of it holds only going over the whole can say."""
    row = Link(
        entry.number, entry.release_id, entry.what, entry.actor_id, entry.at, entry.facts, entry.previous, entry.digest
    )
    expected = START if entry.number == 1 else before.digest if before else ""
    told = [
        (_("按现存内容重新计算，摘要值一致"), row.computed() == entry.digest),
        (_("所载上一条摘要值与上一条一致"), entry.previous == expected),
    ]
    return [*told, (_("下一条所载摘要值与本条一致"), after.previous == entry.digest)] if after else told
