"""What the ledger may count of statutory content: in time or late, and how much of each kind stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.bodies.models import Body
from gongkai.disclosure.declaring import Kind, kinds
from gongkai.disclosure.models import KeyFieldPromise, RecordPage
from gongkai.disclosure.selectors import (
    announced,
    announcements,
    duty_rows,
    key_fields,
    late,
    published_late,
    standing_duties,
    updated,
)
from gongkai.foundation.registries import Indicator, Reading, indicators

SHOWN = 50  # records listed beside a number
ARTICLE_26 = str(gettext_lazy("《政府信息公开条例》第二十六条：自形成或者变更之日起20个工作日内公开"))


def _of(body_id: int | None, on: date) -> QuerySet[RecordPage]:
    """Records formed in the year of `on`, up to it."""
    formed = RecordPage.objects.filter(formed_on__year=on.year, formed_on__lte=on)
    return formed if body_id is None else formed.filter(body=body_id)


def in_time(body_id: int | None, on: date) -> Reading:
    """Records formed in the year that became public in time, out of those whose day has come or that are public."""
    formed = _of(body_id, on)
    owed = formed.filter(first_published_at__isnull=False) | late(formed, on)
    behind = published_late(formed) | late(formed, on)
    whole, wrong = owed.count(), behind.count()
    rate = (whole - wrong) / whole * 100 if whole else None
    return Reading(rate, whole - wrong, whole, _("%(year)d年形成的信息，%(day)s") % _words(on), _listed(behind))


def late_count(body_id: int | None, on: date) -> Reading:
    """Records past their day that are still not public, whenever they were formed."""
    everything = RecordPage.objects.all() if body_id is None else RecordPage.objects.filter(body=body_id)
    behind = late(everything, on)
    number = behind.count()
    return Reading(number, number, everything.count(), _("截至%s的草稿") % on, _listed(behind))


def key_fields_updated(body_id: int | None, on: date) -> Reading:
    """Key fields with content of the year, out of all that the notice promises, named or not."""
    promises = KeyFieldPromise.objects.all()
    if body_id is not None:
        promises = promises.filter(county=Body.objects.get(pk=body_id).root)
    rows = [row for promise in promises for row in key_fields(promise, on)]
    fresh, whole = updated(rows, on.year), sum(promise.promised for promise in promises)
    rate = len(fresh) / whole * 100 if whole else None
    listed = [(row.field.name, reverse("disclosure_key_fields")) for row in fresh]
    return Reading(rate, len(fresh), whole, _("重点领域清单，%s") % on, listed)


def duties_covered(body_id: int | None, on: date) -> Reading:
    """Duties with live content, out of all that concern the body."""
    rows = duty_rows(standing_duties(body_id))
    covered = [row for row in rows if row.is_covered]
    bare = [(row.duty.what, reverse("disclosure_duties")) for row in rows if not row.is_covered]
    rate = len(covered) / len(rows) * 100 if rows else None
    return Reading(rate, len(covered), len(rows), _("公开义务清单，%s") % on, bare[:SHOWN])


def problems_answered(body_id: int | None, on: date) -> Reading:
    """Problems announced in the year whose being mended is public, out of all announced that the body must answer."""
    year = announcements().filter(formed_on__year=on.year, formed_on__lte=on)
    rows = [row for row in announced(year) if body_id is None or row.owner.pk == body_id]
    answered = [row for row in rows if row.answer is not None]
    rate = len(answered) / len(rows) * 100 if rows else None
    address = f"{reverse('disclosure_answers')}?open=1"
    bare = [(f"{row.record.title} {row.key}", address) for row in rows if row.answer is None]
    return Reading(rate, len(answered), len(rows), _("%(year)d年公告的审计问题，%(day)s") % _words(on), bare[:SHOWN])


def _counting(kind: Kind) -> Callable[[int | None, date], Reading]:
    def count(body_id: int | None, on: date) -> Reading:
        standing = _of(body_id, on).filter(kind=kind.key, live=True)
        number = standing.count()
        return Reading(number, number, None, _("%(year)d年已公开的记录，%(day)s") % _words(on), _listed(standing))

    return count


def _words(on: date) -> dict[str, object]:
    return {"year": on.year, "day": on}


def _listed(records: QuerySet[RecordPage]) -> list[tuple[str, str]]:
    rows = records.order_by("-formed_on", "-pk").values_list("title", "pk")[:SHOWN]
    return [(title, reverse("wagtailadmin_pages:edit", args=[pk])) for title, pk in rows]


indicators.register(Indicator("disclosure.in_time", gettext_lazy("按时公开率"), "%", in_time, ARTICLE_26))
indicators.register(
    Indicator("disclosure.late", gettext_lazy("逾期未公开"), str(gettext_lazy("条")), late_count, ARTICLE_26)
)
indicators.register(
    Indicator(
        "disclosure.key_fields",
        gettext_lazy("重点领域更新率"),
        "%",
        key_fields_updated,
        str(gettext_lazy("年度政务公开工作要点（40）项")),
        address=lambda: reverse("disclosure_key_fields"),
    )
)
indicators.register(
    Indicator(
        "disclosure.duties",
        gettext_lazy("公开义务覆盖率"),
        "%",
        duties_covered,
        str(gettext_lazy("年度政务公开工作要点第二部分：梳理主动公开义务")),
        address=lambda: reverse("disclosure_duties"),
    )
)
indicators.register(
    Indicator(
        "disclosure.answered",
        gettext_lazy("审计整改公开率"),
        "%",
        problems_answered,
        str(gettext_lazy("年度政务公开工作要点（18）项")),
        address=lambda: reverse("disclosure_answers"),
    )
)
for _kind in kinds().values():
    indicators.register(
        Indicator(
            f"disclosure.count.{_kind.key}",
            gettext_lazy("公开数量：%s") % _kind.name,
            str(gettext_lazy("条")),
            _counting(_kind),
            "；".join(str(source) for source in _kind.basis),
        )
    )
