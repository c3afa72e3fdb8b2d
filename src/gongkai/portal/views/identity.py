"""门户网站标识: the one form by which the office says what stands at the foot of every page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body, Kind
from gongkai.bodies.selectors import bodies_for
from gongkai.bodies.views.base import VerbForm, VerbView, crumbs
from gongkai.channels.models import Site
from gongkai.foundation.access import Role
from gongkai.portal.identity import identify, marks_of
from gongkai.portal.models import PortalIdentity

SITE_HELP = _("名称、域名、标识码和主办单位取自“公开渠道—网站”中的登记，要改请到那里修改")


class IdentityForm(VerbForm):
    site = forms.ModelChoiceField(label=_("登记的网站"), queryset=Site.objects.none(), help_text=SITE_HELP)
    operator = forms.CharField(label=_("承办单位（选填）"), required=False, max_length=100)
    contact = forms.CharField(
        label=_("联系方式（选填）"), required=False, max_length=100, help_text=_("办公电话或邮箱")
    )
    icp = forms.CharField(
        label=_("ICP备案编号（选填）"), required=False, max_length=40, help_text=_("如 蜀ICP备12345678号-1")
    )
    police = forms.CharField(
        label=_("公安机关备案号（选填）"), required=False, max_length=40, help_text=_("如 川公网安备 99012402000001号")
    )
    mark_url = forms.URLField(label=_("党政机关网站标识网址（选填）"), required=False, assume_scheme="https")
    correction_url = forms.URLField(label=_("“我为政府网站找错”网址（选填）"), required=False, assume_scheme="https")
    ipv6 = forms.BooleanField(label=_("支持 IPv6"), required=False)


class IdentityView(VerbView):
    """Of the county that the address names, or of the only one that the person's rights reach."""

    form_class = IdentityForm
    verb = "portal.identify"
    page_title = _("门户网站标识")
    header_icon = "site"

    def prepare(self) -> None:
        county = bodies_for(self.rights, Role.OFFICE).filter(kind=Kind.COUNTY).order_by("order", "id").first()
        if county is None:
            raise Http404
        self.county: Body = county
        self.demand(county.pk)

    def get_initial(self) -> dict[str, Any]:
        entry = PortalIdentity.objects.filter(county=self.county).first()
        return {name: getattr(entry, name) for name in IdentityForm.base_fields} if entry else {}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        sites = Site.objects.filter(owner__in=Body.objects.of_county(self.county), active=True)
        form.fields["site"].queryset = sites
        return form

    @property
    def explanation(self) -> str:  # type: ignore[override]
        """What is still wanting."""
        missing = marks_of(self.county).missing()
        if not missing:
            return gettext("要素齐全，显示在每个公开页面的底部和网页标签中。")
        return gettext("还缺：%s。缺的不显示；网站标识码缺少时，网页标签也不完整。") % "、".join(missing)

    def perform(self, form: Any) -> str:
        identify(self.actor, self.county, **form.cleaned_data)
        return gettext("已保存门户网站标识")

    def back(self) -> str:
        return reverse("portal_identity")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs(("", self.page_title))
