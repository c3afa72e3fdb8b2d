"""Public addresses of catalogues, below /catalogues/."""

from __future__ import annotations

from django.urls import reverse

from gongkai.standards.models import Catalogue


def catalogue_address(catalogue: Catalogue) -> str:
    return reverse("standards_public_catalogue", args=[catalogue.body.code, catalogue.field_key])
