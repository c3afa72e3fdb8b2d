"""Public addresses of catalogues, below /catalogues/."""

from django.urls import path

from gongkai.standards.public.views import catalogue_page, catalogues_page

urlpatterns = [
    path("", catalogues_page, name="standards_public"),
    path("<str:body>/<str:field>/", catalogue_page, name="standards_public_catalogue"),
]
