"""Every address of the product; who may open which is declared in each room's `access.py`."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from gongkai.config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", include(wagtailadmin_urls)),
    path("favicon.ico", RedirectView.as_view(url="/static/portal/favicon.svg"), name="favicon"),
    path("", include("gongkai.portal.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("ledger/", include("gongkai.ledger.public.urls")),
    path("", include(wagtail_urls)),  # last: the pages of the portal
]

handler400 = "gongkai.portal.errors.bad_request"
handler403 = "gongkai.portal.errors.permission_denied"
handler404 = "gongkai.portal.errors.not_found"
handler500 = "gongkai.portal.errors.server_error"
