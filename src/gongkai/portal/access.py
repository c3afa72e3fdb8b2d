"""The portal is open to everybody; what stands behind its addresses has passed the gate."""

from gongkai.foundation.access import PUBLIC, Role, declare

declare(
    PUBLIC,
    "portal_preferences",
    "portal_search",
    "portal_leaving",
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
declare({Role.OFFICE}, "portal_identity")
