"""网站标识: what a portal says of itself at the foot and in the head of every page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.channels.models import Site
from gongkai.foundation.events.models import Audited


class PortalIdentity(Audited):
    """One for each county. Name, address, code and 主办单位 are those of the registered site, and stand there alone."""

    audited = ("county", "site", "icp", "police", "operator", "contact", "mark_url", "correction_url", "ipv6")

    county = models.OneToOneField(
        Body, verbose_name=_("所属县"), on_delete=models.PROTECT, related_name="portal_identity", editable=False
    )
    site = models.ForeignKey(
        Site, verbose_name=_("登记的网站"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    icp = models.CharField(_("ICP备案编号"), max_length=40, blank=True)
    police = models.CharField(_("公安机关备案号"), max_length=40, blank=True)
    operator = models.CharField(_("承办单位"), max_length=100, blank=True)
    contact = models.CharField(_("联系方式"), max_length=100, blank=True)
    mark_url = models.URLField(_("党政机关网站标识网址"), blank=True)
    correction_url = models.URLField(_("“我为政府网站找错”网址"), blank=True)
    ipv6 = models.BooleanField(_("支持 IPv6"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("门户网站标识")

    def __str__(self) -> str:
        return str(self.site or self.county)

    def event_body_id(self) -> int | None:
        return self.county_id
