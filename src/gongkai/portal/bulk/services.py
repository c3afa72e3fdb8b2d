"""The verbs: all pages or none, with one record that undoes it.

Where a page stands is part of what was signed, so what is public is withdrawn before it is moved, and is signed anew in
its new place; undone in time it stands again as it was signed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb, verbs
from gongkai.foundation.access.verbs import demand
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.portal.bulk.checking import approved, refuse_all, refuse_waiting
from gongkai.portal.models import (
    Act,
    ArticlePage,
    Attachment,
    AttachmentFile,
    ColumnPage,
    Illustration,
    SectionPage,
)
from gongkai.portal.models.acts import Kind
from gongkai.portal.models.reviewed import ReviewedPage
from gongkai.portal.standing import body_of
from gongkai.review.models import Release
from gongkai.review.services import reopen, withdraw

MOST = 500  # pages of one act: more is work for an import, not for a click
MOVERS = (Role.CLERK, Role.OFFICE, Role.LEADER)


@verb("portal.move", gettext_lazy("批量移动"), *MOVERS)
def move(actor: User | None, pages: Sequence[int], target: int, reason: str, notice: str = "") -> Act:
    """Below another column, of the same body or of another (划转单位), by who may write in both.

    What is public is withdrawn with `notice`; that is for leaders and the office, as every withdrawal.
    """
    actor = cast(User, actor)
    column = _column(target)
    owner = _demand_for(actor, "portal.move", column)
    records = _pages(pages)
    before = {page.pk: _demand_for(actor, "portal.move", page) for page in records}
    refuse_waiting(records)
    refuse_all(records, column)
    rows = [_row(page) for page in records]
    for page, row in zip(records, rows, strict=True):
        row["release"] = _withdraw(actor, page, reason, notice)
        if before[page.pk] != owner:
            row["files"] = _take_files(page, column)
        _move(page, column, actor)
    kind = Kind.MOVE if set(before.values()) == {owner} else Kind.REOWN
    return _record(actor, Act(kind=kind, body_id=owner, target=column.pk, target_title=column.title), rows, reason)


@verb("portal.withdraw", gettext_lazy("批量撤稿"), Role.OFFICE, Role.LEADER)
def withdraw_pages(actor: User | None, pages: Sequence[int], reason: str, notice: str = "") -> Act:
    """撤稿 of all at once; what is not public is refused by name."""
    actor = cast(User, actor)
    records = _pages(pages)
    owners = [_demand_for(actor, "portal.withdraw", page) for page in records]
    closed = [page.title for page in records if approved(page) is None]
    if closed:
        raise ValidationError(_("没有公开，不需要撤稿：%s") % "、".join(closed))
    rows = [_row(page) for page in records]
    for page, row in zip(records, rows, strict=True):
        row["release"] = _withdraw(actor, page, reason, notice)
    return _record(actor, Act(kind=Kind.WITHDRAW, body_id=owners[0]), rows, reason)


@verb("portal.undo", gettext_lazy("撤销批量操作"), *MOVERS, body="act.body_id")
def undo(actor: User | None, act: Act) -> Act:
    """Everything back as it was, by who did it and within ten minutes; refused when a page went elsewhere since."""
    actor = cast(User, actor)
    act = Act.objects.select_for_update().get(pk=act.pk)
    if not act.can_be_undone or act.actor_id != actor.pk:
        raise ValidationError(_("不能撤销：只有经办人可以在操作后 10 分钟内撤销"))
    pages = {page.pk: page for page in _pages([row["page"] for row in act.rows])}
    for row in reversed(act.rows):
        page = pages[row["page"]]
        if act.target is not None:
            _move_back(page, row, act, actor)
        if row["release"]:
            reopen(actor, Release.objects.get(pk=row["release"]), _("撤销批量操作"))
    with change(act, "portal.undo", actor=actor):
        act.undone_at, act.undone_by = clock.now(), actor
    return act


def _column(target: int) -> ColumnPage:
    column = ColumnPage.objects.filter(pk=target).first()
    if column is None:
        raise ValidationError(_("请选择要移到的栏目"))
    return column


def _pages(pages: Sequence[int]) -> list[Any]:
    """The pages in the order of the tree; only what people write."""
    found = list(Page.objects.filter(pk__in=pages).order_by("path").specific())
    if not found or len(found) < len(set(pages)):
        raise ValidationError(_("有的页面已经删除，请刷新后再选"))
    if len(found) > MOST:
        raise ValidationError(_("一次最多处理 %d 个页面，请分几次") % MOST)
    fixed = [page.title for page in found if not isinstance(page, ReviewedPage)]
    if fixed:
        raise ValidationError(_("随单位名录变化，不能批量处理：%s") % "、".join(fixed))
    return found


def _demand_for(actor: User, key: str, page: Any) -> int:
    """The body of the page, in which `actor` may use the verb."""
    owner = body_of(page)
    if owner is None:
        raise ValidationError(_("“%s”不在任何单位的专栏里") % page.title)
    demand(actor, verbs.get(key), owner)
    return owner


def _row(page: Any) -> dict[str, Any]:
    return {"page": page.pk, "title": page.title, "parent": page.get_parent().pk, "release": None, "files": []}


def _withdraw(actor: User, page: Any, reason: str, notice: str) -> int | None:
    release = approved(page)
    return withdraw(actor, release, reason, notice).pk if release is not None else None


def _move(page: Any, target: Page, actor: User) -> None:
    """Wagtail's own act, asked for without its permissions: the verb has judged."""
    type(page).objects.get(pk=page.pk).move(Page.objects.get(pk=target.pk), pos="last-child", user=actor)


def _take_files(page: Any, column: ColumnPage) -> list[list[int]]:
    """Into the folder of the new body goes what hangs on no other article; returns where each file lay."""
    if not isinstance(page, ArticlePage):
        return []
    folder = SectionPage.objects.ancestor_of(column).values_list("collection", flat=True).get()
    attached = Attachment.objects.exclude(page=page).values("document")
    shown = Illustration.objects.exclude(page=page).values("document")
    own = Q(attachments__page=page) | Q(illustrations__page=page)
    files = AttachmentFile.objects.filter(own).exclude(pk__in=attached).exclude(pk__in=shown)
    lay = [[file.pk, file.collection_id] for file in files.distinct()]
    AttachmentFile.objects.filter(pk__in=[file for file, _folder in lay]).update(collection=folder)
    return lay


def _move_back(page: Any, row: dict[str, Any], act: Act, actor: User) -> None:
    parent = Page.objects.filter(pk=row["parent"]).first()
    if parent is None or page.get_parent().pk != act.target:
        raise ValidationError(_("“%s”后来又移动过，或者原来的栏目已删除，不能撤销") % row["title"])
    _move(page, parent, actor)
    for file, folder in row["files"]:
        AttachmentFile.objects.filter(pk=file).update(collection_id=folder)


def _record(actor: User, act: Act, rows: list[dict[str, Any]], reason: str) -> Act:
    if not reason.strip():
        raise ValidationError(_("请写明理由"))
    with change(act, f"portal.{'withdraw' if act.kind == Kind.WITHDRAW else 'move'}", actor=actor, reason=reason):
        act.actor, act.rows, act.reason = actor, rows, reason.strip()
    return act
