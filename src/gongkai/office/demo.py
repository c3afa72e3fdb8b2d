"""The example county: bodies, people, channels, and its notice opened as a ledger on which work has begun.

Made from the files of a folder (`FILES`); what is there already is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.bodies.models import Body, Kind, RoleHolding
from gongkai.bodies.sections import keep_in_step
from gongkai.bodies.services import create_county, import_bodies
from gongkai.channels.models import Site
from gongkai.channels.services import import_channels
from gongkai.disclosure import demo as disclosure
from gongkai.foundation import clock
from gongkai.foundation.access import Role
from gongkai.foundation.access.rights import remembering
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import build, record_many
from gongkai.ledger import services as ledger
from gongkai.ledger.models import Assignment, Plan
from gongkai.ledger.services.publishing import release
from gongkai.office import demo_platform
from gongkai.portal.identity import identify
from gongkai.portal.standing import body_of
from gongkai.portal.structure import ensure_portal
from gongkai.review.choke import kind_of
from gongkai.review.models import Attribute, Release
from gongkai.review.questions import questions
from gongkai.review.services import approve, describe, request
from gongkai.standards import demo as standards

COUNTY, COUNTY_NAME = "qinghe", _("青禾县人民政府")
FILES = ("bodies.csv", "channels.csv", "notice.docx", standards.CATALOGUE, standards.TEMPLATE)
PASSWORD = "gongkai-demo"  # noqa: S105 - everybody knows it: these people cannot sign in in production
COUNTY_PEOPLE = {
    "office": Role.OFFICE,
    "secrecy-admin": Role.SECRECY_ADMIN,
    "auditor": Role.AUDITOR,
    "sysadmin": Role.SYSADMIN,
}
YEARS = 2  # of example content, and so of the people who signed it
BODY_PEOPLE = (Role.CLERK, Role.REVIEWER, Role.SECRECY_REVIEWER, Role.LEGAL_REVIEWER, Role.LEADER)


class DemoRefused(Exception):
    """The example county is not for production, or its files are not where they should be."""


@dataclass(frozen=True, slots=True)
class Made:
    """What there is now, and whether this call made it."""

    county: Body
    plan: Plan | None
    new: bool


def make_demo(folder: Path) -> Made:
    """Make the example county from the files in `folder`; once made, it is left alone."""
    if settings.PRODUCTION:
        raise DemoRefused(_("正式环境（GONGKAI_PRODUCTION=1）不建立示例县"))
    known = Body.objects.filter(code=COUNTY).first()
    if known is not None:
        return Made(known, Plan.objects.filter(county=known).first(), new=False)
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise DemoRefused(_("%(folder)s 中缺少 %(names)s") % {"folder": folder, "names": "、".join(missing)})
    with transaction.atomic():
        county = _register(folder)
        office = _people(county)
        with remembering():  # nobody's roles change from here on
            plan = _ledger(folder, county, office)
            ensure_portal()
            _identify(county, office)
            demo_platform.fill(county, _send, _clerk)
            disclosure.fill(county, office, _publish, _clerk)
            standards.fill(folder, county, office, _publish, _send, _clerk)
            _work(plan, office)
    return Made(county, plan, new=True)


def _register(folder: Path) -> Body:
    county = create_county(None, COUNTY, COUNTY_NAME, [_("青禾县"), _("县政府")])
    with (folder / "bodies.csv").open("rb") as file:
        import_bodies(None, county, File(file, "bodies.csv"))
    with (folder / "channels.csv").open("rb") as file:
        import_channels(None, county, File(file, "channels.csv"))
    return county


def _people(county: Body) -> User:
    """Everybody at once: one password hash for all, which is what makes two hundred people quick."""
    posts = list(_posts(county))
    hashed = make_password(PASSWORD)
    users = [
        User(username=name, name=f"{body.label}{role.label}"[:40], password=hashed, demo=True)
        for name, role, body in posts
    ]
    users = User.objects.bulk_create(users)
    since = date(clock.today().year - YEARS + 1, 1, 1)
    holdings = RoleHolding.objects.bulk_create(
        RoleHolding(user=user, body=body, role=role, since=since)
        for user, (_name, role, body) in zip(users, posts, strict=True)
    )
    record_many(
        build("bodies.appoint", holding, actor=None, after=holding.audited_state(), body_id=holding.body_id)
        for holding in holdings
    )
    for user in users:
        keep_in_step(user)
    return next(user for user in users if user.username == "office")


def _posts(county: Body) -> Iterator[tuple[str, Role, Body]]:
    """Sign-in name, role and body of everybody."""
    for name, role in COUNTY_PEOPLE.items():
        yield name, role, county
    for body in Body.objects.of_county(county).order_by("order", "id"):
        for role in BODY_PEOPLE:
            yield f"{role.value}.{body.code}", role, body


def _ledger(folder: Path, county: Body, office: User) -> Plan:
    with (folder / "notice.docx").open("rb") as file:
        draft = ledger.upload_notice(office, county, File(file, "notice.docx"))
    return ledger.commit(office, ledger.settle(office, draft, all_warnings=True))


def _identify(county: Body, office: User) -> None:
    """The portal is the first of the county's sites, under numbers that are nobody's."""
    identify(
        office,
        county,
        site=Site.objects.filter(owner__in=Body.objects.of_county(county), identifier__gt="")
        .order_by("identifier")
        .first(),
        icp=_("蜀ICP备00000000号-1"),
        police=_("川公网安备 99012402000001号"),
        operator=_("青禾县融媒体中心"),
        contact="0990-1234567",
        mark_url="https://bszs.conac.example/sitename?method=show&id=QINGHE",
        correction_url="https://zfwzgl.www.gov.example/exposure/jiucuo.html?site_code=9901240001",
        ipv6=True,
    )


def _work(plan: Plan, office: User) -> None:
    """A beginning: some duties accepted, some handed in, some closed, one sent back, some shown to the public."""
    undone = Assignment.objects.live().filter(plan=plan).exclude(body__kind=Kind.COUNTY)
    taken = list(undone.select_related("body", "item").order_by("item__order", "body__order")[:120:2])
    clerks = {user.username: user for user in User.objects.filter(username__startswith="clerk.")}
    for one in taken:
        ledger.accept(clerks[f"clerk.{one.body.code}"], one)
    for one in taken[:24]:
        clerk = clerks[f"clerk.{one.body.code}"]
        ledger.add_note(clerk, one, _("已在本单位专栏公开，并逐月更新。"), _("落实情况说明"))
        ledger.submit(clerk, one, "")
    ledger.close_many(office, taken[:12])
    ledger.send_back(office, taken[12], _("请补充公开页面的链接。"))
    shown = list(islice(dict.fromkeys(one.item for one in taken), 3))
    for passage in release(office, shown):
        _let_through(passage)


def _publish(page: Any) -> None:
    """Put a page forward and take it through the reviews of its own body."""
    _let_through(request(_clerk(Body.objects.get(pk=body_of(page) or 0)), str(kind_of(type(page))), page.pk))


def _send(clerk: User, kind: str, record: int) -> None:
    _let_through(request(clerk, kind, record))


def _clerk(body: Body) -> User:
    return User.objects.get(username=f"{Role.CLERK}.{body.code}")


def _let_through(passage: Release) -> None:
    """The three reviews by the body's own people, each by somebody else."""
    reviewer, secrecy, leader = (
        User.objects.get(username=f"{role}.{passage.body.code}")
        for role in (Role.REVIEWER, Role.SECRECY_REVIEWER, Role.LEADER)
    )
    approve(reviewer, passage)
    answers = {question.key: "no" for question in questions()}
    describe(secrecy, passage, Attribute.PROACTIVE, _("《政府信息公开条例》第二十条"), answers)
    approve(secrecy, passage)
    approve(leader, passage)
