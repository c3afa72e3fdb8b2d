"""Cells of exported tables: always text, never a formula, and no sign that a file cannot hold.

What a visitor or another body wrote is opened in the spreadsheet of somebody else.
"""

from __future__ import annotations

import re
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # Chinese Excel computes wide signs too
# What XML 1.0, and so Excel and Word, cannot hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without control characters."""
    return _CONTROL.sub("", text)


def harmless(text: str) -> str:
    """The text for a CSV, where a cell has no type: what a spreadsheet would compute gets an apostrophe in front."""
    text = printable(text)
    return f"'{text}" if text.startswith(FORMULA) else text


def as_written(cell: str) -> str:
    """What `harmless` was given: our own files are read back."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell


class SafeExport:
    """Goes before Wagtail's listings that export."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        shown = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        if isinstance(shown, str):
            return harmless(shown) if export_format == "csv" else printable(shown)
        return shown
