"""Catalogues with their rows, what the rows are linked to, and what was seen there."""

from gongkai.standards.models.catalogues import Catalogue, CatalogueQuerySet, Row, RowQuerySet
from gongkai.standards.models.checks import GAPS, Check, Fault, State, Stray
from gongkai.standards.models.links import URL, Link, LinkState

__all__ = [
    "GAPS",
    "URL",
    "Catalogue",
    "CatalogueQuerySet",
    "Check",
    "Fault",
    "Link",
    "LinkState",
    "Row",
    "RowQuerySet",
    "State",
    "Stray",
]
