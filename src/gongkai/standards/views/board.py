"""覆盖看板: bodies × fields; a cell leads to its catalogue, a number to the rows it counts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from gongkai.bodies.models import Body
from gongkai.foundation.input import number
from gongkai.foundation.templatetags.looks import icon_of
from gongkai.standards.models import GAPS, State
from gongkai.standards.selectors import (
    Line,
    Matrix,
    Totals,
    bodies_owing,
    catalogue_keys,
    fault_counts,
    fields_owing,
    matrix,
    templates_for,
)
from gongkai.standards.states import BY_STATE as LOOKS
from gongkai.standards.states import COVERED, NOTHING_DUE, look_of_totals
from gongkai.standards.views.base import WRITERS, StandardsScreen

PAGE = 30  # bodies
NOTHING = mark_safe("<td></td>")
CELL = """<td class="c state--{}"><a href="{}" title="{} {} {}">{}{}<span class="w-sr-only">{}</span></a></td>"""
LEGEND = (*(LOOKS[state] for state in (*GAPS, State.UNSEEN)), COVERED, NOTHING_DUE)


class BoardView(StandardsScreen, TemplateView):
    template_name = "standards/board.html"
    page_title = _("标准目录")

    def trail(self) -> list[tuple[str, str]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        field, body = asked.get("field", ""), number(asked.get("body"))
        found = matrix(self.rights, field, body)
        page = Paginator(found.lines, PAGE).get_page(asked.get("page"))
        known = catalogue_keys(self.rights, [line.body for line in page.object_list])
        return super().get_context_data(
            matrix=found,
            page=page,
            lines=[self._line(found, line, known) for line in page.object_list],
            foot=[(_cell_numbers(found.by_field[key]), rows(field=key)) for key, _name in found.fields],
            numbers=self._numbers(found, field, body),
            legend=LEGEND,
            fields=fields_owing(self.rights),
            bodies=list(bodies_owing(self.rights).values_list("pk", "name")),
            field=field,
            body=body,
            query=urlencode({name: value for name, value in (("field", field), ("body", body)) if value}),
            may_write=self.rights.holds(WRITERS),
            templates=templates_for(self.rights),
            **kwargs,
        )

    def _line(self, found: Matrix, line: Line, known: dict[tuple[int, str], int]) -> dict[str, Any]:
        body = line.body
        cells = [_cell(body, name, line.cells.get(key), known.get((body.pk, key))) for key, name in found.fields]
        return {
            "line": line,
            "cells": cells,
            "href": rows(body=body.pk),
            "gaps": rows(body=body.pk, gap="yes"),
        }

    def _numbers(self, found: Matrix, field: str, body: int | None) -> list[dict[str, Any]]:
        """What the board shows as a whole; each number leads to the rows it counts, under the same conditions."""
        asked = {name: value for name, value in (("field", field), ("body", body)) if value}
        faults = fault_counts(self.rights, field, body)
        strays = sum(line.strays for line in found.lines)
        stray_list = f"{reverse('standards_strays')}?{urlencode({'body': body} if body else {})}"
        return [
            {"number": found.totals.percent, "word": _("目录与公开内容相符"), "href": rows(due="yes", **asked)},
            *(
                {
                    "number": faults.get(state, 0),
                    "word": LOOKS[state].word,
                    "href": rows(state=state, **asked),
                    "late": True,
                }
                for state in GAPS
            ),
            {"number": strays, "word": _("目录外内容"), "href": stray_list, "late": True},
        ]


def rows(**conditions: Any) -> str:
    """The list of rows under these conditions."""
    return f"{reverse('standards_rows')}?{urlencode(conditions)}"


def _cell(body: Body, field: str, totals: Totals | None, catalogue: int | None) -> SafeString:
    """The catalogue of a body in a field. A page has eight hundred of them, for which a template takes 0.2 s longer."""
    if totals is None:
        return NOTHING
    look, numbers = look_of_totals(totals), _cell_numbers(totals) if totals.due else ""
    href, word = reverse("standards_catalogue", args=[catalogue]) if catalogue else "", str(look.word)
    return format_html(CELL, look.tone, href, body.name, field, word, icon_of(look), numbers, word)


def _cell_numbers(totals: Totals) -> str:
    return f"{totals.covered}/{totals.due}"
