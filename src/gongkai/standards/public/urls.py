"""Public addresses of catalogues, below /catalogues/."""

from django.urls import path

from gongkai.standards.public.views import bodies_page, catalogue_page

urlpatterns = [
    path("", bodies_page, name="standards_public"),
    path("<str:body>/<str:field>/", catalogue_page, name="standards_public_catalogue"),
]
