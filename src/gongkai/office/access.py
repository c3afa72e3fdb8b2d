"""Who may open the addresses that belong to no single room: signing in, Wagtail's own views, health."""

from gongkai.foundation.access import PUBLIC, SIGNED_IN, Role, declare

declare(
    PUBLIC,
    "healthz",
    "favicon",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
)
# Wagtail checks page and document permissions itself; the door only asks who is signed in.
declare(
    SIGNED_IN,
    "wagtailadmin_*",
    "wagtailadmin_api:*",
    "wagtailadmin_explore*",
    "wagtailadmin_pages:*",
    "wagtailadmin_workflows:*",
    "wagtailadmin_reports:*",
    "wagtailadmin_tag_autocomplete",
    "wagtaildocs:*",
    "wagtaildocs_chooser:*",
    "wagtailembeds:*",
    "wagtailsnippets:*",
    "wagtaillocales:*",
    "wagtailsearch_admin:*",
    "wagtail_bulk_action",
    "wagtail.admin.views.home.default",  # what answers below /admin/ when nothing else does
    "django.views.generic.base.TemplateView",  # Wagtail's admin/test404/
)
# Nobody's: pictures, redirects and promoted results would reach the public without having passed the gate.
declare((), "wagtailimages:*", "wagtailimages_*", "wagtailredirects:*", "wagtailsearchpromotions:*")
# Nobody's: they tell everybody of all bodies' files, and of the page of each kind that was written last.
declare((), "wagtailadmin_api:documents:*", "wagtailadmin_api:images:*", "wagtailadmin_reports:page_types_usage*")
declare({Role.SYSADMIN}, "wagtailusers_*", "wagtailusers_users:*", "wagtailusers_groups:*", "wagtailsites:*")
declare(SIGNED_IN, "office_notices", "office_notice_open")
