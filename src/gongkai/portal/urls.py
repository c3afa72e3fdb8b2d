"""The portal's own addresses; pages themselves are served by Wagtail, after everything else."""

from django.urls import path

from gongkai.portal.api import call, openapi
from gongkai.portal.feeds import Newest, NewestAtom
from gongkai.portal.leaving import leaving
from gongkai.portal.pictures.serving import picture
from gongkai.portal.preferences import set_preferences
from gongkai.portal.sitemap import site_map
from gongkai.portal.sitemaps import robots, sitemap_index, sitemap_part
from gongkai.portal.views.search import search_page

urlpatterns = [
    path("map/", site_map, name="portal_map"),
    path("search/", search_page, name="portal_search"),
    path("leaving/", leaving, name="portal_leaving"),
    path("feeds/<int:pk>.xml", Newest(), name="portal_feed"),
    path("feeds/<int:pk>.atom", NewestAtom(), name="portal_feed_atom"),
    path("pictures/<int:pk>/", picture, name="portal_picture"),
    path("pictures/<int:pk>/<int:width>/", picture, name="portal_narrow"),
    path("robots.txt", robots, name="portal_robots"),
    path("sitemap.xml", sitemap_index, name="portal_sitemap_xml"),
    path("sitemaps/<str:section>.xml", sitemap_part, name="portal_sitemap_part"),
    path("preferences/", set_preferences, name="portal_preferences"),
    path("api/v1/openapi.json", openapi, name="portal_openapi"),
    path("api/v1/<path:route>", call, name="portal_api"),
]
