"""The portal's own addresses; pages themselves are served by Wagtail, after everything else."""

from django.urls import path

from gongkai.portal.api import call, openapi
from gongkai.portal.preferences import set_preferences
from gongkai.portal.sitemap import site_map

urlpatterns = [
    path("map/", site_map, name="portal_map"),
    path("preferences/", set_preferences, name="portal_preferences"),
    path("api/v1/openapi.json", openapi, name="portal_openapi"),
    path("api/v1/<path:route>", call, name="portal_api"),
]
