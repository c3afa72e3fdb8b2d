"""Taking a picture in: what is kept is drawn anew from its pixels.

So there is no place in it for what nobody sees: where and by whom it was taken, a thumbnail of what was cut off, a
second picture or a file hung on behind.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageFile, ImageOps

ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
_KEPT_AS = {"GIF": "PNG", "MPO": "JPEG"}  # MPO: a JPEG with others behind it
WIDEST = 1920  # pixels: what is wider is drawn narrower; no page shows more
MOST_PIXELS = {"JPEG": 64_000_000, "MPO": 64_000_000}  # what a telephone takes, of which it decodes the few wanted
MOST_OTHERWISE = 25_000_000  # decoded whole, in some kinds three times over: about 400 MB
MOST_BYTES = 30 * 1024 * 1024
_WRITTEN = {"JPEG": {"quality": 90, "optimize": True}, "WEBP": {"quality": 90}, "PNG": {}}


class PictureError(ValueError):
    """Why a picture is not taken, in words for who brought it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it may be kept. kind: a key of `ENDINGS`."""

    data: bytes
    kind: str
    width: int
    height: int

    @property
    def ending(self) -> str:
        return ENDINGS[self.kind]


def take(data: bytes) -> Picture:
    """`PictureError` for what is no JPEG, PNG, WebP or GIF, moves, is damaged, or would fill the memory."""
    if len(data) > MOST_BYTES:
        raise PictureError(f"图片超过 {MOST_BYTES // 1024 // 1024} MB，请缩小后再上传")
    with opened(data) as image:
        kind = _KEPT_AS.get(str(image.format), str(image.format))
        image.draft(image.mode, (WIDEST, WIDEST))  # of a JPEG no more pixels are decoded than are wanted
        image = _upright(image)
        if image.width > WIDEST:
            height = max(1, round(image.height * WIDEST / image.width))
            image = full(image).resize((WIDEST, height), Image.Resampling.LANCZOS)
        return Picture(drawn(image, kind), kind, *image.size)


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The picture, of which nothing is decoded before its size is known to be bearable."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # a library that prints pages sets it for the whole process
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = Image.open(io.BytesIO(data), formats=(*ENDINGS, "GIF"))
        except Exception as error:  # Pillow lets through what its readers raise
            raise PictureError("不是能用的图片，请使用 JPEG、PNG、WebP 或者静态 GIF") from error
        with image:
            if image.width * image.height > MOST_PIXELS.get(str(image.format), MOST_OTHERWISE):
                raise PictureError(f"图片像素过多（{image.width}×{image.height}），请缩小后再上传")
            try:
                if image.format != "MPO" and getattr(image, "is_animated", False):
                    raise PictureError("动图不能使用，请改用静态图片")
                yield image
            except PictureError:
                raise
            except Exception as error:  # as above, while its pixels are read
                raise PictureError("图片已损坏，请重新导出后再上传") from error


def _upright(image: Image.Image) -> Image.Image:
    """As it is to be looked at: turned as the camera was held, in the colours that screens have."""
    profile = image.info.get("icc_profile")
    turned = ImageOps.exif_transpose(image)
    if profile and turned.mode == "RGB":
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(turned, own, ImageCms.createProfile("sRGB")) or turned
        except ImageCms.PyCMSError:
            pass  # a profile that says nothing sensible
    return turned


def full(image: Image.Image) -> Image.Image:
    """With a value for each pixel, not an entry of a palette: between entries nothing can be drawn."""
    if image.mode in ("P", "1"):
        return image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image


def drawn(image: Image.Image, kind: str) -> bytes:
    """The pixels alone, written as this kind."""
    if kind == "JPEG" and image.mode not in ("RGB", "L"):
        image = image.convert("RGB")
    if kind == "WEBP" and image.mode not in ("RGB", "RGBA"):
        image = full(image).convert("RGBA" if image.has_transparency_data else "RGB")
    bare = image.copy()
    bare.info = {name: value for name, value in image.info.items() if name == "transparency"}
    out = io.BytesIO()
    bare.save(out, kind, **_WRITTEN[kind])
    return out.getvalue()
