"""对应栏目: which field of the source is what, which of its columns goes where, how the first articles will look."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from gongkai.core.documents import DocumentError
from gongkai.core.screening.secrets import suspected_value
from gongkai.core.siteimport import FIELDS, Record, guess, read_article
from gongkai.foundation.access import rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.input import number
from gongkai.foundation.screens import Screen
from gongkai.portal.importing import services
from gongkai.portal.importing.loading import source_of
from gongkai.portal.importing.models import Batch, Phase
from gongkai.portal.importing.preview import Previewed, previewed
from gongkai.portal.importing.selectors import batches_for
from gongkai.portal.importing.targets import columns_for, counted, suggested
from gongkai.portal.models import ColumnPage

SHOWN = 20  # articles
SECONDS = 5.0  # that the screen reads on to learn which columns there are


class MapView(Screen, TemplateView):
    template_name = "importing/map.html"
    header_icon = "download"
    batch: Batch

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.batch = get_object_or_404(batches_for(rights_of(request.user)), pk=kwargs["pk"])
        if self.batch.phase != Phase.MAPPING or not self.batch.file:
            return redirect("importing_batch", self.batch.pk)
        if not rights_of(request.user).may("portal.import_map", self.batch.body_id):
            raise PermissionDenied(_("由该单位的信息员或者政务公开办导入"))
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def get_page_title(self) -> str:
        return _("对应栏目：%s") % self.batch.name

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("importing_batches"), _("导入网站内容"))]

    @cached_property
    def sample(self) -> tuple[list[Record], str]:
        """The first records, and why the source cannot be read on."""
        records: list[Record] = []
        try:
            with source_of(self.batch) as source:
                records.extend(islice(source.records(), SHOWN))
        except DocumentError as error:
            return records, str(error)
        return records, "" if records else _("来源里没有文章")

    @cached_property
    def names(self) -> list[str]:
        """The fields of the source, in its order."""
        return list(dict.fromkeys(str(name) for record in self.sample[0] for name in record.values))

    def fields(self) -> dict[str, str]:
        """As chosen in this form, at first as their names say."""
        data = self.request.POST
        if "field-url" not in data:
            return guess(self.names)
        return {one.key: name for one in FIELDS if (name := data.get(f"field-{one.key}", "")) in self.names}

    @cached_property
    def counts(self) -> tuple[Counter[str], bool]:
        """How many articles each column of the source has; whether the whole source was read for it."""
        until = time.monotonic() + SECONDS
        whole = True

        def in_time(records: Iterator[Record]) -> Iterator[Record]:
            nonlocal whole
            for record in records:
                yield record
                if time.monotonic() > until:
                    whole = False
                    return

        try:
            with source_of(self.batch) as source:
                found = counted(in_time(source.records()), self.fields())
        except DocumentError:
            return Counter(), False
        return Counter({name: count for name, count in found.items() if suspected_value([name]) is None}), whole

    @cached_property
    def columns(self) -> list[ColumnPage]:
        return list(columns_for(self.batch.body))

    def chosen(self) -> dict[str, int]:
        """Name of a source's column -> id of ours; 0 for none."""
        names = [name for name, _count in self.counts[0].most_common()]
        if "field-url" not in self.request.POST:
            return suggested(names, self.columns)
        given = {name: number(self.request.POST.get(f"column-{place}")) for place, name in enumerate(names)}
        return {name: pk for name, pk in given.items() if pk}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        records, problem = self.sample
        fields, chosen, (counts, whole) = self.fields(), self.chosen(), self.counts
        return super().get_context_data(
            batch=self.batch,
            problem=problem,
            names=self.names,
            fields=[(one, fields.get(one.key, "")) for one in FIELDS],
            sources=[(name, count, chosen.get(name)) for name, count in counts.most_common()],
            whole=whole,
            columns=[(one.pk, one.title, "　" * max(one.depth - 4, 0), one.live) for one in self.columns],
            articles=self.articles(records, fields, chosen),
            **kwargs,
        )

    def articles(self, records: list[Record], fields: dict[str, str], chosen: dict[str, int]) -> list[Previewed]:
        return previewed(self.batch, [read_article(one, fields) for one in records], chosen)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "start" not in request.POST:
            return self.render_to_response(self.get_context_data())
        counts, whole = self.counts
        total = sum(counts.values()) if whole else 0
        try:
            services.map_columns(cast(User, request.user), self.batch, self.fields(), self.chosen(), total)
        except (ValidationError, PermissionDenied) as error:
            messages.error(request, "；".join(getattr(error, "messages", [])) or str(error))
            return self.render_to_response(self.get_context_data())
        messages.success(request, _("已开始写入草稿，完成前可以离开本页"))
        return redirect("importing_batch", self.batch.pk)
