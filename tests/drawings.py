"""Pictures for tests, drawn here."""

from __future__ import annotations

import io
from typing import Any

from PIL import ExifTags, Image

TAKEN_AT = {1: "N", 2: (30.0, 15.0, 0.0), 3: "E", 4: (104.0, 3.0, 0.0)}


def drawing(width: int = 800, height: int = 600, kind: str = "JPEG", seed: int = 1, **written: Any) -> bytes:
    """A picture with a gradient; another seed is another picture."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    image.paste((10 * seed % 256, 80, 120), (0, 0, max(1, width // 3), max(1, height // 3)))
    out = io.BytesIO()
    image.save(out, kind, **written)
    return out.getvalue()


def photograph(width: int = 800, height: int = 600, turned: int = 1) -> bytes:
    """As a telephone takes it: where it was, who, and how it was held."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turned
    exif[ExifTags.Base.Artist] = "摄影 张三"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(TAKEN_AT)
    return drawing(width, height, exif=exif)


def moving(kind: str = "GIF") -> bytes:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()
