"""Every address of the product; who may open which is declared in each room's `access.py`."""

from django.urls import include, path, re_path
from django.views.decorators.cache import cache_control
from django.views.generic import RedirectView
from django.views.i18n import JavaScriptCatalog
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.documents.views import serve

from gongkai.config.health import healthz

# Wagtail's own words of its scripts, and ours for those it left in English.
SCRIPT_WORDS = cache_control(max_age=3600)(JavaScriptCatalog.as_view(packages=["wagtail.admin", "gongkai.office"]))
# A file may be withdrawn: a copy in a browser is asked about anew each time.
FILE = cache_control(no_cache=True)(serve.serve)

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/jsi18n/", SCRIPT_WORDS, name="wagtailadmin_javascript_catalog"),
    path("admin/", include(wagtailadmin_urls)),
    path("favicon.ico", RedirectView.as_view(url="/static/portal/favicon.svg"), name="favicon"),
    path("", include("gongkai.portal.urls")),
    re_path(r"^documents/(\d+)/(.*)$", FILE, name="wagtaildocs_serve"),
    path("documents/", include(wagtaildocs_urls)),
    path("ledger/", include("gongkai.ledger.public.urls")),
    path("catalogues/", include("gongkai.standards.public.urls")),
    path("records/", include("gongkai.disclosure.public.urls")),
    path("", include(wagtail_urls)),  # last: the pages of the portal
]

handler400 = "gongkai.portal.errors.bad_request"
handler403 = "gongkai.portal.errors.permission_denied"
handler404 = "gongkai.portal.errors.not_found"
handler500 = "gongkai.portal.errors.server_error"
