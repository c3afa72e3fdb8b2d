"""网站标识 as pages read it, and how the office sets it. What is not known yet is empty, and left out of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.channels.models import Site
from gongkai.core.siteaudit import fits
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.registries import Label
from gongkai.portal.models import PortalIdentity
from gongkai.portal.pagecache.shared import shared
from gongkai.portal.selectors import Block, county_of, home_title, navigation

ICP_REGISTER = "https://beian.miit.gov.cn/"
POLICE_REGISTER = "https://beian.mps.gov.cn/#/query/webSearch?code={}"


@dataclass(frozen=True, slots=True)
class SiteMarks:
    """Who runs the site and under which numbers; name and domain are never empty, all else may be."""

    name: str
    domain: str
    code: str = ""
    sponsor: str = ""
    operator: str = ""
    contact: str = ""
    icp: str = ""
    police: str = ""
    mark_url: str = ""
    correction_url: str = ""
    ipv6: bool = False

    @property
    def icp_url(self) -> str:
        return ICP_REGISTER if self.icp else ""

    @property
    def police_url(self) -> str:
        return POLICE_REGISTER.format(re.sub(r"\D", "", self.police)) if self.police else ""

    def missing(self) -> list[str]:
        """What a government site must show at its foot and this one does not yet (政府网站发展指引)."""
        wanted = {
            _("网站标识码"): self.code,
            _("ICP备案编号"): self.icp,
            _("公安机关备案号"): self.police,
            _("联系方式"): self.contact,
            _("党政机关网站标识"): self.mark_url,
            _("“我为政府网站找错”"): self.correction_url,
        }
        return [str(label) for label, value in wanted.items() if not value]


@shared
def marks_of(county: Body | None) -> SiteMarks:
    """The marks of a county's portal: of the site it is registered as, with the portal's own name where it is not."""
    kept = PortalIdentity.objects.filter(county=county).select_related("site__owner").first() if county else None
    site = kept.site if kept else None
    return SiteMarks(
        name=site.name if site else home_title(county),
        domain=urlsplit(site.url if site else settings.BASE_URL).hostname or "",
        code=site.identifier if site else "",
        sponsor=site.owner.name if site else county.name if county else "",
        operator=kept.operator if kept else "",
        contact=kept.contact if kept else "",
        icp=kept.icp if kept else "",
        police=kept.police if kept else "",
        mark_url=kept.mark_url if kept else "",
        correction_url=kept.correction_url if kept else "",
        ipv6=bool(kept and kept.ipv6),
    )


@verb("portal.identify", _("设置门户网站标识"), Role.OFFICE, body="county.pk", system=True)
def identify(
    actor: User | None,
    county: Body,
    site: Site | None = None,
    icp: str = "",
    police: str = "",
    operator: str = "",
    contact: str = "",
    mark_url: str = "",
    correction_url: str = "",
    ipv6: bool = False,
) -> PortalIdentity:
    """Set the marks of a county's portal; refused, with the field named, where one is not written as it must be."""
    _demand_form(icp=icp, police=police)
    if site is not None and site.owner.root.pk != county.pk:
        raise ValidationError({"site": gettext("网站须由本县的单位主办")})
    entry = PortalIdentity.objects.select_for_update().filter(county=county).first() or PortalIdentity(county=county)
    with change(entry, "portal.identify", actor=actor):
        entry.site, entry.ipv6 = site, ipv6
        entry.icp, entry.police, entry.operator, entry.contact = icp, police, operator, contact
        entry.mark_url, entry.correction_url = mark_url, correction_url
        entry.full_clean(validate_constraints=False)
    return entry


def _demand_form(**marks: str) -> None:
    examples = {"icp": gettext("如 蜀ICP备12345678号-1"), "police": gettext("如 川公网安备 99012402000001号")}
    wrong = [name for name, text in marks.items() if text and not fits(name, text)]
    if wrong:
        raise ValidationError({name: gettext("格式不对，%s") % examples[name] for name in wrong})


class Identity:
    """Whose portal a page belongs to, asked of the database once a page and only when a template wants to know."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def county(self) -> Body | None:
        return county_of(self._request)

    @cached_property
    def navigation(self) -> list[Block]:
        return navigation()

    @cached_property
    def ways(self) -> list[tuple[Label, str, str]]:
        """主导航: label, address, and where the reader is: on that page, below it, or elsewhere."""
        here = self._request.path
        ways: list[tuple[Label, str, str]] = [(gettext("首页"), "/", "page" if here == "/" else "")]
        for one in self.navigation:
            below = "true" if here.startswith(one.address) else ""
            ways.append((one.label, one.address, "page" if here == one.address else below))
        return ways

    @cached_property
    def marks(self) -> SiteMarks:
        return marks_of(self.county)
