"""Pictures of bodies, and texts that show them."""

from __future__ import annotations

from typing import Any

from tests.drawings import drawing
from tests.portal import writing

from gongkai.portal.models import AttachmentFile
from gongkai.portal.pictures.keeping import keep, reference_to

ALT = "河堤加固前后对比，堤顶加高一米"


def brought(body: Any, data: bytes | None = None, name: str = "河堤.jpg") -> AttachmentFile:
    return keep(data or drawing(1600, 900), name, writing.section(body).collection_id, None)


def text_with(*files: AttachmentFile, alt: str = ALT, caption: str = "") -> str:
    shown = "".join(reference_to(one, alt, caption).stored() for one in files)
    return f"<p>工程已经完工，验收合格，今起交付使用。</p>{shown}"
