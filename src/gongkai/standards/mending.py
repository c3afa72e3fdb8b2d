"""两张皮 as problems to be mended: each gap of a row, and each thing in a column that no row asks for."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.registries import Finding, Recheck, Severity
from gongkai.rectification.models import Case, Ruling
from gongkai.rectification.services.checking import look_again
from gongkai.standards.models import URL, Check, Fault, LinkState, Row, State, Stray
from gongkai.standards.services.outside import look_at
from gongkai.standards.services.reconciling import reconcile, reconcile_rows

SOURCE = "standards"
BASIS = "国办发〔2019〕54号"
SEVERITY = {State.EMPTY: Severity.SERIOUS, State.DEAD: Severity.SERIOUS, State.WRONG: Severity.ORDINARY}
STRAY = "stray"
CLOSE = "standards.reconcile"


def findings() -> Iterator[Finding]:
    """All gaps as the newest reconciliation left them."""
    active = set(Body.objects.active(clock.today()).values_list("pk", flat=True))
    for fault in faults():
        if fault.row.answering_id in active:
            yield _of_fault(fault)
    for stray in Stray.objects.select_related("catalogue").iterator():
        if stray.body_id in active:
            yield _of_stray(stray)


def faults(body: Body | None = None) -> Iterator[Fault]:
    found = Fault.objects.filter(row__in=Row.objects.owed())
    found = found if body is None else found.filter(row__catalogue__body=body)
    return found.select_related("row__catalogue__body").order_by("row_id", "pk").iterator()


def _of_fault(fault: Fault) -> Finding:
    row = fault.row
    named = {"field": row.catalogue.field_name, "matter": row.matter, "state": fault.get_state_display()}
    return Finding(
        reference=reference(row, fault.state),
        body_id=row.answering_id,
        title=_("%(field)s领域“%(matter)s”：%(state)s") % named,
        detail=fault.words,
        address=fault.address,
        severity=SEVERITY.get(State(fault.state), Severity.SLIGHT),
        basis=BASIS,
    )


def _of_stray(stray: Stray) -> Finding:
    return Finding(
        reference=f"{STRAY}/{stray.key}",
        body_id=stray.body_id,
        title=_("目录专栏里的“%s”不属于任何目录事项") % stray.title,
        detail=_("请对应到目录事项，或移出专栏“%s”") % stray.catalogue.column_label,
        address=stray.address,
        severity=Severity.SLIGHT,
        basis=BASIS,
    )


def reference(row: Row, state: str) -> str:
    """The same from version to version of the catalogue."""
    return f"{row.catalogue.body_id}/{row.catalogue.field_key}/{row.identity}/{state}"


def recheck(reference: str) -> Recheck:
    """Look at the row, or the column, again."""
    kind, _slash, rest = reference.partition("/")
    return _recheck_stray(rest) if kind == STRAY else _recheck_row(*reference.split("/"))


def _recheck_row(body: str, field: str, identity: str, state: str) -> Recheck:
    rows = Row.objects.owed().filter(catalogue__body_id=body, catalogue__field_key=field, identity=identity)
    row = rows.first()
    if row is None:
        return Recheck(True, _("现行目录中已没有该事项"))
    for link in row.links.filter(source=URL, state=LinkState.CONFIRMED).select_related("row"):
        look_at(link)
    reconcile_rows({row.pk})
    fault = Fault.objects.filter(row=row, state=state).first()
    said: Check | Fault = fault or Check.objects.get(row=row)
    return Recheck(fault is None, f"{said.get_state_display()}：{said.words}".rstrip("："))


def _recheck_stray(key: str) -> Recheck:
    stray = Stray.objects.filter(key=key).select_related("catalogue__body").first()
    if stray is not None:
        reconcile(None, stray.catalogue.body)
    stands = Stray.objects.filter(key=key).first()
    return Recheck(stands is None, _("仍不属于任何目录事项") if stands else _("已对应目录事项，或已移出专栏"))


def close_mended(body: Body) -> int:
    """Cases of a body whose gap is no longer there are looked at again by their own check; how many were."""
    owners = Row.objects.owed().filter(catalogue__body=body).exclude(owner=None).values_list("owner_id", flat=True)
    bodies = {body.pk, *owners}
    standing = {reference(fault.row, fault.state) for fault in faults(body)}
    standing |= {f"{STRAY}/{key}" for key in Stray.objects.filter(catalogue__body=body).values_list("key", flat=True)}
    cases = Case.objects.unclosed().filter(source=SOURCE, body_id__in=bodies).exclude(ruling=Ruling.STANDING)
    own = (f"{body.pk}/", f"{STRAY}/")
    vanished = [case for case in cases if case.reference.startswith(own) and case.reference not in standing]
    for case in vanished:
        look_again(case, CLOSE)
    return len(vanished)
