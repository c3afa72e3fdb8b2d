"""What the pictures of an article lack."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from gongkai.portal.editing.lacking.model import Lack, Level, Subject, lacks
from gongkai.portal.pictures.demanding import wrong_with_pictures


def _wrong(subject: Subject) -> Iterator[str]:
    yield from wrong_with_pictures(subject.page)


lacks.register(Lack("pictures.wrong", gettext_lazy("图片"), Level.BLOCK, _wrong))
