"""Which files may be attached, as data; read by the settings, so nothing of Django is imported here."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml


@cache
def words_by_ending() -> dict[str, str]:
    """Ending (without the dot) -> what the public is told it is."""
    rows = yaml.safe_load((Path(__file__).parent / "file_types.yaml").read_text())
    return {row["ending"]: row["words"] for row in rows}
