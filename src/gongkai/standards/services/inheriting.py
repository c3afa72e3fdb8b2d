"""乡镇沿用模板: a township takes over the county's template with its own name in place, and says what it has not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body, Kind
from gongkai.foundation.access import Refused, Role, rights_of, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.standards.models import Catalogue, Row
from gongkai.standards.services.reconciling import reconcile_rows
from gongkai.standards.services.writing import write

ADOPT = "standards.adopt"


@verb(ADOPT, _("沿用目录模板"), Role.OFFICE, Role.CLERK, system=True)
def adopt(actor: User | None, template: Catalogue, bodies: list[Body]) -> list[Catalogue]:
    """Each of the bodies gets the template's rows as a version of its own, itself as 公开主体.

    Those that have this version of the template already are passed over; links and 未涉及 of earlier ones are kept.
    """
    if not template.is_template:
        raise ValidationError(gettext("这不是模板，不能沿用"))
    for body in bodies:
        _demand(actor, template, body)
    rows = [row.as_core() for row in template.rows.select_related("catalogue")]
    having = Catalogue.objects.current().filter(template=template).values_list("body_id", flat=True)
    return [
        write(
            Catalogue(
                body=body,
                field_key=template.field_key,
                field_name=template.field_name,
                valid_from=template.valid_from,
                title=gettext("%(body)s%(field)s领域基层政务公开标准目录")
                % {"body": body.name, "field": template.field_name},
                notes=template.notes,
                template=template,
                source_name=template.source_name,
                source_sha256=template.source_sha256,
            ),
            [replace(row, body=body.name) for row in rows],
            ADOPT,
            actor,
        )
        for body in bodies
        if body.pk not in set(having)
    ]


def _demand(actor: User | None, template: Catalogue, body: Body) -> None:
    if body.root.pk != template.body.root.pk or body.kind not in (Kind.TOWNSHIP, Kind.SUBDISTRICT):
        raise ValidationError(gettext("%s不是本县的乡镇或街道，不能沿用模板") % body.name)
    if actor is not None and not rights_of(actor).holds({Role.OFFICE, Role.CLERK}, body.pk):
        raise Refused(gettext("没有权限办理%s的目录") % body.name)


def outdated(template: Catalogue) -> Iterable[Catalogue]:
    """Catalogues in force that were taken from an earlier version of this template."""
    newest = Catalogue.objects.filter(body=template.body, field_key=template.field_key, is_template=True)
    latest = newest.aggregate(Max("version"))["version__max"]
    taken = Catalogue.objects.owed().filter(template__in=newest, template__version__lt=latest)
    return taken.select_related("body")


@verb("standards.exempt", _("标明未涉及"), Role.OFFICE, Role.CLERK, body="row.answering_id")
def exempt(actor: User | None, row: Row, reason: str) -> Row:
    """The body has nothing to do with the matter; the reason is shown with the catalogue."""
    if not reason.strip():
        raise ValidationError({"reason": gettext("请写明未涉及的理由")})
    with change(row, "standards.exempt", actor=actor, reason=reason.strip()):
        row.exempt, row.exempt_reason = True, reason.strip()[:300]
    reconcile_rows({row.pk})
    return row


@verb("standards.include", _("恢复为涉及"), Role.OFFICE, Role.CLERK, body="row.answering_id")
def include(actor: User | None, row: Row) -> Row:
    """The matter is the body's after all."""
    with change(row, "standards.include", actor=actor):
        row.exempt, row.exempt_reason = False, ""
    reconcile_rows({row.pk})
    return row
