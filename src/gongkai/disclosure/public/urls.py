"""Public addresses of the room, below /records/."""

from django.urls import path

from gongkai.disclosure.public.views import kind_page, kinds_page

urlpatterns = [
    path("", kinds_page, name="disclosure_public_kinds"),
    path("<slug:key>/", kind_page, name="disclosure_public_kind"),
]
