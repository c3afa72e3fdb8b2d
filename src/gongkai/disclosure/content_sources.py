"""The kinds of records as places where a body's content stands, for rooms that check it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.disclosure.declaring import kinds
from gongkai.disclosure.models import RecordPage
from gongkai.disclosure.selectors import only_shown
from gongkai.foundation.registries import Content, ContentSource, Place, Standing, content_sources

KINDS = "disclosure.kinds"


def _key(kind: str, body: int) -> str:
    return f"{kind}@{body}"


def _asked(keys: Collection[str]) -> dict[tuple[str, int], str]:
    """Kind and id of the body -> the key, for those that are keys at all."""
    parts = ((key, *key.partition("@")[::2]) for key in keys)
    return {(kind, int(body)): key for key, kind, body in parts if kind in kinds() and body.isdecimal()}


def _address(kind: str, code: str) -> str:
    return f"{reverse('disclosure_public_kind', args=[kind])}?{urlencode({'body': code})}"


def places(bodies: Collection[int]) -> Iterator[Place]:
    """Every kind of which a body has public records."""
    live = RecordPage.objects.filter(live=True, body_id__in=bodies).order_by()
    for kind, body, code in live.values_list("kind", "body_id", "body__code").distinct():
        if kind in kinds():
            yield Place(_key(kind, body), kinds()[kind].name, body, _address(kind, code), str(kinds()[kind].group))


def look(keys: Collection[str]) -> dict[str, Standing]:
    """The kinds of these bodies with how many records are public and the newest of them."""
    asked = _asked(keys)
    live = RecordPage.objects.filter(live=True, kind__in={kind for kind, _body in asked})
    live = live.filter(body_id__in={body for _kind, body in asked}).order_by()
    counted = {
        (kind, body): (count, day)
        for kind, body, count, day in live.values_list("kind", "body_id").annotate(Count("pk"), Max("published_on"))
    }
    days = {pair: day for pair, (_count, day) in counted.items() if pair in asked and day}
    newest = {(one.kind, one.body_id): one for one in _newest(live, days)}
    codes = dict(Body.objects.filter(pk__in={body for _kind, body in asked}).values_list("pk", "code"))
    found = {}
    for (kind, body), key in asked.items():
        record = newest.get((kind, body))
        latest = _content(record) if record is not None else None
        count = counted.get((kind, body), (0, None))[0] if latest else 0
        address = _address(kind, codes.get(body, ""))
        found[key] = Standing(body in codes, body, address, kinds()[kind].name, count, latest)
    return found


def _newest(live: QuerySet[RecordPage], days: dict[tuple[str, int], date]) -> Iterable[RecordPage]:
    """The records of these days, one or more for each kind and body, the latest written last."""
    wanted = Q(pk__in=())
    for day in set(days.values()):
        pairs = [pair for pair, one in days.items() if one == day]
        wanted |= Q(
            published_on=day, kind__in={kind for kind, _body in pairs}, body_id__in={body for _kind, body in pairs}
        )
    return only_shown(live.filter(wanted).order_by("published_on", "pk"))


def inside(keys: Collection[str]) -> Iterator[Content]:
    """Every public record of these kinds and bodies."""
    asked = _asked(keys)
    records = RecordPage.objects.filter(live=True, kind__in={kind for kind, _body in asked})
    for record in only_shown(records.filter(body_id__in={body for _kind, body in asked})):
        if (record.kind, record.body_id) in asked:
            yield _content(record)


def _content(record: RecordPage) -> Content:
    return Content(
        key=f"portal.pages:{record.pk}",
        title=record.title,
        address=record.url or "",
        body_id=record.body_id,
        published_on=record.published_on,
        formed_on=record.formed_on,
        places=(f"{KINDS}:{_key(record.kind, record.body_id)}",),
    )


content_sources.register(ContentSource(KINDS, _("法定公开内容种类"), places, look, inside, lambda address: None))
