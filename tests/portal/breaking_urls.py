"""Addresses with a view that breaks, to see what visitors read then."""

from django.urls import path

from gongkai.config.urls import handler500  # noqa: F401
from gongkai.config.urls import urlpatterns as product


def broken(request):
    raise RuntimeError("秘密的细节")


urlpatterns = [path("break/", broken, name="healthz"), *product]
