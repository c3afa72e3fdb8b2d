"""套用模板: the templates to choose from for a column; 另存为模板: one made of an article."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from gongkai.foundation.access import Refused, rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.screens import Screen
from gongkai.portal.drafting import services
from gongkai.portal.drafting.skeletons import Skeleton, skeletons
from gongkai.portal.models import ArticlePage, ArticleTemplate, ColumnPage
from gongkai.portal.standing import body_of

OWN = "own-"


class TemplatesView(Screen, TemplateView):
    """GET shows what there is, POST `template` begins an article, POST `drop` puts one out of use."""

    template_name = "portal/drafting/templates.html"
    page_title = gettext_lazy("套用模板新建文章")
    header_icon = "copy"

    @cached_property
    def column(self) -> ColumnPage:
        column = get_object_or_404(ColumnPage, pk=self.kwargs["pk"])
        if not rights_of(self.request.user).may("portal.begin_article", body_of(column)):
            raise PermissionDenied(_("没有权限：套用模板"))
        return column

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("wagtailadmin_explore", args=[self.column.pk]), self.column.title)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        owner = services.owner_of(self.column)
        own = list(services.templates_for(owner))
        return super().get_context_data(column=self.column, shipped=skeletons(), own=own, owner=owner, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            if "drop" in request.POST:
                template = get_object_or_404(ArticleTemplate, pk=request.POST["drop"])
                services.drop_template(cast(User, request.user), template)
                messages.success(request, _("已停用模板“%s”") % template)
                return redirect("portal_templates", pk)
            article = services.begin_article(cast(User, request.user), self.column, self._chosen())
        except ValidationError as error:
            messages.error(request, "；".join(error.messages))
            return redirect("portal_templates", pk)
        except Refused as error:
            messages.error(request, str(error))
            return redirect("portal_templates", pk)
        return redirect("wagtailadmin_pages:edit", article.pk)

    def _chosen(self) -> ArticleTemplate | Skeleton:
        key = self.request.POST.get("template", "")
        if key.startswith(OWN) and key.removeprefix(OWN).isdecimal():
            own = services.templates_for(services.owner_of(self.column))
            return get_object_or_404(own, pk=key.removeprefix(OWN))
        found = next((one for one in skeletons() if one.key == key), None)
        if found is None:
            raise ValidationError(_("请选择模板"))
        return found


class KeepView(Screen, TemplateView):
    """A name for the template that is made of an article."""

    template_name = "portal/drafting/keep.html"
    page_title = gettext_lazy("另存为模板")
    header_icon = "copy"

    @cached_property
    def article(self) -> ArticlePage:
        article = get_object_or_404(ArticlePage, pk=self.kwargs["pk"])
        if not rights_of(self.request.user).may("portal.keep_template", body_of(article)):
            raise PermissionDenied(_("没有权限：另存为模板"))
        return article

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("wagtailadmin_pages:edit", args=[self.article.pk]), self.article.title)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(article=self.article, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            template = services.keep_template(cast(User, request.user), self.article, request.POST.get("name", "")[:60])
        except ValidationError as error:
            messages.error(request, "；".join(error.messages))
            return redirect("portal_keep_template", pk)
        messages.success(request, _("已存为模板“%s”，在栏目的“套用模板”里选用") % template)
        return redirect("wagtailadmin_pages:edit", pk)
