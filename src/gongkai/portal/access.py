"""The portal is open to everybody; what stands behind its addresses has passed the gate."""

from gongkai.foundation.access import PUBLIC, Role, declare

declare(
    PUBLIC,
    "portal_preferences",
    "portal_openapi",
    "portal_api",
    "wagtail_serve",
    "wagtaildocs_serve",
    "wagtaildocs_authenticate_with_password",
    "wagtailcore_login",
    "wagtailcore_authenticate_with_password",
)
WRITERS = {Role.CLERK, Role.OFFICE, Role.LEADER}
declare(WRITERS, "portal_paste", "portal_import_text", "portal_acts", "portal_act", "portal_links")
declare({Role.CLERK, Role.OFFICE}, "portal_templates", "portal_keep_template")
