"""The register of channels from a file: sites, columns and accounts, told apart by the column `kind`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies import sheets
from gongkai.bodies.models import Body
from gongkai.bodies.selectors import find
from gongkai.channels.models import Account, Column, ColumnClass, Platform, Site
from gongkai.channels.services.saving import save_account, save_column, save_site
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import record
from gongkai.foundation.input import number

COLUMNS: sheets.Columns = {
    "kind": _("种类"),
    "name": _("名称"),
    "url": _("网址"),
    "site": _("所属网站"),
    "class": _("栏目类别"),
    "max_days": _("最长更新间隔"),
    "platform": _("平台"),
    "handle": _("账号标识"),
    "identifier": _("网站标识码"),
    "owner": _("责任单位"),
    "active": _("在用"),
}
# How a column is filled in, where its name does not say it.
HINTS: sheets.Columns = {
    "kind": _("网站、栏目或者新媒体账号"),
    "url": _("网站和栏目必填，以 http:// 或者 https:// 开头"),
    "site": _("栏目必填：所属网站的名称或网址，可以在同一文件中"),
    "class": lazy(lambda: "、".join(str(one.label) for one in ColumnClass), str)(),
    "max_days": _("栏目用：多少天内应有更新，如 30；不填则不检查"),
    "platform": lazy(lambda: "、".join(str(one.label) for one in Platform), str)(),
    "handle": _("新媒体账号用：平台上的账号"),
    "identifier": _("网站用：10 位数字"),
    "owner": _("单位的全称、简称或代码"),
    "active": _("是或者否；不填则为是"),
}
KINDS = [("site", _("网站")), ("column", _("栏目")), ("account", _("新媒体账号"))]
YES_NO = [("1", _("是")), ("0", _("否"))]


@verb("channels.import", _("导入公开渠道"), Role.OFFICE, body="county.pk", system=True)
def import_channels(actor: User | None, county: Body, file: File) -> dict[str, int]:  # type: ignore[type-arg]
    """Take over a CSV or Excel file; how many entries were created, changed, left the same."""
    outcome = _Importer(actor, county.root).run(file.read())
    outcome.demand_clean()
    counts = outcome.counts
    record("channels.import", county.root, actor=actor, details={"file": str(file.name or ""), **counts})
    return counts


def preview_import(actor: User | None, county: Body, data: bytes) -> sheets.Outcome:
    """What the import would do: it is done, looked at, and undone."""
    with transaction.atomic():
        outcome = _Importer(actor, county.root).run(data)
        transaction.set_rollback(True)
    return outcome


@dataclass
class _Importer:
    """One run: sites before the columns that stand on them."""

    actor: User | None
    county: Body

    def run(self, data: bytes) -> sheets.Outcome:
        rows = sheets.read(data, COLUMNS, required=["kind", "name", "owner"])
        sites = {"site", str(dict(KINDS)["site"])}
        rows.sort(key=lambda row: row.values["kind"] not in sites)
        return sheets.apply(rows, COLUMNS, self._use)

    def _use(self, row: sheets.Row) -> sheets.Line:
        kind = sheets.choice(row, "kind", KINDS)
        if kind is None:
            raise ValidationError({"kind": gettext("不能为空")})
        facts = {
            "owner": self._owner(row),
            "name": row.values["name"],
            "active": sheets.choice(row, "active", YES_NO) != "0",
        }
        use = {"site": self._site, "column": self._column, "account": self._account}[kind]
        return use(row, facts)

    def _owner(self, row: sheets.Row) -> Body:
        text = row.values["owner"]
        bodies = Body.objects.of_county(self.county)
        body = bodies.filter(code=text).first() or find(self.county, text, clock.today())
        if body is None:
            raise ValidationError({"owner": gettext("单位名册中没有“%(text)s”") % {"text": text}})
        return body

    def _site(self, row: sheets.Row, facts: dict[str, Any]) -> sheets.Line:
        facts |= {"url": row.values.get("url", ""), "identifier": row.values.get("identifier", "")}
        known = Site.objects.filter(url=facts["url"]).first()
        return self._take(row, known, facts, lambda: save_site(self.actor, site=known, **facts))

    def _column(self, row: sheets.Row, facts: dict[str, Any]) -> sheets.Line:
        site = self._site_named(row)
        kind = sheets.choice(row, "class", ColumnClass.choices)
        facts |= {
            "site": site,
            "url": row.values.get("url", ""),
            "column_class": ColumnClass(kind) if kind else ColumnClass.OTHER,
            "max_days": _days(row),
        }
        named = Column.objects.filter(site=site, name=facts["name"])
        known = named.filter(page__isnull=True).first() or named.filter(url=facts["url"]).exclude(url="").first()
        kept = known.outdated_days if known else None  # not in the file
        return self._take(row, known, facts, lambda: save_column(self.actor, column=known, outdated_days=kept, **facts))

    def _site_named(self, row: sheets.Row) -> Site:
        text = row.values.get("site", "")
        sites = Site.objects.filter(owner__in=Body.objects.of_county(self.county))
        site = sites.filter(name=text).first() or sites.filter(url=text).first()
        if site is None:
            raise ValidationError({"site": gettext("没有登记名为“%(text)s”的网站") % {"text": text}})
        return site

    def _account(self, row: sheets.Row, facts: dict[str, Any]) -> sheets.Line:
        platform = sheets.choice(row, "platform", Platform.choices)
        if platform is None:
            raise ValidationError({"platform": gettext("不能为空")})
        facts |= {"platform": Platform(platform), "handle": row.values.get("handle", "")}
        known = Account.objects.filter(platform=platform, name=facts["name"]).first()
        return self._take(row, known, facts, lambda: save_account(self.actor, account=known, **facts))

    def _take(
        self, row: sheets.Row, known: Site | Column | Account | None, facts: dict[str, Any], save: Callable[[], object]
    ) -> sheets.Line:
        """Save what is new or differs, and say which."""
        if known is None:
            save()
            return sheets.Line(row.number, "create", facts["name"])
        if known.owner.root.pk != self.county.pk:
            raise ValidationError(gettext("“%(name)s”已由其他县登记") % {"name": known})
        changed = [str(_label(known, name)) for name, value in facts.items() if getattr(known, name) != value]
        if changed:
            save()
        return sheets.Line(row.number, "change" if changed else "same", facts["name"], changed)


def _label(entry: Site | Column | Account, name: str) -> object:
    field = entry._meta.get_field(name)
    return getattr(field, "verbose_name", name)


def _days(row: sheets.Row) -> int | None:
    text = row.values.get("max_days", "")
    if text and number(text) is None:
        raise ValidationError({"max_days": gettext("“%(text)s”不是天数") % {"text": text}})
    return number(text)
