"""Reading imports: whose they are, how far they are, what came of their records."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, QuerySet

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.access import Rights, Role
from gongkai.portal.importing.models import Batch, Outcome, Phase
from gongkai.portal.importing.services.beginning import IMPORTERS, STANDS
from gongkai.portal.importing.services.deciding import undecided
from gongkai.review.models import Release

READERS = tuple(role for role in Role if role != Role.SYSADMIN)


def batches_for(rights: Rights) -> QuerySet[Batch]:
    reached = rights.bodies(*READERS)
    batches = Batch.objects.select_related("body", "started_by")
    return batches if reached is None else batches.filter(body__in=reached)


def bodies_for(rights: Rights) -> QuerySet[Body]:
    """For whom the person may import."""
    reached = rights.bodies(*IMPORTERS)
    bodies = Body.objects.active(clock.today())
    return bodies if reached is None else bodies.filter(pk__in=reached)


def stands_still(batch: Batch) -> bool:
    """Whether nothing moves that should: its task was killed."""
    return batch.phase in (Phase.LOADING, Phase.OPENING) and batch.touched_at <= clock.now() - STANDS


def outcomes(batch: Batch) -> list[tuple[Outcome, int]]:
    """How many rows came to what, in the order of the outcomes, only those there are."""
    counted = dict(batch.rows.order_by().values_list("outcome").annotate(count=Count("pk")))
    return [(one, counted[one]) for one in Outcome if one in counted]


def suspicions(batch: Batch) -> list[dict[str, object]]:
    """The rules that found something which waits for a decision: how often, in how many articles, an example."""
    rules = undecided(batch).order_by().values("rule")
    counted = rules.annotate(count=Count("pk"), articles=Count("row", distinct=True)).order_by("-count", "rule")
    return [
        row | {"example": undecided(batch).filter(rule=row["rule"]).select_related("row").first()} for row in counted
    ]


def passage_of(batch: Batch) -> Release | None:
    """The newest passage of the batch through the gate."""
    kind = ContentType.objects.get_for_model(Batch)
    return Release.objects.filter(content_type=kind, object_id=batch.pk).order_by("-pk").first()
