"""The pictures that a text holds, read from it exactly as the public page reads them.

A picture is named by its file and by the SM3 of its content. The text is signed to the letter, so what is signed is
this very content, with its words, without a question to the database.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from django.urls import reverse
from wagtail.rich_text.rewriters import FIND_EMBED_TAG, extract_attrs

TYPE = "picture"
LONGEST_ALT, LONGEST_CAPTION = 300, 200
_SM3 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Reference:
    """file: id of the attached file. alt: 替代文字, empty while nobody wrote it, and for what is only decoration."""

    file: int
    sm3: str
    alt: str = ""
    caption: str = ""
    decorative: bool = False

    @classmethod
    def read(cls, said: Mapping[str, str | None]) -> Reference:
        """Of attributes, whoever wrote them; 0 for the file where they name none."""
        told = {name: value or "" for name, value in said.items()}
        number, sm3 = told.get("id", ""), told.get("sm3", "")
        decorative = told.get("decorative") == "true"
        return cls(
            int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0,
            sm3 if _SM3.fullmatch(sm3) else "",
            "" if decorative else one_line(told.get("alt", ""), LONGEST_ALT),
            one_line(told.get("caption", ""), LONGEST_CAPTION),
            decorative,
        )

    @classmethod
    def of_tag(cls, said: Mapping[str, str]) -> Reference:
        """Of a tag as Wagtail reads it: it leaves the one sign behind that its own editor writes."""
        return cls.read({name: value.replace("&#x27;", "'") for name, value in said.items()})

    @property
    def says_nothing(self) -> bool:
        return not self.alt and not self.decorative

    def stored(self) -> str:
        """As the text keeps it, and the editor writes it."""
        said = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes().items())
        return f"<embed{said}/>"

    def attributes(self) -> dict[str, str]:
        said = {"embedtype": TYPE, "id": str(self.file), "sm3": self.sm3, "alt": self.alt}
        said |= {"decorative": "true"} if self.decorative else {}
        return said | ({"caption": self.caption} if self.caption else {})


def references(html: str) -> list[Reference]:
    """In their order."""
    if "<embed" not in html:
        return []
    said = (extract_attrs(found) for found in FIND_EMBED_TAG.findall(html))
    return [Reference.of_tag(one) for one in said if one.get("embedtype") == TYPE]


def one_line(text: str, most: int) -> str:
    return " ".join(text.split())[:most]


def address_of(file: int, width: int | None = None) -> str:
    """Where a picture, or its copy of this width, is asked for."""
    return reverse("portal_picture", args=[file]) if width is None else reverse("portal_narrow", args=[file, width])
