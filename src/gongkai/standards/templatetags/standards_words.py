"""Cells of a catalogue in words: `{% cell_words row "channels" %}`."""

from __future__ import annotations

from django import template

from gongkai.core.catalogues import Row
from gongkai.standards.differences import shown

register = template.Library()


@register.simple_tag
def cell_words(row: Row, name: str) -> str:
    return shown(row, name)
