"""What a room may declare to the rest of the house."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.registries.registry import Label, Registry

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

    from gongkai.foundation.accounts.models import User


@dataclass(frozen=True, slots=True)
class Reading:
    """What an indicator saw: a value out of a whole, as of a day, and the records it counted (invariants 4 and 5)."""

    value: float | None  # None: insufficient data
    numerator: int | None = None
    denominator: int | None = None
    looked_at: str = ""
    records: Sequence[tuple[str, str]] = ()  # (label, address)


@dataclass(frozen=True, slots=True)
class Indicator:
    """指标: a number about one body (None: the whole county) that the ledger may use as a verdict.

    yearly: the notice demands at least so many in each year; the ledger shows a year with fewer, `address` leads there.
    """

    key: str
    label: Label
    unit: str
    measure: Callable[[int | None, date], Reading] = field(compare=False)
    basis: str = ""  # article or line of the notice
    yearly: int = 0
    address: Callable[[], str] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Reviewable:
    """可审查内容: a kind of record that reaches the public through `review.gate()` and no other way.

    digest: a stable text of all that the public would see; the gate opens for exactly this text.
    opened, closed: told when the gate opens for a record or closes again.
    prepare: adds to a query what `digest` reads, so that many records cost as many queries as one.
    candidate: the version of a record that is put forward (a page's newest draft); the record itself when absent.
    texts: labelled plain texts that people and the machine read; the parts of `digest` when absent.
    files: the attachments the machine reads, each with its label; their SM3 belong into `digest`.
    authors: ids of those who wrote the candidate; they review none of it.
    hidden_by: (open records) -> id -> what keeps it from the public all the same, in words (a column above it).
    mask: (record, actor, label of a text or file, stretches with what shall stand there) -> writes the masked version.
    wordless: whether a record has no words but those that come with the product; such a one needs no signature, and
        once it was signed it is judged by its signature like any other.
    complete: raises a ValidationError that names what the candidate still lacks; it is not put forward then.
    """

    key: str
    label: Label
    model: type[Model]
    title: Callable[[Any], str] = field(compare=False)
    digest: Callable[[Any], str] = field(compare=False)
    body_id: Callable[[Any], int] = field(compare=False)
    address: Callable[[Any], str] = field(compare=False)
    opened: Callable[[Any], None] | None = field(default=None, compare=False)
    closed: Callable[[Any], None] | None = field(default=None, compare=False)
    prepare: Callable[[QuerySet[Any]], QuerySet[Any]] | None = field(default=None, compare=False)
    candidate: Callable[[Any], Any] | None = field(default=None, compare=False)
    texts: Callable[[Any], Iterable[tuple[str, str]]] | None = field(default=None, compare=False)
    files: Callable[[Any], Iterable[tuple[str, FieldFile]]] | None = field(default=None, compare=False)
    authors: Callable[[Any], Iterable[int]] | None = field(default=None, compare=False)
    hidden_by: Callable[[Sequence[Any]], dict[int, str]] | None = field(default=None, compare=False)
    mask: Callable[[Any, User, str, Sequence[tuple[int, int, str]]], None] | None = field(default=None, compare=False)
    wordless: Callable[[Any], bool] | None = field(default=None, compare=False)
    complete: Callable[[Any], None] | None = field(default=None, compare=False)


class Severity(models.TextChoices):
    """问题程度, as the source judges it; in the order in which problems are to be mended."""

    SERIOUS = "serious", _("严重")
    ORDINARY = "ordinary", _("一般")
    SLIGHT = "slight", _("轻微")


@dataclass(frozen=True, slots=True)
class Finding:
    """问题: one thing that a body must mend, as its source sees it now.

    reference: what it is called within its source, the same at every look.
    detail: what is wrong, with masked excerpts only; address: where to look, a link outside or a path inside.
    days: working days to mend it when `basis` sets a term; None: the installation's own.
    """

    reference: str
    body_id: int
    title: str
    detail: str = ""
    address: str = ""
    severity: Severity = Severity.ORDINARY
    days: int | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Recheck:
    """复核结果: whether it is mended, and what was looked at to say so (invariant 5); the caller notes when."""

    mended: bool
    looked_at: str


@dataclass(frozen=True, slots=True)
class RectificationSource:
    """整改来源: a check whose findings bodies must mend.

    findings: all that stand now, asked for every day; a source that only pushes its findings has none.
    recheck: runs the check again for one reference, also for one that is no longer found; raises when it cannot look.
    """

    key: str
    label: Label
    findings: Callable[[], Iterable[Finding]] = field(compare=False)
    recheck: Callable[[str], Recheck] = field(compare=False)


@dataclass(frozen=True, slots=True)
class PublicBlock:
    """公共页块: an entry that a room hangs on the portal's front page and navigation.

    place: `front`, or the key of the platform's block that it belongs into (`application`: how to apply).
    find: for the words of a search, how much of the room's that is no page has them, and where the public reads it.
    """

    key: str
    label: Label
    address: Callable[[], str] = field(compare=False)
    summary: Callable[[HttpRequest], str] | None = field(default=None, compare=False)
    order: int = 100
    place: str = "front"
    find: Callable[[HttpRequest, str], tuple[int, str]] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ApiRoute:
    """开放接口: one read-only address below /api/v1/."""

    key: str
    path: str
    view: Callable[..., HttpResponseBase] = field(compare=False)
    summary: Label = ""
    parameters: Iterable[tuple[str, Label]] = ()


@dataclass(frozen=True, slots=True)
class Handover:
    """交接: the open work of one kind that somebody has in some bodies, and how it moves to a successor.

    waiting: (leaver, ids of the bodies) -> the records still open; shown before, counted after.
    move: (actor, leaver, successor, ids of the bodies, reason) -> how many records moved; writes its own events.
    """

    key: str
    label: Label
    waiting: Callable[[User, frozenset[int]], QuerySet[Any]] = field(compare=False)
    move: Callable[[User | None, User, User, frozenset[int], str], int] = field(compare=False)


indicators: Registry[Indicator] = Registry("indicators")
reviewables: Registry[Reviewable] = Registry("reviewables")
rectification_sources: Registry[RectificationSource] = Registry("rectification sources")
public_blocks: Registry[PublicBlock] = Registry("public blocks")
api_routes: Registry[ApiRoute] = Registry("API routes")
handovers: Registry[Handover] = Registry("handovers")
