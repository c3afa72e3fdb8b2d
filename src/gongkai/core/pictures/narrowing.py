"""The same picture for narrow screens; never wider than it is."""

from __future__ import annotations

from PIL import Image

from gongkai.core.pictures.intake import Picture, drawn, full, opened

NARROW = (640, 1280)  # pixels: a telephone's screen, and the measure of a text on a fine one


def narrowed(picture: Picture, width: int) -> Picture | None:
    """None where a narrower one would save nothing: of one that is no wider, or grows by being drawn anew."""
    if width >= picture.width:
        return None
    height = max(1, round(picture.height * width / picture.width))
    with opened(picture.data) as image:
        data = drawn(full(image).resize((width, height), Image.Resampling.LANCZOS), picture.kind)
    return Picture(data, picture.kind, width, height) if len(data) < len(picture.data) else None
