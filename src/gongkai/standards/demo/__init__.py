"""The example county's catalogues, most of their content, and the gaps that the reconciliation finds."""

from gongkai.standards.demo.filling import CATALOGUE, TEMPLATE, fill

__all__ = ["CATALOGUE", "TEMPLATE", "fill"]
