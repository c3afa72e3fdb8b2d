"""The portal is open to everybody, and what stands behind its addresses has passed the gate; who may open its screens."""

from gongkai.foundation.access import PUBLIC, STAFF, Role, declare

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
declare(STAFF, "portal_duty", "portal_duty_results", "portal_outdated", "portal_outdated_results")
declare({Role.CLERK, Role.OFFICE}, "portal_state_none")
declare({Role.OFFICE, Role.LEADER}, "portal_withdraw_outdated")
declare({Role.CLERK, Role.OFFICE, Role.LEADER}, "portal_paste", "portal_import_text")
