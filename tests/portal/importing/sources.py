"""Sources of an import, and taking one through."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.portal import writing
from tests.portal.writing import ensure_portal
from tests.review.passing import GROUND, holder, no_to_all, sign

from gongkai.core.siteimport import FIELDS, open_source
from gongkai.foundation.access import Role
from gongkai.portal.importing import services
from gongkai.portal.importing.loading import load
from gongkai.portal.importing.models import Batch
from gongkai.portal.importing.opening import IMPORT, open_slice
from gongkai.review.services import request

SITE = "http://www.example.gov.cn"
PLAIN = {field.key: field.key for field in FIELDS}


def record(number: int, **values: Any) -> dict[str, Any]:
    return {
        "url": f"{SITE}/zwgk/t202301{number % 28 + 1:02}_{number}.html",
        "title": f"清河县重点项目进展（第{number}期）",
        "body": f"<p>第{number}期：各项目按计划推进。</p>",
        "published": f"2023-01-{number % 28 + 1:02} 08:30",
        "column": "工作动态",
        "source": "县府办",
    } | values


def write(folder: Path, records: list[dict[str, Any]], name: str = "site.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in records))
    return path


def office(county: Any) -> SimpleNamespace:
    """A section with an open column."""
    ensure_portal()
    section = writing.section(county.fgj)
    column = writing.through_the_gate(writing.column(section, "工作动态"))
    clerk = holder(county.fgj, Role.CLERK)
    return SimpleNamespace(county=county, body=county.fgj, section=section, column=column, clerk=clerk)


def begun(place: Any, path: Path, **columns: int) -> Batch:
    """Mapped, and ready to be loaded."""
    fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()
    batch = services.begin(place.clerk, place.body, "旧网站", path.name, fingerprint)
    services.map_columns(place.clerk, batch, PLAIN, columns or {"工作动态": place.column.pk}, total=0)
    return Batch.objects.get(pk=batch.pk)


def loaded(place: Any, path: Path, **columns: int) -> Batch:
    batch = begun(place, path, **columns)
    with open_source(path, folder=path.parent) as source:
        assert not load(batch.pk, source, None)
    return Batch.objects.get(pk=batch.pk)


def put_forward(place: Any, batch: Batch) -> Any:
    services.settle_list(place.clerk, batch)
    return request(place.clerk, IMPORT, batch.pk, ground=GROUND, answers=no_to_all())


def signed(place: Any, batch: Batch) -> Batch:
    """Put forward, passed by everybody, opened."""
    sign(holder(batch.body, Role.LEADER), put_forward(place, batch))
    while open_slice(batch.pk):
        pass
    return Batch.objects.get(pk=batch.pk)
