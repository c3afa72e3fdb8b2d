"""Open to everybody: what stands behind these addresses has passed the gate. Then who may open the screens."""

from gongkai.foundation.access import PUBLIC, STAFF, Role, declare

declare(
    PUBLIC,
    "portal_map",
    "portal_preferences",
    "portal_search",
    "portal_leaving",
    "portal_picture",
    "portal_narrow",
    "portal_feed",
    "portal_feed_atom",
    "portal_robots",
    "portal_sitemap_xml",
    "portal_sitemap_part",
    "portal_openapi",
    "portal_api",
    "wagtail_serve",
    "wagtaildocs_serve",
    "wagtaildocs_authenticate_with_password",
    "wagtailcore_login",
    "wagtailcore_authenticate_with_password",
)
declare(STAFF, "portal_duty", "portal_duty_results", "portal_outdated", "portal_outdated_results")
declare({Role.CLERK, Role.OFFICE}, "portal_state_none")
declare({Role.OFFICE, Role.LEADER}, "portal_withdraw_outdated")
declare({Role.OFFICE}, "portal_identity")
WRITERS = {Role.CLERK, Role.OFFICE, Role.LEADER}
declare(
    WRITERS, "portal_paste", "portal_import_text", "portal_upload_picture", "portal_acts", "portal_act", "portal_links"
)
declare({Role.CLERK, Role.OFFICE}, "portal_write", "portal_templates", "portal_keep_template")
