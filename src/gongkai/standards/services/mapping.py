"""对应: which place holds a row's content. The machine suggests, a person confirms, one by one or many at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.foundation import clock
from gongkai.foundation.access import Refused, Role, rights_of, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import build, change, record_many
from gongkai.foundation.registries import Place, content_sources
from gongkai.standards.models import URL, Catalogue, Link, LinkState, Row
from gongkai.standards.selectors import bodies_named, undoable, unmapped
from gongkai.standards.services.reconciling import reconcile_rows
from gongkai.standards.similarity import SURE, Suggestion, page_suggestions, question, suggestions

CONFIRM, UNDO = "standards.confirm", "standards.undo_confirm"


@verb("standards.suggest", _("推荐对应栏目"), Role.OFFICE, Role.CLERK, body="catalogue.body_id", system=True)
def suggest(actor: User | None, catalogue: Catalogue) -> int:
    """Fresh suggestions for the rows that owe a page and have no confirmed place; how many rows got one.

    Columns and kinds by their names; single pages by title and text, where no column comes as near as its name alone.
    """
    rows = list(unmapped(catalogue))
    settled = set(Link.objects.filter(row__in=rows, state=LinkState.REJECTED).values_list("row_id", "source", "target"))
    Link.objects.filter(row__in=rows, state=LinkState.SUGGESTED).delete()
    links = [
        Link(row_id=pk, source=source, target=one.place.key, label=_label(one.place), score=one.score)
        for source, by_row in _suggested(catalogue, rows).items()
        for pk, chosen in by_row.items()
        for one in chosen
        if (pk, source, one.place.key) not in settled
    ]
    Link.objects.bulk_create(links, batch_size=500, ignore_conflicts=True)
    return len({link.row_id for link in links})


def suggest_soon(catalogues: Iterable[Catalogue]) -> None:
    """After the commit the worker looks for places for these."""
    from gongkai.standards.tasks import suggest_places

    pks = [catalogue.pk for catalogue in catalogues]
    transaction.on_commit(lambda: [suggest_places.enqueue(pk) for pk in pks])


def _suggested(catalogue: Catalogue, rows: list[Row]) -> dict[str, dict[int, list[Suggestion]]]:
    """Source -> row -> what suits it there."""
    bodies = bodies_named(catalogue)
    found = {source.key: suggestions(rows, list(source.places(bodies))) for source in content_sources}
    sure = {pk for by_row in found.values() for pk, chosen in by_row.items() if chosen[0].score >= SURE}
    wanting = [row for row in rows if row.pk not in sure]
    for source in content_sources:
        pages = source.search(bodies, {question(row) for row in wanting}) if wanting else {}
        for pk, chosen in page_suggestions(wanting, pages).items():
            found[source.key].setdefault(pk, []).extend(chosen)
    return found


def _label(place: Place) -> str:
    return (f"{place.trail} / {place.label}" if place.trail else place.label)[:300]


@verb(CONFIRM, _("确认对应"), Role.OFFICE, Role.CLERK)
def confirm(actor: User | None, links: list[Link], standing: bool = False) -> int:
    """The suggestions are right; standing: 常设内容, which its age alone does not make stale. How many."""
    links = [link for link in _reached(actor, links) if link.state != LinkState.CONFIRMED]
    now = clock.now()  # one moment for all: by it they are undone together
    for link in links:
        link.state, link.standing = LinkState.CONFIRMED, standing
        link.confirmed_by, link.confirmed_at = actor, now
    Link.objects.bulk_update(links, ["state", "standing", "confirmed_by", "confirmed_at"], batch_size=500)
    record_many(build(CONFIRM, link, actor=actor, after=link.audited_state()) for link in links)
    reconcile_rows({link.row_id for link in links})
    return len(links)


@verb(UNDO, _("撤销确认对应"), Role.OFFICE, Role.CLERK)
def undo_confirm(actor: User | None, catalogue: Catalogue, at: datetime) -> int:
    """What the person confirmed together at that moment is a suggestion again, while it is still undoable; how many."""
    links = _reached(actor, list(undoable(catalogue, actor).filter(confirmed_at=at)))
    if not links:
        raise ValidationError(gettext("不能撤销：只有经办人可以在确认后 10 分钟内撤销"))
    for link in links:
        link.state, link.standing = LinkState.SUGGESTED, False
        link.confirmed_by = link.confirmed_at = None
    Link.objects.bulk_update(links, ["state", "standing", "confirmed_by", "confirmed_at"], batch_size=500)
    record_many(build(UNDO, link, actor=actor, after=link.audited_state()) for link in links)
    reconcile_rows({link.row_id for link in links})
    return len(links)


@verb("standards.reject", _("否定推荐"), Role.OFFICE, Role.CLERK)
def reject(actor: User | None, links: list[Link]) -> int:
    """These are wrong and are not suggested again; how many."""
    links = _reached(actor, links)
    for link in links:
        with change(link, "standards.reject", actor=actor):
            link.state = LinkState.REJECTED
    reconcile_rows({link.row_id for link in links})
    return len(links)


@verb("standards.link_place", _("对应到栏目"), Role.OFFICE, Role.CLERK, body="row.answering_id")
def link_place(actor: User | None, row: Row, source: str, key: str, standing: bool = False) -> Link:
    """The row's content stands in this place of a content source."""
    found = content_sources.get(source).look([key]).get(key) if source in content_sources else None
    if found is None:
        raise ValidationError({"place": gettext("没有这个栏目，请重新选择")})
    return _linked(actor, row, source, key, found.label, standing)


@verb("standards.link_address", _("对应到网址"), Role.OFFICE, Role.CLERK, body="row.answering_id")
def link_address(actor: User | None, row: Row, address: str, standing: bool = False) -> Link:
    """The row's content stands at this address: a page of the portal, else one outside, which is looked at first."""
    address = address.strip()
    for source in content_sources:
        key = source.find(address)
        if key is not None:
            return _linked(actor, row, source.key, key, source.look([key])[key].label, standing)
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or len(address) > 500:
        raise ValidationError({"address": gettext("请粘贴完整的网址，如 https://www.example.gov.cn/…")})
    return _linked(actor, row, URL, address, address[:300], standing)


@verb("standards.unlink", _("取消对应"), Role.OFFICE, Role.CLERK, body="link.row.answering_id")
def unlink(actor: User | None, link: Link) -> None:
    """The row is no longer linked there, and the place is not suggested for it again."""
    with change(link, "standards.unlink", actor=actor):
        link.state = LinkState.REJECTED
    reconcile_rows({link.row_id})


def _linked(actor: User | None, row: Row, source: str, target: str, label: str, standing: bool) -> Link:
    link = Link.objects.filter(row=row, source=source, target=target).first() or Link(
        row=row, source=source, target=target
    )
    with change(link, "standards.link_place" if source != URL else "standards.link_address", actor=actor):
        link.label, link.state, link.standing = label[:300], LinkState.CONFIRMED, standing
        link.confirmed_by, link.confirmed_at = actor, clock.now()
    row.links.filter(state=LinkState.SUGGESTED).delete()
    reconcile_rows({row.pk})
    return link


def _reached(actor: User | None, links: list[Link]) -> list[Link]:
    """The links with their rows; refused as a whole when one belongs to a body that the person does not reach."""
    links = list(Link.objects.filter(pk__in=[link.pk for link in links]).select_related("row__catalogue"))
    if actor is not None:
        rights = rights_of(actor)
        if any(not rights.holds({Role.OFFICE, Role.CLERK}, link.row.answering_id) for link in links):
            raise Refused(gettext("没有权限：其中有其他单位的目录"))
    return links
