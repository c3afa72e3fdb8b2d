"""The register of channels as a file that the import takes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from gongkai.bodies import sheets
from gongkai.channels.models import Account, Column, Site
from gongkai.channels.services.importing import COLUMNS, KINDS, YES_NO


def export(entries: QuerySet[Any], form: str) -> bytes:
    """The entries of one kind; form: csv (keys) or xlsx (Chinese)."""
    labels = form == "xlsx"
    related = ["owner", "site"] if entries.model is Column else ["owner"]
    rows = _rows(entries.select_related(*related), labels=labels)
    if labels:
        return sheets.to_xlsx(gettext("公开渠道"), [str(label) for label in COLUMNS.values()], rows)
    return sheets.to_csv(list(COLUMNS), rows)


def _rows(entries: QuerySet[Any], *, labels: bool) -> Iterator[list[str]]:
    yes_no = dict(YES_NO)
    for entry in entries:
        cells = _cells(entry, labels) | {
            "name": entry.name,
            "owner": entry.owner.name if labels else entry.owner.code,
            "active": str(yes_no["1" if entry.active else "0"]) if labels else str(int(entry.active)),
        }
        yield [cells.get(column, "") for column in COLUMNS]


def _cells(entry: Site | Column | Account, labels: bool) -> dict[str, str]:
    kinds = dict(KINDS)
    if isinstance(entry, Site):
        key, cells = "site", {"url": entry.url, "identifier": entry.identifier}
    elif isinstance(entry, Column):
        key = "column"
        cells = {
            "url": entry.url,
            "site": entry.site.name,
            "class": entry.get_column_class_display() if labels else entry.column_class,
            "max_days": "" if entry.max_days is None else str(entry.max_days),
        }
    else:
        key = "account"
        platform = entry.get_platform_display() if labels else entry.platform
        cells = {"platform": platform, "handle": entry.handle}
    return {"kind": str(kinds[key]) if labels else key, **cells}
