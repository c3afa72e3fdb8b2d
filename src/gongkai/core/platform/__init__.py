"""The disclosure platform (政府信息公开平台) as the rules describe it: blocks, points, classes of columns, the guide.

The tables are data (`*.yaml`), each row with its article and how far it was verified: V read in the text, R recalled.
"""

from gongkai.core.platform.tables import (
    Block,
    ColumnType,
    Element,
    Point,
    Rule,
    blocks,
    column_types,
    elements,
    points,
    points_for,
    rules,
)

__all__ = [
    "Block",
    "ColumnType",
    "Element",
    "Point",
    "Rule",
    "blocks",
    "column_types",
    "elements",
    "points",
    "points_for",
    "rules",
]
