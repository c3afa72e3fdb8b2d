"""Pictures for texts: made anew from their pixels, never larger than asked, with nothing that rides along."""

from gongkai.core.pictures.intake import ENDINGS, WIDEST, Picture, PictureError, opened, take
from gongkai.core.pictures.narrowing import NARROW, narrowed

__all__ = ["ENDINGS", "NARROW", "WIDEST", "Picture", "PictureError", "narrowed", "opened", "take"]
