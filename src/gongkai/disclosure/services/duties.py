"""公开义务清单: what each body must publish (通知第二部分：梳理主动公开义务)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.bodies.models import Body
from gongkai.channels.models import Column
from gongkai.core import platform
from gongkai.disclosure.declaring import kinds
from gongkai.disclosure.declaring.model import ARTICLE_26
from gongkai.disclosure.models import Duty
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.unique import once
from gongkai.portal.models import ColumnPage, SectionPage


@verb("disclosure.save_duty", gettext_lazy("填写公开义务"), Role.CLERK, Role.OFFICE, body="body.pk")
def save_duty(
    actor: User | None,
    body: Body,
    duty: Duty | None,
    what: str,
    basis: str,
    limit: str,
    kind: str = "",
    column: Column | None = None,
) -> Duty:
    """A duty of the body, or what is to be corrected in one; one that was dropped stands again."""
    if duty is not None and duty.body_id != body.pk:
        raise ValidationError(_("这是其他单位的公开义务"))
    if kind and kind not in kinds():
        raise ValidationError({"kind": _("没有“%s”这类内容") % kind})
    if column is not None and column.owner_id != body.pk:
        raise ValidationError({"column": _("请选择本单位的栏目")})
    saved = duty or Duty(body=body)
    saved.what, saved.basis, saved.limit = what.strip(), basis.strip(), limit.strip()
    saved.kind, saved.column, saved.dropped, saved.reason = kind, column, False, ""
    with once(saved), change(saved, "disclosure.save_duty", actor=actor):
        pass
    return saved


@verb("disclosure.drop_duty", gettext_lazy("公开义务不适用"), Role.CLERK, Role.OFFICE, body="duty.body_id")
def drop_duty(actor: User | None, duty: Duty, reason: str) -> Duty:
    """It does not concern this body; it stays in the list with its reason, and counts no more."""
    if not reason.strip():
        raise ValidationError(_("请写明不适用的理由"))
    duty.dropped, duty.reason = True, reason.strip()
    with change(duty, "disclosure.drop_duty", actor=actor, reason=reason):
        pass
    return duty


@verb("disclosure.suggest_duties", gettext_lazy("按条例列出公开义务"), Role.CLERK, Role.OFFICE, body="body.pk")
def suggest_duties(actor: User | None, body: Body) -> int:
    """Add the points of Articles 20 and 21 that the body's section has columns for and its list has not; how many."""
    section = SectionPage.objects.filter(body=body).first()
    pages = ColumnPage.objects.descendant_of(section).exclude(point="") if section else ColumnPage.objects.none()
    columns = {one.page_id: one for one in Column.objects.filter(page__in=pages)}
    known = set(Duty.objects.filter(body=body).values_list("what", flat=True))
    added = 0
    for page in pages.order_by("path"):
        point = platform.points().get(page.point)
        if point is None or point.summary in known:
            continue
        duty = Duty(body=body, what=point.summary, basis=_("《政府信息公开条例》%s") % point.article)
        duty.limit, duty.column = str(ARTICLE_26.term), columns.get(page.pk)
        duty.kind = next((kind.key for kind in kinds().values() if page.point in kind.points), "")
        with change(duty, "disclosure.suggest_duties", actor=actor):
            pass
        added += 1
    return added
